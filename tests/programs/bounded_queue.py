import asyncio
import random

async def producer(queue, n):
    for i in range(4):
        await queue.put((n, i))
        print("put", n, i, queue.qsize(), queue)
        await asyncio.sleep(random.random())

async def consumer(queue, name):
    while True:
        item = await queue.get()
        await asyncio.sleep(random.uniform(0.1, 0.5))
        print(name, "handled", item, queue.full(), queue.empty())
        queue.task_done()

async def main():
    queue = asyncio.Queue(maxsize=2)
    consumers = [asyncio.create_task(consumer(queue, f"c{i}")) for i in range(2)]
    await asyncio.gather(*(producer(queue, n) for n in range(3)))
    print("waiting for the queue", queue)
    await queue.join()
    for task in consumers:
        task.cancel()
    print(await asyncio.gather(*consumers, return_exceptions=True))
    try:
        queue.task_done()
    except ValueError as error:
        print(error)
    queue.put_nowait(1); queue.put_nowait(2)
    try:
        queue.put_nowait(3)
    except asyncio.QueueFull as error:
        print(repr(error), queue)
    print(queue.get_nowait(), queue.get_nowait())
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty:
        print("empty", queue.maxsize)

asyncio.run(main())
