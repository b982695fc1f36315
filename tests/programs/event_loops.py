import asyncio


async def background():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("background cancelled")
        raise


async def main(n):
    print("main", n, asyncio.get_running_loop() is asyncio.get_event_loop())
    await asyncio.sleep(1)
    return n


def attempt(function):
    try:
        function()
    except (RuntimeError, ValueError, TypeError) as error:
        print(type(error).__name__, error)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.is_running(), loop.is_closed())
left = loop.create_task(background())
print(loop.run_until_complete(main(1)))
print(loop.run_until_complete(main(2)))

future = loop.create_future()
loop.call_later(1, future.set_result, 7)
print(loop.run_until_complete(future))
print(loop.run_until_complete(future))


def halt():
    print("halt")
    loop.stop()


loop.call_later(2, halt)
loop.run_forever()
print("stopped", left.done())
loop.stop()
loop.run_forever()
print("one turn")
loop.call_soon(loop.stop)
attempt(lambda: loop.run_until_complete(main(3)))


async def inside():
    print(loop.is_running())
    attempt(lambda: loop.run_until_complete(future))
    attempt(loop.run_forever)
    attempt(loop.close)
    attempt(lambda: asyncio.new_event_loop().run_forever())
    attempt(lambda: asyncio.run(main))


async def fails():
    raise ValueError("no")


loop.run_until_complete(inside())
attempt(lambda: loop.run_until_complete(fails()))
attempt(lambda: loop.run_until_complete(5))
print(len(asyncio.all_tasks(loop)))
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
loop.close()
print(loop.is_closed())
attempt(loop.run_forever)
attempt(lambda: loop.call_soon(print))
attempt(lambda: loop.call_later(1, print))
attempt(lambda: loop.run_until_complete(future))
attempt(lambda: asyncio.run(main))
attempt(asyncio.get_running_loop)

second = asyncio.new_event_loop()
third = asyncio.new_event_loop()
task = third.create_task(main("third"))
second.run_until_complete(main("second"))
print(third.run_until_complete(task), second is third)


async def stops():
    asyncio.get_running_loop().stop()
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled")
        raise


attempt(lambda: asyncio.run(stops()))
asyncio.run(main("last"))
asyncio.run(stops())
