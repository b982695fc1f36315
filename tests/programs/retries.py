"""Decorators that retry, time, limit and remember what coroutines do."""
import asyncio
import functools
import random
from collections import OrderedDict


def retry(times=3, exceptions=(Exception,), delay=0.1, factor=2):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            wait = delay
            for attempt in range(1, times + 1):
                try:
                    return await function(*args, **kwargs)
                except exceptions as error:
                    print(f"  {function.__name__} attempt {attempt}: {error!r}")
                    if attempt == times:
                        raise
                    await asyncio.sleep(wait)
                    wait *= factor
        wrapper.attempts = times
        return wrapper
    return decorate


def timed(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            return await function(*args, **kwargs)
        finally:
            print(f"  {function.__qualname__} took {loop.time() - start:.2f}s")
    return wrapper


def limit(n):
    semaphore = asyncio.Semaphore(n)

    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args):
            async with semaphore:
                return await function(*args)
        return wrapper
    return decorate


class async_cache:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function
        self.results = OrderedDict()
        self.locks = {}

    async def __call__(self, *key):
        lock = self.locks.setdefault(key, asyncio.Lock())
        async with lock:
            if key not in self.results:
                self.results[key] = await self.function(*key)
            return self.results[key]


class Flaky:
    def __init__(self, failures):
        self.failures = failures

    @timed
    @retry(times=3, exceptions=(ConnectionError, TimeoutError))
    async def call(self, value):
        await asyncio.sleep(0.05)
        if self.failures:
            self.failures -= 1
            raise ConnectionError(f"{self.failures} failures left")
        return value * 2


@async_cache
async def square(n):
    "Slow."
    print("  squaring", n)
    await asyncio.sleep(1)
    return n * n


@limit(2)
async def limited(i):
    print(f"  {asyncio.get_running_loop().time():.1f} begins {i}")
    await asyncio.sleep(1)


async def main():
    print(await Flaky(2).call(21), Flaky.call.__name__, Flaky.call.__wrapped__.attempts)
    try:
        await Flaky(5).call(1)
    except ConnectionError as error:
        print("failed for good:", error)
    print(await asyncio.gather(square(3), square(3), square(4)), len(square.results), square.__name__, square.__doc__)
    await asyncio.gather(*(limited(i) for i in range(4)))
    random.seed(7)
    print([round(min(10, 0.5 * 2 ** i) + random.uniform(0, 0.1), 3) for i in range(4)])


asyncio.run(main())
