import asyncio
async def consumer(c, items, n):
    async with c:
        print(n, "in")
        r = await c.wait_for(lambda: items)
        print(n, r, items.pop(0))
async def waiter(c, n):
    try:
        async with c:
            print(n, 'holds', c.locked())
            print(await c.wait())
            print(n, 'back')
            await asyncio.sleep(0.1)
    except asyncio.CancelledError as e:
        print(n, 'cancelled', e.args, c.locked())
async def main():
    c = asyncio.Condition()
    items = []
    ts = [asyncio.create_task(consumer(c, items, i)) for i in range(3)]
    await asyncio.sleep(0)
    for i in range(3):
        async with c:
            items.append(i)
            c.notify()
        await asyncio.sleep(0.5)
    await asyncio.gather(*ts)
    lock = asyncio.Lock()
    a, b = asyncio.Condition(lock), asyncio.Condition(lock=lock)
    ws = [asyncio.create_task(waiter(a if i % 2 else b, i)) for i in range(6)]
    await asyncio.sleep(0)
    await lock.acquire()
    a.notify(2); b.notify_all()
    ws[2].cancel('one');
    await asyncio.sleep(0)
    ws[2].cancel('two')
    ws[5].cancel('x')
    await asyncio.sleep(1)
    lock.release()
    print(await asyncio.gather(*ws, return_exceptions=True))
    try:
        c.notify()
    except RuntimeError as e: print(e)
    try:
        await c.wait()
    except RuntimeError as e: print(e)
    try:
        c.release()
    except RuntimeError as e: print(e)
    try:
        asyncio.Condition(5)
    except AttributeError as e: print(e)
    try:
        async with c:
            await c.wait_for(lambda: 1/0)
    except ZeroDivisionError as e: print(e, c.locked())
    def bad():
        raise ValueError('p')
    async def late():
        async with c:
            n = 0
            def pred():
                nonlocal n
                n += 1
                if n == 2: raise KeyError('late')
            await c.wait_for(pred)
    t = asyncio.create_task(late())
    await asyncio.sleep(0)
    async with c: c.notify_all()
    print(await asyncio.gather(t, return_exceptions=True), c.locked())
asyncio.run(main())
