import asyncio
class Lazy:
    def __init__(self, v): self.v = v
    def __await__(self):
        yield from asyncio.sleep(0.1).__await__()
        return self.v
class Y:
    def __await__(self):
        yield
        return 'y'
class Bad:
    def __await__(self): return 3
class Worse:
    def __await__(self):
        yield from asyncio.sleep(0.1).__await__()
        raise ValueError('worse')
class Cycle:
    def __init__(self): self.me = self; self.f = self.go
    def go(self): return self.me
async def wrap(x): return await x
async def main():
    print(await Lazy(1), await asyncio.gather(Lazy(2), wrap(Lazy(3)), wrap(Y())))
    print(await asyncio.wait_for(Lazy(4), 1))
    try: print(await asyncio.wait_for(Lazy(4), 0.05))
    except TimeoutError: print('TE')
    for x in [Bad(), Worse(), Cycle(), None]:
        try: await x
        except Exception as e: print(type(e).__name__, e)
    t = asyncio.create_task(wrap(Lazy(5)))
    await asyncio.sleep(0)
    t.cancel()
    print(await asyncio.gather(t, return_exceptions=True))
    async with asyncio.timeout(1): print(await Lazy(6))
    Cycle().go()
asyncio.run(main())
