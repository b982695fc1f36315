import asyncio

async def work(n, delay, fails=False):
    await asyncio.sleep(delay)
    print("work", n)
    if fails:
        raise ValueError(f"work {n} failed")
    return n * n

async def main():
    print(await asyncio.gather(work(1, 0.3), work(2, 0.1), work(3, 0.2)))
    print(await asyncio.gather())
    results = await asyncio.gather(work(4, 0.2), work(5, 0.1, True), return_exceptions=True)
    print([repr(result) for result in results])
    try:
        await asyncio.gather(work(6, 0.1, True), work(7, 0.2))
    except ValueError as error:
        print("first failure", error)
    await asyncio.sleep(0.5)
    task = asyncio.create_task(work(8, 0.1), name="eight")
    print(task.get_name(), task.done())
    print(await task, task.result(), task.exception(), await task)
    group = asyncio.gather(work(9, 1), work(10, 1))
    await asyncio.sleep(0.5)
    group.cancel()
    try:
        await group
    except asyncio.CancelledError:
        print("group cancelled", asyncio.get_running_loop().time())
    same = asyncio.create_task(work(11, 0))
    print(await asyncio.gather(same, same))
    nested = await asyncio.gather(asyncio.gather(work(12, 0.2), work(13, 0.1)), work(14, 0))
    print(nested)
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.5, future.set_result, "later")
    asyncio.get_running_loop().call_soon(print, "soon")
    print(await future)

asyncio.run(main())
