"""Context variables in generators, groups and threads."""
import asyncio
from contextvars import ContextVar

depth = ContextVar("depth", default=0)


async def nested(level):
    depth.set(depth.get() + 1)
    if level:
        async with asyncio.TaskGroup() as group:
            group.create_task(nested(level - 1))
    print("level", level, "depth", depth.get())


async def numbers():
    for number in range(2):
        depth.set(100 + number)
        yield depth.get()


async def timed():
    depth.set(7)
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(1)
    except TimeoutError:
        print("timed out at", depth.get())


async def worker(queue):
    while True:
        item = await queue.get()
        print("worker has", depth.get(), "for", item)
        depth.set(item)
        queue.task_done()


async def main():
    await nested(2)
    print("main", depth.get())
    await asyncio.create_task(nested(1))
    print("main", depth.get())
    async for number in numbers():
        print(number, depth.get())
    await timed()
    print(depth.get())
    await asyncio.wait_for(timed(), 5)
    print(depth.get())
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(worker(queue)) for _ in range(2)]
    for item in range(3):
        queue.put_nowait(item)
    await queue.join()
    for task in tasks:
        task.cancel()


asyncio.run(main())
