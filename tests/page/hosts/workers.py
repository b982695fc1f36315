import asyncio

PERMITS = 2
WORKERS = 4


async def worker(number, lock, semaphore):
    async with semaphore:
        await asyncio.sleep(0.5)
        async with lock:
            print(f"worker {number} writes")


async def main():
    lock, semaphore = asyncio.Lock(), asyncio.Semaphore(PERMITS)
    await asyncio.gather(*(worker(number, lock, semaphore) for number in range(WORKERS)))


asyncio.run(main())
