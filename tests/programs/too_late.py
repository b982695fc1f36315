# Deadlines in the past: what is waited for is cancelled first.
import asyncio


async def attempt(what, awaitable):
    try:
        print(what, await awaitable)
    except Exception as error:
        print(what, repr(error), repr(error.__cause__))


async def main():
    await attempt("gathered", asyncio.wait_for(asyncio.gather(asyncio.sleep(1)), 0))
    await attempt("shielded", asyncio.wait_for(asyncio.shield(asyncio.sleep(1)), 0))
    await attempt("nested", asyncio.wait_for(asyncio.wait_for(asyncio.sleep(1), 5), -1))
    print(asyncio.get_running_loop().time())


asyncio.run(main())
