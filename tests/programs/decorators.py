# Decorators: with arguments, stacked, on methods and classes, as expressions.
import asyncio
import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("calling", function.__name__, args, kwargs)
        return function(*args, **kwargs)

    return wrapper


def repeat(times, *, separator=" "):
    def decorate(function):
        def wrapper(*args):
            return separator.join(str(function(*args)) for _ in range(times))

        return wrapper

    return decorate


@logged
def add(a, b=1):
    """Adds."""
    return a + b


@repeat(3, separator="-")
@logged
def shout(text):
    return text.upper()


print(add(1), add(2, b=3), add.__name__, add.__doc__)
print(shout("hey"))


class Registry:
    def __init__(self):
        self.known = {}

    def register(self, name):
        def decorate(target):
            self.known[name] = target
            return target

        return decorate

    def __call__(self, target):
        return self.register(target.__name__)(target)


registry = Registry()


@registry.register("hello")
def greet():
    return "hi"


@registry
class Plugin:
    pass


print(sorted(registry.known), registry.known["hello"](), registry.known["Plugin"] is Plugin)


def tag(label):
    def decorate(cls):
        cls.label = label
        return cls

    return decorate


@tag("tagged")
class Thing:
    @staticmethod
    @logged
    def helper(x):
        return x

    @(lambda f: f)
    def method(self):
        return "method"


print(Thing.label, Thing.helper(1), Thing().method())


def retry(times):
    def decorate(coroutine):
        async def wrapper(*args):
            for attempt in range(1, times + 1):
                try:
                    return await coroutine(*args)
                except ValueError as error:
                    print("attempt", attempt, error)

        return wrapper

    return decorate


@retry(times=2)
async def flaky(x):
    await asyncio.sleep(0.1)
    raise ValueError(x)


print(asyncio.run(flaky("no")))
print([f for f in [logged(len)]][0]([1, 2]))
