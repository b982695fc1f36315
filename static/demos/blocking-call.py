import asyncio
import time

WORKERS = 2
SECONDS = 1.8


async def worker(lock, number):
    async with lock:
        print(f"worker {number} has the lock")
        time.sleep(SECONDS)
        print(f"worker {number} is done")


async def heartbeat():
    while True:
        print("beat")
        await asyncio.sleep(0.5)


async def main():
    lock = asyncio.Lock()
    heart = asyncio.create_task(heartbeat())
    await asyncio.sleep(1.2)
    workers = [worker(lock, number) for number in range(1, WORKERS + 1)]
    await asyncio.gather(*workers)
    await asyncio.sleep(1.2)
    heart.cancel()


asyncio.run(main())
