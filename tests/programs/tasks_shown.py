import asyncio
import functools


async def work(n):
    await asyncio.sleep(n)
    return "result " * n


async def fail():
    raise ValueError("no", 1)


class Job:
    async def run(self):
        await asyncio.sleep(1)

    def done(self, task):
        print("done", task)


async def inner():
    print("inner", asyncio.current_task())


async def outer():
    await inner()
    helper()


def helper():
    print("helper", asyncio.current_task())


def callback(task):
    print("callback", task)


async def main():
    print(asyncio.current_task())
    task = asyncio.create_task(work(1))
    print(task)
    await asyncio.sleep(0)
    print(task)
    named = asyncio.create_task(work(2))
    named.set_name("named")
    failing = asyncio.create_task(fail())
    failing.set_name("it's")
    job = Job()
    method = asyncio.create_task(job.run())
    method.add_done_callback(job.done)
    method.add_done_callback(callback)
    method.add_done_callback(functools.partial(callback))
    await asyncio.sleep(0.5)
    print(named, failing, method)
    failing.exception()
    await task
    print(task, [task], f"{task!r:.20}")
    waiting = asyncio.create_task(waits_for(named))
    await asyncio.sleep(0.1)
    print(waiting)
    named.cancel()
    print(named, waiting)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(named, waiting)
    future = asyncio.get_running_loop().create_future()
    print(future)
    future.set_result([1, 2, 3, 4, 5, 6, 7, 8])
    print(future)
    future = asyncio.Future()
    future.add_done_callback(callback)
    print(future)
    future.cancel()
    print(future)
    await asyncio.sleep(0)
    future = asyncio.Future()
    future.set_exception(KeyError("k"))
    print(future)
    future.exception()
    group = asyncio.gather(work(1), work(2))
    print(group)
    waiter = asyncio.create_task(waits_for(group))
    await asyncio.sleep(0)
    print(group, waiter)
    await waiter
    print(group)
    await asyncio.create_task(outer())
    lock = asyncio.Lock()
    await lock.acquire()
    locker = asyncio.create_task(locks(lock))
    await asyncio.sleep(0)
    print(locker)
    lock.release()
    print(locker)
    await locker
    loop = asyncio.get_running_loop()
    handle = loop.call_soon(callback, 1)
    print(handle)
    timer = loop.call_later(5, print, 1)
    print(timer)
    timer.cancel()
    print(timer)
    handle.cancel()
    print(handle)
    print(loop.call_soon(functools.partial(callback, 5)))
    async with asyncio.TaskGroup() as tasks:
        one = tasks.create_task(work(1))
        print(one, tasks)
    print(one, tasks)
    long = asyncio.Future()
    long.set_result({"a": "x" * 50, "b": [1, [2, [3]]]})
    print(long)
    long = asyncio.Future()
    long.set_result(tuple(range(10)))
    print(long)


async def waits_for(awaitable):
    return await awaitable


async def locks(lock):
    async with lock:
        pass


asyncio.run(main())
