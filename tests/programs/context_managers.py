"""contextlib, functools, and classes as context managers."""
import asyncio
from contextlib import aclosing, asynccontextmanager, contextmanager, nullcontext, suppress
from functools import cache, cached_property, lru_cache, partial, reduce, wraps


def attempt(function, *arguments):
    try:
        print("=", function(*arguments))
    except BaseException as error:
        print(type(error).__name__, error, repr(error.__cause__), repr(error.__context__))


@contextmanager
def managed(name, swallow=None):
    print("enter", name)
    try:
        yield name.upper()
    except Exception as error:
        print("inside", repr(error))
        if not isinstance(error, swallow or ()):
            raise
    finally:
        print("exit", name)


def use(name, swallow, error):
    with managed(name, swallow=swallow) as it:
        print(it)
        if error:
            raise error
    return "after"


attempt(use, "a", None, None)
attempt(use, "b", ValueError, ValueError(1))
attempt(use, "c", ValueError, KeyError(2))
attempt(use, "d", None, StopIteration(3))


@contextmanager
def empty():
    return
    yield


@contextmanager
def twice():
    yield 1
    yield 2


@contextmanager
def stubborn():
    try:
        yield
    except ValueError:
        yield


@contextmanager
def replaced():
    try:
        yield
    except ValueError as error:
        raise RuntimeError("instead") from error


def enter(manager, error=None):
    with manager():
        if error:
            raise error


attempt(enter, empty)
attempt(enter, twice)
attempt(enter, stubborn, ValueError())
attempt(enter, replaced, ValueError(4))

with suppress(ValueError, KeyError):
    raise KeyError("nobody hears")
with suppress(ValueError):
    print("fine")
attempt(enter, lambda: suppress(OSError), ValueError(5))
with nullcontext(6) as six:
    print(six)


@asynccontextmanager
async def connection(name, seconds=0.1):
    print("connect", name)
    await asyncio.sleep(seconds)
    try:
        yield f"<{name}>"
    except KeyError as error:
        print("swallowed", error)
    finally:
        await asyncio.sleep(seconds)
        print("disconnect", name)


async def numbers():
    try:
        for number in range(5):
            yield number
            await asyncio.sleep(0.1)
    finally:
        print("numbers end")


def logged(function):
    @wraps(function)
    async def wrapper(*args, **kwargs):
        print("call", function.__name__, args, kwargs)
        result = await function(*args, **kwargs)
        print("result", result)
        return result

    return wrapper


def repeat(times):
    def decorator(function):
        @wraps(function)
        def wrapper(*args):
            return [function(*args) for _ in range(times)]

        return wrapper

    return decorator


@logged
async def add(a, b=1):
    await asyncio.sleep(0.1)
    return a + b


@repeat(times=3)
def greet(name):
    return "hello " + name


@cache
def square(number):
    print("computing", number)
    return number * number


@lru_cache(maxsize=None)
def fibonacci(number):
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


class Circle:
    def __init__(self, radius):
        self.radius = radius

    @cached_property
    def area(self):
        print("computing area")
        return 3 * self.radius**2


async def main():
    async with connection("one") as one, connection("two", seconds=0.2) as two:
        print(one, two)
    async with connection("three"):
        raise KeyError("lost")
    try:
        async with connection("four"):
            raise ValueError("found")
    except ValueError as error:
        print("caught", error)
    task = asyncio.create_task(hold())
    await asyncio.sleep(0.3)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("hold cancelled")
    async with aclosing(numbers()) as stream:
        async for number in stream:
            print(number)
            if number == 2:
                break
    print("behind")
    async with nullcontext(7) as seven:
        print(seven)
    print(await add(2, b=3), add.__name__)
    print(await asyncio.gather(*(add(n) for n in range(2))))


async def hold():
    async with connection("five"):
        await asyncio.sleep(5)


print(greet("you"), greet.__name__, square(3), square(3), fibonacci(60), reduce(lambda a, b: a * b, range(1, 6)))
circle = Circle(2)
print(circle.area, circle.area, partial(int, base=2)("101"))
asyncio.run(main())
