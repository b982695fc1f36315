# Sizes below zero, shutdown with items left, and the order of equals in a queue of priorities.
import asyncio


async def main():
    for queue in [asyncio.Queue(-1), asyncio.LifoQueue(-2), asyncio.PriorityQueue(0)]:
        print(queue.maxsize, queue.full(), queue.empty())

    queue = asyncio.Queue()
    queue.put_nowait(6)
    queue.shutdown()
    print(queue.qsize(), await queue.get())
    queue.task_done()
    try:
        await queue.get()
    except asyncio.QueueShutDown as error:
        print(repr(error))

    queue = asyncio.PriorityQueue()
    for item in range(5):
        queue.put_nowait(item)
    print(queue.get_nowait())
    for item in [1, 2, 3, 4, 5]:
        queue.put_nowait(item)
    items = []
    for turn in range(5):
        queue.put_nowait(1)
        items.append(queue.get_nowait())
    while not queue.empty():
        items.append(queue.get_nowait())
    print(items)

    queue = asyncio.PriorityQueue()
    for number in range(8):
        queue.put_nowait((number * 5 % 3, number))
    print([queue.get_nowait() for turn in range(8)])


asyncio.run(main())
