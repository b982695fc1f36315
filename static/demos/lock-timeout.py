import asyncio

WORK = 2.0
PATIENCE = 3.0
VISITORS = 3


async def visitor(lock, number):
    try:
        async with asyncio.timeout(PATIENCE):
            await lock.acquire()
    except TimeoutError:
        print(f"visitor {number} gives up")
        return
    print(f"visitor {number} is let in")
    await asyncio.sleep(WORK)
    lock.release()


async def main():
    lock = asyncio.Lock()
    visitors = [visitor(lock, number) for number in range(1, VISITORS + 1)]
    await asyncio.gather(*visitors)


asyncio.run(main())
