import asyncio

async def stubborn(name, lock):
    try:
        async with lock:
            print(name, "has the lock")
            await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        print(name, "cancelled", error.args)
        await asyncio.sleep(0.1)
        print(name, "cleaned up")
        raise
    finally:
        print(name, "done")
    return name

async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(stubborn(f"t{i}", lock)) for i in range(4)]
    await asyncio.sleep(0.5)
    print(tasks[1].cancel("not needed"), tasks[0].cancel(), tasks[0].cancel())
    for task in tasks:
        try:
            print(await task)
        except asyncio.CancelledError as error:
            print("gone", error.args, task.cancelled(), task.done(), task.cancel())
    print(await asyncio.gather(*tasks, return_exceptions=True))
    print(lock.locked(), asyncio.get_running_loop().time())
    never = asyncio.create_task(asyncio.sleep(100, "never"))
    never.cancel()
    try:
        await never
    except asyncio.CancelledError:
        print("never began", never.cancelled())
    left = asyncio.create_task(stubborn("left", lock))
    await asyncio.sleep(0)

asyncio.run(main())
print("after")
