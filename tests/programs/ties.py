import asyncio

async def worker(n, delays):
    for delay in delays:
        await asyncio.sleep(delay)
        print(n, delay, asyncio.get_running_loop().time())

async def main():
    await asyncio.gather(
        worker(1, [0.1, 0.2, 0]), worker(2, [0.2, 0.1, 0]), worker(3, [0.3]), worker(4, [0, 0, 0.3]), worker(5, [0.1] * 3))
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, print, "second set first"); loop.call_later(0.1, print, "then this")
    loop.call_at(loop.time() + 0.05, print, "earlier"); loop.call_soon(print, "soon")
    await asyncio.sleep(0.1)
    print("slept", loop.time())

asyncio.run(main())
