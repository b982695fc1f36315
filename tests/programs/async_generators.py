import asyncio
async def t(f):
    try:
        print('=', await f)
    except BaseException as e:
        print(type(e).__name__, e, repr(e.__cause__), repr(e.__context__))
async def gen():
    try:
        x = yield 1
        print('got', x)
        try:
            y = yield 2
        except KeyError as e:
            print('caught', e)
            y = yield 'after'
        await asyncio.sleep(1)
        yield 3
    finally:
        print('cleanup')
        await asyncio.sleep(1)
        print('clean')
async def stop():
    yield 1
    raise StopAsyncIteration
async def stop2():
    yield 1
    raise StopIteration(4)
async def ignore():
    try:
        yield 1
    finally:
        yield 2
async def slow():
    await asyncio.sleep(1)
    yield 1
async def main():
    g = gen()
    await t(g.asend(4))
    await t(g.asend(None))
    await t(g.asend('sent'))
    await t(g.athrow(KeyError('k')))
    await t(g.__anext__())
    await t(g.aclose())
    await t(g.__anext__())
    await t(g.aclose())
    await t(g.athrow(ValueError(2)))
    g = gen()
    await t(g.athrow(ValueError(2)))
    await t(anext(g))
    g = gen()
    await t(g.aclose())
    g = stop()
    await t(anext(g)); await t(anext(g)); await t(anext(g))
    g = stop2()
    await t(anext(g)); await t(anext(g)); await t(anext(g, 'default'))
    g = ignore()
    await t(anext(g)); await t(g.aclose()); await t(anext(g)); await t(anext(g))
    g = slow()
    await asyncio.gather(t(anext(g)), t(anext(g)), t(g.asend(1)), t(g.aclose()), t(g.athrow(KeyError)))
    async for x in gen():
        print(x)
        if x == 2: break
    else:
        print('no')
    print('broke')
    await asyncio.sleep(3)
    async for x in gen():
        print(x)
    else:
        print('else')
    print([x async for x in gen() if x != 2], [1, *[x async for x in stop3()]])
    print({x: y async for x in stop3() for y in [1,2]}, {x async for x in stop3()})
    ge = (x * 2 async for x in stop3())
    print(type(ge).__name__, [x async for x in ge])
    async def f(x): return x
    ge = (await f(x) for x in range(3))
    print(type(ge).__name__, [x async for x in ge])
    print(await anext(gen()))
    tk = asyncio.create_task(slow().__anext__())
    print(await tk)
async def stop3():
    for i in range(3):
        yield i
        await asyncio.sleep(0)
asyncio.run(main())
