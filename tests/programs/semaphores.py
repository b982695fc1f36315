import asyncio
import random

async def use(sem, n):
    async with sem:
        print(n, "in", sem.locked())
        await asyncio.sleep(random.choice([0.1, 0.2, 0.3]))
    print(n, "out")

async def main():
    sem = asyncio.Semaphore(2)
    tasks = [asyncio.create_task(use(sem, n)) for n in range(6)]
    await asyncio.sleep(0.05)
    tasks[3].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    bounded.release()
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
    try:
        asyncio.Semaphore(-1)
    except ValueError as error:
        print(error)
    empty = asyncio.Semaphore(0)
    asyncio.get_running_loop().call_later(1, empty.release)
    print(await empty.acquire(), asyncio.get_running_loop().time())
    try:
        with lock:
            pass
    except TypeError as error:
        print(error)
    try:
        await 5
    except TypeError as error:
        print(error)

asyncio.run(main())
