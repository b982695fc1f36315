import asyncio

def show(barrier):
    return repr(barrier).split('[')[1][:-2]

async def w(b, i, d=0):
    try:
        await asyncio.sleep(d)
        print(i, 'comes', b.n_waiting, b.broken, show(b))
        r = await b.wait()
        print(i, 'passes', r, show(b))
    except asyncio.BrokenBarrierError as e:
        print(i, 'broken', e, repr(e), show(b))
    except asyncio.CancelledError as e:
        print(i, 'cancelled', e.args, show(b))
async def ctx(b, i):
    async with b as pos:
        print(i, 'in', pos, show(b))
        await asyncio.sleep(0)
    print(i, 'out')
async def main():
    b = asyncio.Barrier(3)
    print(b.parties, b.n_waiting, show(b))
    await asyncio.gather(*(w(b, i) for i in range(3)))
    await asyncio.gather(*(ctx(b, i) for i in range(6)))
    ts = [asyncio.create_task(w(b, i)) for i in range(2)]
    await asyncio.sleep(1)
    await b.abort()
    print(show(b), b.broken)
    await asyncio.gather(*ts)
    await w(b, 9)
    await b.reset()
    print(show(b))
    ts = [asyncio.create_task(w(b, i)) for i in range(2)]
    await asyncio.sleep(0)
    await b.reset()
    print(show(b))
    ts += [asyncio.create_task(w(b, i)) for i in (10, 11, 12, 13)]
    await asyncio.gather(*ts)
    ts = [asyncio.create_task(w(b, i)) for i in range(2)]
    await asyncio.sleep(0)
    ts[0].cancel('bye')
    await asyncio.sleep(0)
    ts.append(asyncio.create_task(w(b, 5)))
    await asyncio.sleep(0)
    print(show(b))
    ts.append(asyncio.create_task(w(b, 6)))
    ts.append(asyncio.create_task(w(b, 7)))
    await asyncio.sleep(1)
    ts[-1].cancel()
    print(await asyncio.gather(*ts))
    one = asyncio.Barrier(1)
    print(await one.wait(), show(one))
    for bad in (0, -1):
        try: asyncio.Barrier(bad)
        except ValueError as e: print(e)
    try: asyncio.Barrier('x')
    except TypeError as e: print(e)
    try:
        raise asyncio.BrokenBarrierError('z')
    except RuntimeError as e: print(type(e).__name__)
asyncio.run(main())
