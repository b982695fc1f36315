# Deadlines in the past: what is waited for is cancelled first, and the loop goes round as often as that takes.
import asyncio


async def spin():
    for turn in range(8):
        print("turn", turn)
        await asyncio.sleep(0)


async def nothing():
    pass


async def attempt(what, awaitable):
    try:
        print(what, await awaitable)
    except Exception as error:
        print(what, repr(error), repr(error.__cause__))


async def reuse(way):
    coroutine = nothing()
    await coroutine
    await attempt("reused", way(coroutine))


async def main():
    await attempt("gathered", asyncio.wait_for(asyncio.gather(asyncio.sleep(1)), 0))
    await attempt("shielded", asyncio.wait_for(asyncio.shield(asyncio.sleep(1)), 0))
    await attempt("nested", asyncio.wait_for(asyncio.wait_for(asyncio.sleep(1), 5), -1))
    ways = [asyncio.create_task, asyncio.gather, asyncio.shield, lambda awaitable: asyncio.wait_for(awaitable, 0)]
    for way in ways:
        spinning = asyncio.create_task(spin())
        reusing = asyncio.create_task(reuse(way))
        await asyncio.wait([spinning, reusing])
    print(asyncio.get_running_loop().time())


asyncio.run(main())
