import asyncio
import functools


async def fail(message):
    await asyncio.sleep(0.1)
    raise ValueError(message)


async def fail_at_once():
    raise KeyError("now")


def chapter(title):
    print("--", title)


async def forgotten():
    asyncio.create_task(fail("forgotten"))
    await asyncio.sleep(1)
    print("later")


async def kept():
    task = asyncio.create_task(fail("kept"))
    await asyncio.sleep(1)
    print("before it goes", task.done())


async def asked():
    task = asyncio.create_task(fail("asked"))
    await asyncio.sleep(1)
    print(repr(task.exception()))


async def deleted():
    task = asyncio.create_task(fail("deleted"))
    await asyncio.sleep(1)
    del task
    print("after del")


async def replaced():
    task = asyncio.create_task(fail("one"))
    await asyncio.sleep(1)
    task = asyncio.create_task(fail("two"))
    print("second made")
    await asyncio.sleep(1)
    task = None
    print("end")


async def in_list():
    tasks = [asyncio.create_task(fail(str(n))) for n in range(3)]
    await asyncio.sleep(1)
    tasks.clear()
    print("cleared")


async def gathered():
    try:
        await asyncio.gather(fail("a"), fail("b"), asyncio.sleep(1))
    except ValueError as error:
        print("caught", error)
    await asyncio.sleep(1)
    print("the second was seen")


async def gather_forgotten():
    asyncio.gather(fail("g"), fail("h"))
    await asyncio.sleep(1)
    print("end")


async def waited():
    done, pending = await asyncio.wait([asyncio.create_task(fail("waited"))])
    print(len(done))
    done = None
    print("end")


async def plain_future():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(RuntimeError("nobody"))
    del future
    print("gone")


def callback(fut=None):
    return 1 / 0


async def callbacks():
    loop = asyncio.get_running_loop()
    loop.call_soon(callback)
    loop.call_later(0.5, callback)
    loop.call_soon(functools.partial(callback, 1))
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(callback)
    await asyncio.sleep(1)
    print("callbacks over")


async def shielded():
    try:
        await asyncio.wait_for(asyncio.shield(late_failure()), 0.1)
    except TimeoutError:
        print("timeout")
    await asyncio.sleep(1)
    print("end")


async def late_failure():
    await asyncio.sleep(0.3)
    raise ValueError("late")


async def never_awaited():
    fail("x")
    asyncio.sleep(1)
    print("between")
    for _ in range(3):
        fail_at_once()
    coroutine = fail("y")
    print("before")
    coroutine = None
    print("after")
    asyncio.Lock().acquire()
    closed = fail("closed")
    closed.close()
    del closed
    print("end")


async def in_group():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("in group"))
            group.create_task(fail_at_once())
    except* (ValueError, KeyError) as error:
        print(error.exceptions)


def handler(loop, context):
    print("handler:", context["message"], repr(context.get("exception")), sorted(context))


async def handled():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(handler)
    asyncio.create_task(fail_at_once())
    loop.call_soon(callback)
    await asyncio.sleep(1)
    fail("z")
    loop.call_exception_handler({"message": "own"})
    print(loop.get_exception_handler() is handler)
    loop.set_exception_handler(lambda loop, context: 1 / 0)
    asyncio.create_task(fail_at_once())
    await asyncio.sleep(1)
    loop.set_exception_handler(None)
    loop.call_exception_handler({"message": "own", "b": 1, "a": [2]})
    loop.call_exception_handler({})
    loop.default_exception_handler({"message": "default", "exception": ValueError("v")})


async def refuses():
    try:
        await asyncio.sleep(5)
    finally:
        raise RuntimeError("while cancelled")


async def shutdown():
    task = asyncio.create_task(refuses())
    await asyncio.sleep(0.1)
    print("leaving")


async def cancelled():
    task = asyncio.create_task(asyncio.sleep(5))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    print(task.cancelled())


for function in [forgotten, kept, asked, deleted, replaced, in_list, gathered, gather_forgotten, waited, plain_future, callbacks,
                 shielded, never_awaited, in_group, handled, shutdown, cancelled]:
    chapter(function.__name__)
    asyncio.run(function())
print("end of program")
