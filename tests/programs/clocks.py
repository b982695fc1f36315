"""time: what clocks measure and how moments are written."""
import asyncio
import time
from datetime import datetime


def measured(function):
    async def wrapper(*args):
        start = time.perf_counter()
        result = await function(*args)
        print(f"{function.__name__} took {time.perf_counter() - start:.2f}s")
        return result

    return wrapper


@measured
async def work(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    start = time.monotonic()
    await asyncio.gather(work(1), work(2), work(0.5))
    print(f"{time.monotonic() - start:.1f} {time.time() - start:.1f}")
    before = datetime.now()
    await asyncio.sleep(1.25)
    elapsed = datetime.now() - before
    print(elapsed >= elapsed, type(elapsed).__name__)
    time.sleep(0.5)
    print(f"{asyncio.get_running_loop().time():.2f}", round(time.time(), 2))


print(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(0)), time.strftime("%X %a %j", (2024, 2, 29, 13, 5, 9, 3, 60, 0)), time.asctime(time.gmtime(1e9)))
moment = time.gmtime(1700000000.9)
print(moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec, moment.tm_wday, moment.tm_yday, moment[0], len(moment), list(moment)[:3])
print(moment)
asyncio.run(main())
print(isinstance(time.time(), float), isinstance(time.time_ns(), int), isinstance(time.ctime(), str), time.ctime(0), time.ctime(1234567890), time.strftime("%d.%m.%Y %I:%M %p", time.gmtime(1718000000)))
