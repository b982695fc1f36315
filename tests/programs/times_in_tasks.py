"""Lengths of time as programs measure, add up and show them."""
import asyncio
import random
import statistics
import time
from datetime import timedelta
from functools import partial, wraps


def timed(function):
    @wraps(function)
    async def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return await function(*args, **kwargs)
        finally:
            took = time.perf_counter() - start
            durations.append(took)
            print(f"{function.__name__}{args} took {took:.3f}s")

    return wrapper


durations = []


@timed
async def request(number):
    await asyncio.sleep(random.uniform(0.1, 0.5))
    if random.random() < 0.3:
        raise ConnectionError(f"request {number}")
    return number


async def retry(make, attempts=3):
    for attempt in range(1, attempts + 1):
        try:
            return await make()
        except ConnectionError as error:
            print(f"attempt {attempt} failed: {error}")
            await asyncio.sleep(min(2**attempt, 5) * random.random())
    return None


async def main():
    random.seed(5)
    results = await asyncio.gather(*(retry(partial(request, n)) for n in range(4)))
    print(results)
    print(f"mean {statistics.mean(durations):.4f} median {statistics.median(durations):.4f} stdev {statistics.stdev(durations):.4f} max {max(durations):.4f}")
    print(timedelta(seconds=round(sum(durations), 3)), str(timedelta(seconds=int(time.time()))), divmod(int(time.time()), 60))
    start = time.monotonic_ns()
    await asyncio.sleep(0.25)
    print((time.monotonic_ns() - start) > -1, f"{time.perf_counter():.3f}")


asyncio.run(main())
