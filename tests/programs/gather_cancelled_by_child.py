# A gather with return_exceptions is cancelled by one of its children, or while they have not begun: its message is that
# of the last argument, even where that one was not cancelled in the end.
import asyncio

tasks = []


async def plain():
    pass


async def cancels():
    tasks[0].cancel("stop")


async def swallows():
    tasks[0].cancel("stop")
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        print("swallowed", repr(error))


async def waits(children):
    try:
        await asyncio.gather(*[child() for child in children], return_exceptions=True)
    except asyncio.CancelledError as error:
        print(repr(error))


def sleeps():
    return asyncio.sleep(0.1)


def gathers(child):
    return lambda: asyncio.gather(child())


async def main():
    print("by a child")
    for children in [
        [sleeps, cancels],
        [cancels, sleeps],
        [gathers(plain), cancels],
        [gathers(cancels)],
        [gathers(cancels), plain],
        [plain, gathers(cancels), sleeps],
        [swallows],
        [plain, swallows],
        [swallows, plain],
    ]:
        tasks[:] = [asyncio.create_task(waits(children))]
        await asyncio.wait(tasks)
    print("by another task, before they begin")
    for children in [[sleeps], [gathers(plain), sleeps], [gathers(plain)], [gathers(plain), plain]]:
        tasks[:] = [asyncio.create_task(waits(children)), asyncio.create_task(cancels())]
        await asyncio.wait(tasks)


asyncio.run(main())
