"""Stages between queues, with sentinels, shutdown, and asynchronous generators as stages."""
import asyncio
from functools import reduce

END = object()


async def produce(numbers, out):
    for number in numbers:
        await out.put(number)
        await asyncio.sleep(0.1)
    await out.put(END)


async def stage(function, source, out, workers):
    async def work():
        while (item := await source.get()) is not END:
            await out.put(await function(item))
        await source.put(END)
    await asyncio.gather(*(work() for _ in range(workers)))
    await out.put(END)


async def square(n):
    await asyncio.sleep(0.25)
    return n * n


async def name(n):
    await asyncio.sleep(0.05)
    return f"<{n}>"


async def drain(queue):
    items = []
    while (item := await queue.get()) is not END:
        items.append(item)
    return items


async def with_queues():
    a, b, c = (asyncio.Queue(maxsize=2) for _ in range(3))
    *_, items = await asyncio.gather(
        produce(range(6), a), stage(square, a, b, 3), stage(name, b, c, 1), drain(c))
    print(items, f"{asyncio.get_running_loop().time():.2f}", [q.qsize() for q in (a, b, c)])


async def with_shutdown():
    queue = asyncio.Queue(1)

    async def consumer(number):
        taken = []
        try:
            while True:
                taken.append(await queue.get())
                queue.task_done()
                await asyncio.sleep(0.1)
        except asyncio.QueueShutDown:
            return number, taken

    consumers = [asyncio.create_task(consumer(i)) for i in range(2)]
    for item in "abcde":
        await queue.put(item)
    queue.shutdown()
    print(await asyncio.gather(*consumers))
    try:
        queue.put_nowait("f")
    except asyncio.QueueShutDown as error:
        print(type(error).__name__, error.args)


async def numbers(n):
    for i in range(n):
        await asyncio.sleep(0.01)
        yield i


async def amap(function, source):
    async for item in source:
        yield await function(item)


async def afilter(predicate, source):
    async for item in source:
        if predicate(item):
            yield item


async def batched(source, size):
    batch = []
    async for item in source:
        batch.append(item)
        if len(batch) == size:
            yield tuple(batch)
            batch.clear()
    if batch:
        yield tuple(batch)


async def merge(*sources):
    queue = asyncio.Queue()

    async def feed(source):
        async for item in source:
            await queue.put(item)

    feeding = asyncio.gather(*map(feed, sources))
    feeding.add_done_callback(lambda _: queue.put_nowait(END))
    while (item := await queue.get()) is not END:
        yield item


def pipe(source, *steps):
    return reduce(lambda stream, step: step(stream), steps, source)


async def with_generators():
    stream = pipe(numbers(7), lambda s: afilter(lambda n: n % 2 == 0, s), lambda s: amap(square, s), lambda s: batched(s, 3))
    print([batch async for batch in stream])
    print([n async for n in merge(numbers(2), numbers(3))])
    print({n: n async for n in numbers(2)}, {n async for n in numbers(2)}, sum([n async for n in numbers(4)]))


for main in (with_queues, with_shutdown, with_generators):
    asyncio.run(main())
