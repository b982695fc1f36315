import asyncio

WORKERS = 4
WORK = 1.0
CANCEL_AFTER = 0.5


async def worker(lock, number):
    try:
        async with lock:
            print(f"worker {number} has the lock")
            await asyncio.sleep(WORK)
    except asyncio.CancelledError:
        print(f"worker {number} is called away")
        raise


async def main():
    lock = asyncio.Lock()
    workers = [
        asyncio.create_task(worker(lock, number))
        for number in range(1, WORKERS + 1)
    ]
    await asyncio.sleep(CANCEL_AFTER)
    for task in workers[1:2]:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print("the others are done")


asyncio.run(main())
