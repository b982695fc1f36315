"""contextlib.ExitStack and AsyncExitStack."""
import asyncio
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, nullcontext, suppress


@contextmanager
def managed(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("exit", name)


class Swallow:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        print("swallow", kind.__name__ if kind else None, error)
        return True


@asynccontextmanager
async def connection(name, delay=0.1):
    await asyncio.sleep(delay)
    print("connect", name)
    try:
        yield name
    finally:
        await asyncio.sleep(delay)
        print("disconnect", name)


def attempt(function):
    try:
        print("=", function())
    except Exception as error:
        print(type(error).__name__, error)


def three():
    with ExitStack() as stack:
        names = [stack.enter_context(managed(name)) for name in "abc"]
        stack.callback(print, "callback", sep=" ", end="!\n")
        return names


def swallowed():
    with ExitStack() as stack:
        stack.enter_context(managed("outer"))
        stack.push(Swallow())
        stack.enter_context(managed("inner"))
        raise ValueError("lost")
    return "after"


def replaced():
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        raise ValueError("first")


def kept():
    with ExitStack() as stack:
        stack.enter_context(managed("kept"))
        later = stack.pop_all()
    print("not left yet")
    later.close()


attempt(three)
attempt(swallowed)
attempt(replaced)
attempt(kept)
attempt(lambda: ExitStack().enter_context(3))


async def main():
    async with AsyncExitStack() as stack:
        names = [await stack.enter_async_context(connection(n)) for n in ("one", "two")]
        stack.enter_context(managed("sync"))
        stack.push_async_callback(asyncio.sleep, 0.5)
        stack.callback(print, "called back")
        print(names)
    loop = asyncio.get_running_loop()
    print(round(loop.time(), 2))
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(connection("three"))
            raise KeyError("inside")
    except KeyError as error:
        print("out came", error)
    async with AsyncExitStack() as stack:
        stack.enter_context(suppress(KeyError))
        await stack.enter_async_context(connection("four"))
        raise KeyError("suppressed")
    task = asyncio.create_task(hold())
    await asyncio.sleep(0.3)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print("cancelled", task.cancelled())
    stack = AsyncExitStack()
    await stack.enter_async_context(connection("five"))
    await stack.aclose()
    with nullcontext(3) as three_:
        print(three_)


async def hold():
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(connection("held"))
        await asyncio.sleep(10)


asyncio.run(main())
