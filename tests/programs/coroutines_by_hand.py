"""Coroutines driven by hand, and awaitables of one's own."""
import asyncio


async def add(a, b):
    return a + b


coroutine = add(1, 2)
try:
    coroutine.send(None)
except StopIteration as stop:
    print("returned", stop.value)
try:
    coroutine.send(None)
except RuntimeError as error:
    print(error)


class Ask:
    def __init__(self, question):
        self.question = question

    def __await__(self):
        answer = yield self.question
        return answer


async def conversation():
    name = await Ask("name?")
    try:
        age = await Ask("age?")
    except ValueError as error:
        age = f"unknown ({error})"
    return f"{name}, {age}"


talk = conversation()
print(talk.send(None))
print(talk.send("Ada"))
try:
    talk.throw(ValueError("secret"))
except StopIteration as stop:
    print(stop.value)

closed = conversation()
print(closed.send(None))
closed.close()


async def stubborn():
    try:
        await Ask("leave?")
    finally:
        print("cleaned up")


s = stubborn()
print(s.send(None))
s.close()


class Switch:
    def __await__(self):
        got = yield "switched"
        return got


async def task(name, times):
    for i in range(times):
        got = await Switch()
        print(name, i, got)
    return name


def scheduler(*coroutines):
    queue = [(c, None) for c in coroutines]
    while queue:
        current, value = queue.pop(0)
        try:
            result = current.send(value)
            queue.append((current, result.upper()))
        except StopIteration as stop:
            print("finished", stop.value)


scheduler(task("A", 2), task("B", 1))


class Countdown:
    """An awaitable that waits for others."""

    def __init__(self, n):
        self.n = n

    def __await__(self):
        for i in range(self.n, 0, -1):
            print(i)
            yield from asyncio.sleep(0.1).__await__()
        return "lift-off"


class Lazy:
    def __init__(self, function):
        self.function = function
        self.value = None

    def __await__(self):
        if self.value is None:
            self.value = yield from self.function().__await__()
        return self.value


async def expensive():
    await asyncio.sleep(1)
    print("computed")
    return 42


async def main():
    print(await Countdown(3))
    lazy = Lazy(expensive)
    print(await lazy, await lazy)
    print(await asyncio.gather(lazy, Countdown(1)))
    try:
        await asyncio.wait_for(Countdown(5), 0.25)
    except TimeoutError:
        print("timeout")
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.1, future.set_result, "later")
    print(await future)
    print(asyncio.iscoroutine(expensive), asyncio.iscoroutinefunction(expensive))
    c = expensive()
    print(asyncio.iscoroutine(c), c.__name__)
    c.close()


asyncio.run(main())
