import asyncio

def show(barrier):
    return repr(barrier).split('[')[1][:-2]

async def w(b, i):
    try:
        r = await b.wait()
        print(i, 'passes', r, show(b))
    except asyncio.BrokenBarrierError as e:
        print(i, 'broken', e, show(b))
    except asyncio.CancelledError as e:
        print(i, 'cancelled', e.args, show(b))
async def main():
    b = asyncio.Barrier(3)
    ts = [asyncio.create_task(w(b, i)) for i in range(5)]
    await asyncio.sleep(0)
    ts[4].cancel('late')
    ts[3].cancel('x')
    ts[0].cancel('bye')
    await asyncio.sleep(0)
    print(show(b))
    ts[1].cancel('y')
    await asyncio.sleep(0)
    print(show(b))
    ts += [asyncio.create_task(w(b, i)) for i in range(10, 14)]
    await asyncio.sleep(0)
    print(show(b))
    await b.abort()
    print(await asyncio.gather(*ts))
    one = asyncio.Barrier(1)
    print(await one.wait(), show(one))
    for bad in (0, -1):
        try: asyncio.Barrier(bad)
        except ValueError as e: print(e)
    try: asyncio.Barrier('x')
    except TypeError as e: print(e)
    try: asyncio.Barrier()
    except TypeError as e: print(e)
    try:
        raise asyncio.BrokenBarrierError('z')
    except RuntimeError as e: print(type(e).__name__)
asyncio.run(main())
