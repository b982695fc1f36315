import asyncio

async def philosopher(n, left, right):
    async with left:
        print(n, "has left")
        await asyncio.sleep(0.1)
        async with right:
            print(n, "eats")

async def main():
    forks = [asyncio.Lock() for _ in range(3)]
    await asyncio.gather(*(philosopher(i, forks[i], forks[(i + 1) % 3]) for i in range(3)))

asyncio.run(main())
