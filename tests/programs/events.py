import asyncio
async def w(e, n):
    print(n, "waits", e.is_set())
    r = await e.wait()
    print(n, "got", r)
async def main():
    e = asyncio.Event()
    ts = [asyncio.create_task(w(e, i)) for i in range(3)]
    await asyncio.sleep(0)
    ts[1].cancel()
    e.set()
    e.clear()
    print(e.is_set())
    for t in ts:
        try:
            await t
        except asyncio.CancelledError:
            print("cancelled")
    e.set(); e.set()
    print(await e.wait(), e._value)
    async def setter():
        await asyncio.sleep(1); e.set()
    e.clear()
    t = asyncio.create_task(setter())
    print(await e.wait())
asyncio.run(main())
