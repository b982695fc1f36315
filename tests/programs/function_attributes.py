"""What functions carry with them: attributes, names, documentation, defaults."""
import asyncio
import functools


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


@counted
def greet(name, mark="!"):
    """Greets."""
    return f"hello {name}{mark}"


greet("a")
greet("b", mark="?")
print(greet.calls, greet.__name__, greet.__doc__, greet.__wrapped__("c"), greet.__qualname__, greet.__module__)


def setting(**attributes):
    def decorate(function):
        for name, value in attributes.items():
            setattr(function, name, value)
        return function
    return decorate


@setting(route="/home", methods=("GET",))
async def home():
    await asyncio.sleep(0)
    return "home"


print(home.route, home.methods, hasattr(home, "missing"), getattr(home, "missing", None), sorted(home.__dict__))
del home.route
try:
    home.route
except AttributeError as error:
    print(error)


def plain():
    pass


plain.__name__ = "renamed"
plain.__doc__ = "Documented later."
plain.cache = {}
plain.cache["x"] = 1
print(plain.__name__, plain.__doc__, plain.cache)


class Service:
    def handle(self):
        return "handled"

    handle.is_public = True

    @counted
    def count(self):
        return self.count.calls


service = Service()
print(service.handle.is_public, [name for name in ("handle", "count") if getattr(getattr(Service, name), "is_public", False)])
print(service.count(), service.count(), Service.count.calls, service.count.__name__)


def memoize(function):
    memory = function.memory = {}

    @functools.wraps(function)
    def wrapper(n):
        if n not in memory:
            memory[n] = function(n)
        return memory[n]
    return wrapper


@memoize
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(30), len(fib.memory), fib.__wrapped__ is not fib)


def once(function):
    async def wrapper(*args):
        if not hasattr(wrapper, "task"):
            wrapper.task = asyncio.ensure_future(function(*args))
        return await wrapper.task
    return wrapper


@once
async def connect():
    print("connecting")
    await asyncio.sleep(0.1)
    return object()


async def main():
    first, second = await asyncio.gather(connect(), connect())
    print(first is second, await home())


asyncio.run(main())
