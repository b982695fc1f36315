"""Task groups: failures of children, nested groups, results, cancellation from within and without."""
import asyncio


class ServiceError(Exception):
    def __init__(self, service, reason):
        super().__init__(f"{service}: {reason}")
        self.service = service


async def service(name, seconds, reason=None):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"  {name} stopped")
        raise
    if reason:
        raise ServiceError(name, reason)
    return name.upper()


async def results():
    async with asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(service(name, seconds), name=name) for name, seconds in [("a", 0.2), ("b", 0.1)]}
    print({name: task.result() for name, task in tasks.items()}, [task.get_name() for task in tasks.values()])


async def failures():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(service("db", 0.1, "refused"))
            group.create_task(service("web", 0.1, "busy"))
            group.create_task(service("mail", 5))
    except* ServiceError as errors:
        print("caught", [error.service for error in errors.exceptions], errors.message)
    except* OSError:
        print("never")


async def nested():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(service("outer", 5))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(service("inner", 0.1, "inner broke"))
                inner.create_task(service("other", 1))
    except* ServiceError as errors:
        def flat(group):
            for error in group.exceptions:
                yield from flat(error) if isinstance(error, BaseExceptionGroup) else [error]
        print([str(error) for error in flat(errors)], len(errors.exceptions))
        matching, rest = errors.split(lambda error: isinstance(error, ServiceError))
        print(matching is not None, rest, errors.subgroup(ValueError))


async def body_fails():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(service("child", 5))
            await asyncio.sleep(0.1)
            raise ValueError("in the body")
    except* ValueError as errors:
        print(errors.exceptions)
    try:
        group.create_task(asyncio.sleep(1))
    except RuntimeError as error:
        print(error)


async def from_outside():
    async def run():
        async with asyncio.TaskGroup() as group:
            group.create_task(service("one", 5))
            group.create_task(service("two", 5))
    task = asyncio.create_task(run())
    await asyncio.sleep(0.1)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args)


async def growing():
    seen = []

    async def spider(group, depth):
        seen.append(depth)
        if depth < 3:
            for _ in range(2):
                group.create_task(spider(group, depth + 1))
        await asyncio.sleep(0.1)

    async with asyncio.TaskGroup() as group:
        group.create_task(spider(group, 0))
    print(len(seen), seen)


class Stop(Exception):
    pass


async def stopping():
    async def stop():
        raise Stop
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(service("long", 5))
            await asyncio.sleep(0.1)
            group.create_task(stop())
    except* Stop:
        print("stopped")
    try:
        async with asyncio.timeout(0.2):
            async with asyncio.TaskGroup() as group:
                group.create_task(service("slow", 5))
    except TimeoutError:
        print("timeout")


for main in (results, failures, nested, body_fails, from_outside, growing, stopping):
    print(f"-- {main.__name__}")
    asyncio.run(main())
