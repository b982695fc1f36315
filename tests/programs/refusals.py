# What asyncio refuses, and in which words.
import asyncio


def say(*details):
    print(*details)


async def main():
    try:
        asyncio.Semaphore(-1)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.BoundedSemaphore(-2)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.Barrier(0)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.Lock().release()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.BoundedSemaphore(1)
        spare.release()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.Condition().notify()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.Condition().notify_all()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.Condition().wait()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.Condition().wait_for(lambda: True)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.Queue().get_nowait()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.Queue().task_done()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.Queue(1)
        spare.put_nowait(1)
        spare.put_nowait(2)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.Queue()
        spare.shutdown()
        spare.put_nowait(1)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.Queue()
        spare.shutdown()
        await spare.get()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.sleep(0, 1)
        say(await spare)
        await spare
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.get_running_loop().create_future()
        spare.set_result(1)
        spare.set_result(2)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.get_running_loop().create_future()
        spare.result()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.get_running_loop().create_future()
        spare.exception()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.get_running_loop().create_future()
        spare.cancel("gone")
        spare.result()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.get_running_loop().create_future()
        spare.set_exception(StopIteration())
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.current_task().set_result(1)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.current_task().set_exception(ValueError(1))
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.current_task().result()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await 5
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await None
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.create_task(5)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.ensure_future(5)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.gather(5)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.wait_for(5, 1)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.shield(5)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.wait([])
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.wait(asyncio.current_task())
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.wait([asyncio.current_task()], return_when=5)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.as_completed(asyncio.current_task())
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.run(asyncio.sleep(0))
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.TaskGroup().create_task(asyncio.sleep(0))
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.timeout(1).reschedule(2)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.timeout(1)
        say(spare.when(), spare.expired())
        await spare.__aenter__()
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        with asyncio.Lock():
            pass
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        async with 5:
            pass
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        await asyncio.sleep("long")
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        say(asyncio.current_task().uncancel(), asyncio.current_task().cancelling())
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.get_running_loop().call_later(None, say)
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        asyncio.get_running_loop().run_until_complete(asyncio.sleep(0))
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)
    try:
        spare = asyncio.create_task(asyncio.sleep(0))
        await spare
        say(spare.cancel(), spare.cancelling())
    except (Exception, asyncio.CancelledError) as error:
        print(type(error).__name__, error)


asyncio.run(main())
