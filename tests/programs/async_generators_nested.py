# An exception leaves two loops over generators at once: the inner one is closed first.
import asyncio


async def items(name, delay):
    try:
        while True:
            yield name
    finally:
        print("closing", name)
        await asyncio.sleep(delay)
        print("closed", name)


async def worker():
    async for outer in items("outer", 0.1):
        async for inner in items("inner", 0.2):
            raise ValueError(outer, inner)


async def sleeper():
    async for outer in items("outer of sleeper", 0.2):
        async for inner in items("inner of sleeper", 0.1):
            await asyncio.sleep(5)


async def main():
    print(await asyncio.gather(worker(), return_exceptions=True))
    await asyncio.sleep(1)
    task = asyncio.create_task(sleeper())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.sleep(1)


asyncio.run(main())
