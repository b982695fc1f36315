import asyncio

WORKERS = 3
PREPARE = 1.0
WRITE = 0.2


async def long(lock, number):
    async with lock:
        await asyncio.sleep(PREPARE)
        await asyncio.sleep(WRITE)
        print(f"long {number} has written")


async def short(lock, number):
    await asyncio.sleep(PREPARE)
    async with lock:
        await asyncio.sleep(WRITE)
        print(f"short {number} has written")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*(long(lock, n) for n in range(1, WORKERS + 1)))
    print("now with short critical sections")
    await asyncio.gather(*(short(lock, n) for n in range(1, WORKERS + 1)))


asyncio.run(main())
