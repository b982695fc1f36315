import asyncio
class CM:
    def __init__(self, n, swallow=False): self.n, self.swallow = n, swallow
    async def __aenter__(self):
        print('enter', self.n); await asyncio.sleep(0); return self
    async def __aexit__(self, t, e, tb):
        await asyncio.sleep(0); print('exit', self.n, t and t.__name__, e); return self.swallow
    def __enter__(self): print('Enter', self.n); return self
    def __exit__(self, t, e, tb): print('Exit', self.n, t and t.__name__); return self.swallow
async def agen(n):
    try:
        for i in range(n):
            async with CM(f"g{i}"):
                yield i
    finally:
        print('agen done')
async def ret():
    async for i in agen(3):
        async with CM('r'):
            with CM('s'):
                if i == 1: return i
async def brk():
    out = []
    async for i in agen(4):
        async with CM('b'):
            if i == 1: continue
            if i == 2: break
        out.append(i)
    else:
        out.append('else')
    return out
async def nested():
    r = []
    async for i in agen(2):
        async for j in agen(2):
            try:
                if j: continue
                r.append((i, j))
            finally:
                r.append('f')
    else:
        r.append('else')
    return r
async def exc():
    for i in range(3):
        try:
            async with CM(i, swallow=i == 1):
                raise ValueError(i)
        except ValueError as e:
            print('caught', e, repr(e.__context__))
        else:
            print('no exception')
        finally:
            print('finally', i)
async def replace():
    class Replace(CM):
        async def __aexit__(self, t, e, tb):
            raise KeyError('other')
    try:
        async with Replace('x'):
            raise ValueError('orig')
    except KeyError as e:
        print(repr(e), repr(e.__context__))
async def multi():
    async with CM(1) as a, CM(2) as b, CM(3, True):
        print(a.n, b.n)
        raise RuntimeError('multi')
    return 'swallowed'
async def comp():
    d = {k: [x async for x in agen(2)] for k in 'ab'}
    s = sum([y for x in [1, 2] async for y in agen(x) if y])
    return d, s, [await asyncio.sleep(0, i) for i in range(3)], print('x', [i async for i in agen(1)], 'y')
def gen():
    with CM('sync'):
        x = yield 1
        print('got', x)
        yield 2
async def star():
    try:
        async with asyncio.TaskGroup() as tg:
            async def f(n):
                await asyncio.sleep(n)
                raise (ValueError if n % 2 else KeyError)(n)
            for n in range(3): tg.create_task(f(n))
    except* ValueError as e:
        print('V', e.exceptions)
    except* KeyError as e:
        print('K', e.exceptions)
        async with CM('in handler'):
            await asyncio.sleep(0)
    try:
        try:
            raise ExceptionGroup('a', [ValueError(1), TypeError(2)])
        except* ValueError as e:
            await asyncio.sleep(0.1)
            raise KeyError('from handler') from e
    except* KeyError as e:
        print(e.exceptions)
    except* TypeError as e:
        print('T', e)
async def main():
    for f in [ret, brk, nested, exc, replace, multi, comp, star]:
        print('--', f.__name__)
        print(await f())
        await asyncio.sleep(0.1)
    g = gen(); next(g); g.send(5); g.close()
    t = asyncio.create_task(ret()); await asyncio.sleep(0); await asyncio.sleep(0); t.cancel()
    print(await asyncio.gather(t, return_exceptions=True))
asyncio.run(main())
