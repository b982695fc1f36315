"""as_completed with a timeout, in both of its forms, and a loop that stops early."""
import asyncio


async def fetch(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print(f"{name} is there")
        return name
    except asyncio.CancelledError:
        print(f"{name} was cancelled")
        raise


async def plain():
    try:
        for earliest in asyncio.as_completed([fetch("quick", 0.1), fetch("slow", 2), fetch("slower", 3)], timeout=1):
            print("got", await earliest)
    except TimeoutError as error:
        print("gave up:", type(error).__name__, error.args)
    print([task.get_coro().__name__ for task in asyncio.all_tasks() if task is not asyncio.current_task()])
    await asyncio.sleep(3)


async def asynchronous():
    tasks = {asyncio.create_task(fetch(name, seconds), name=name): seconds for name, seconds in [("a", 0.3), ("b", 0.1), ("c", 5)]}
    try:
        async for task in asyncio.as_completed(tasks, timeout=0.5):
            print(task.get_name(), tasks[task], await task)
    except TimeoutError:
        left = [task for task in tasks if not task.done()]
        print("left:", [task.get_name() for task in left])
        for task in left:
            task.cancel()
        print(await asyncio.gather(*left, return_exceptions=True))


async def first_of_all():
    coroutines = [fetch("x", 0.2), fetch("y", 0.1), fetch("z", 0.3)]
    for earliest in asyncio.as_completed(coroutines):
        print("first:", await earliest)
        break
    await asyncio.sleep(1)


async def nothing():
    for _ in asyncio.as_completed([]):
        print("never")
    async for _ in asyncio.as_completed([], timeout=1):
        print("never")
    print("nothing to wait for")


for main in (plain, asynchronous, first_of_all, nothing):
    print(f"-- {main.__name__}")
    asyncio.run(main())
