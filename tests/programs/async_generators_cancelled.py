import asyncio
async def gen():
    try:
        for i in range(10):
            yield i
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        print('gen cancelled')
        raise
    except GeneratorExit:
        print('gen exit')
        raise
    finally:
        print('gen finally')
async def a():
    async with asyncio.timeout(2.5):
        async for i in gen():
            print(i)
async def b():
    g = gen()
    print(await asyncio.wait_for(anext(g), 1))
    try:
        print(await asyncio.wait_for(anext(g), 0.5))
    except TimeoutError:
        print('timeout')
    try:
        print(await anext(g))
    except StopAsyncIteration:
        print('stopped')
async def c():
    g = gen()
    t = asyncio.create_task(anext(g))
    t.cancel()
    try: await t
    except asyncio.CancelledError: print('c cancelled')
    g = gen()
    t = asyncio.create_task(anext(g))
    await asyncio.sleep(0)
    print(t.done(), t.result())
    t = asyncio.create_task(anext(g))
    await asyncio.sleep(0)
    t.cancel()
    try: await t
    except asyncio.CancelledError: print('c cancelled')
    return [x async for x in g]
async def produce(q):
    async for i in gen():
        await q.put(i)
        if i == 3: break
    await q.put(None)
async def stream(q):
    while (x := await q.get()) is not None:
        yield x
async def pipeline(source):
    async for x in source:
        yield x * x
async def main():
    try: await a()
    except TimeoutError as e: print('TE', repr(e))
    await b()
    print(await c())
    q = asyncio.Queue()
    async with asyncio.TaskGroup() as tg:
        tg.create_task(produce(q))
        async for x in pipeline(stream(q)):
            print('got', x)
    try:
        async with asyncio.TaskGroup() as tg:
            async def fail(n):
                await asyncio.sleep(n)
                raise ValueError(n)
            tg.create_task(fail(1))
            tg.create_task(fail(1))
            tg.create_task(fail(2))
    except* ValueError as eg:
        print(eg, eg.exceptions)
    print(sum([x async for x in gen() if x % 2]))
asyncio.run(main())
