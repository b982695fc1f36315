# async for over what is completed: nothing at all, one after the other, nested, and left early.
import asyncio


async def inner():
    async for future in asyncio.as_completed([asyncio.sleep(0.1, "inner"), asyncio.sleep(0.1, "second")]):
        return future.result()


async def main():
    async for future in asyncio.as_completed([]):
        print("never")
    else:
        print("nothing to do")
    task = asyncio.create_task(inner())
    async for future in asyncio.as_completed([asyncio.sleep(0.2, "slow"), task, inner()]):
        print(future is task, await future)
    try:
        async for future in asyncio.as_completed([asyncio.sleep(0.1), asyncio.sleep(9)], timeout=1):
            print(future.done(), asyncio.get_running_loop().time())
    except TimeoutError as error:
        print(repr(error))


asyncio.run(main())
