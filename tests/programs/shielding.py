"""Cancellation that is asked for, held off, passed on, turned down and cleaned up after."""
import asyncio
from contextlib import asynccontextmanager


async def save(name):
    try:
        await asyncio.sleep(0.5)
        print(f"{name} saved")
        return name
    except asyncio.CancelledError:
        print(f"{name} lost")
        raise


async def shielded():
    task = asyncio.create_task(save("report"))
    outer = asyncio.create_task(wait_shielded(task))
    await asyncio.sleep(0.1)
    outer.cancel()
    print(await asyncio.gather(outer, return_exceptions=True), task.cancelled(), task.done())
    print(await task)


async def wait_shielded(task):
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        print("waiting was cancelled", task.cancelled())
        raise


async def finish_first():
    async def worker():
        task = asyncio.ensure_future(save("draft"))
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await task
            print("finished first")
            raise
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.2)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("then cancelled")


async def turned_down():
    async def stubborn():
        for attempt in range(3):
            try:
                await asyncio.sleep(1)
                return "slept"
            except asyncio.CancelledError as error:
                print("not now", attempt, error)
        return "gave in"
    task = asyncio.create_task(stubborn())
    for i in range(2):
        await asyncio.sleep(0.1)
        print(task.cancel(f"please {i}"), task.cancelling())
    print(await task, task.cancelled(), task.cancelling())


@asynccontextmanager
async def resource(name, log):
    log.append(f"+{name}")
    try:
        yield name
    finally:
        await asyncio.sleep(0.1)
        log.append(f"-{name}")


async def cleaned_up():
    log = []

    async def work():
        async with resource("a", log), resource("b", log):
            try:
                await asyncio.Event().wait()
            finally:
                log.append("finally")
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print(log, task.cancelled())


async def chained():
    async def inner():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            raise RuntimeError("broke while stopping") from None
    task = asyncio.create_task(inner())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except RuntimeError as error:
        print(error, repr(error.__context__), error.__cause__)
    future = asyncio.get_running_loop().create_future()
    waiter = asyncio.create_task(asyncio.wait_for(future, 10))
    await asyncio.sleep(0)
    waiter.cancel()
    await asyncio.wait([waiter])
    print(future.cancelled(), waiter.cancelled())
    gathered = asyncio.gather(save("x"), save("y"))
    await asyncio.sleep(0.1)
    gathered.cancel()
    try:
        await gathered
    except asyncio.CancelledError:
        print("gather cancelled")


for main in (shielded, finish_first, turned_down, cleaned_up, chained):
    print(f"-- {main.__name__}")
    asyncio.run(main())
