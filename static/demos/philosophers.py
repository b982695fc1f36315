import asyncio

PHILOSOPHERS = 5
CHAIRS = 4
EATING = 1.0


async def philosopher(number, chairs, left, right):
    async with chairs:
        async with left:
            print(f"philosopher {number} has the left fork")
            await asyncio.sleep(0.2)
            async with right:
                print(f"philosopher {number} eats")
                await asyncio.sleep(EATING)
    print(f"philosopher {number} thinks")


async def main():
    chairs = asyncio.Semaphore(CHAIRS)
    forks = [asyncio.Lock() for _ in range(PHILOSOPHERS)]
    await asyncio.gather(*(
        philosopher(number, chairs, forks[number], forks[(number + 1) % PHILOSOPHERS])
        for number in range(PHILOSOPHERS)
    ))


asyncio.run(main())
