import asyncio


async def fail(message):
    raise ValueError(message)


async def work(n):
    await asyncio.sleep(n)


async def never():
    pass


def makes_and_forgets():
    coroutine = never()
    print("made")


async def keeps_a_sleep():
    pause = asyncio.sleep(1)
    print("slept?")


async def makes_and_ends():
    coroutine = never()
    makes_and_forgets()
    await keeps_a_sleep()
    coroutine.close()


async def caught():
    try:
        await two()
    except ValueError as error:
        print("caught", error)
    print("behind the handler")


async def two():
    one = asyncio.create_task(fail("one"))
    two = asyncio.create_task(fail("two"))
    several = [asyncio.create_task(fail("three")), asyncio.create_task(fail("four"))]
    await asyncio.sleep(0.1)
    await one
    await two


async def pending():
    asyncio.create_task(work(10))
    asyncio.create_task(fail("pending"))
    await asyncio.sleep(1)


asyncio.run(makes_and_ends())
asyncio.run(caught())
loop = asyncio.new_event_loop()
print(loop.is_running(), loop.is_closed())
loop.run_until_complete(pending())
asyncio.run(two())
