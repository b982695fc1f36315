"""Timers, tickers and schedules on the loop's clock."""
import asyncio
from datetime import datetime, timedelta
from itertools import count


class Ticker:
    def __init__(self, interval, times=None):
        self.interval, self.times = interval, times

    def __aiter__(self):
        self._count = count()
        self._next = asyncio.get_running_loop().time()
        return self

    async def __anext__(self):
        n = next(self._count)
        if self.times is not None and n >= self.times:
            raise StopAsyncIteration
        self._next += self.interval
        await asyncio.sleep(self._next - asyncio.get_running_loop().time())
        return n


class Timer:
    def __init__(self, seconds, callback, *args):
        self._task = asyncio.create_task(self._run(seconds, callback, args))

    async def _run(self, seconds, callback, args):
        await asyncio.sleep(seconds)
        result = callback(*args)
        if asyncio.iscoroutine(result):
            await result

    def cancel(self):
        return self._task.cancel()


class Debouncer:
    def __init__(self, wait, callback):
        self.wait, self.callback, self.handle = wait, callback, None

    def __call__(self, *args):
        if self.handle:
            self.handle.cancel()
        self.handle = asyncio.get_running_loop().call_later(self.wait, self.callback, *args)


async def say(text):
    await asyncio.sleep(0.01)
    print(f"{asyncio.get_running_loop().time():.2f} {text}")


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    async for tick in Ticker(0.5, 3):
        await asyncio.sleep(0.2)
        print(f"{loop.time() - start:.2f} tick {tick}")
    Timer(0.3, say, "timer one")
    stopped = Timer(0.2, say, "never")
    print(stopped.cancel())
    bounce = Debouncer(0.1, lambda *args: print(f"{loop.time() - start:.2f} settled on", *args))
    for i in range(4):
        bounce(i, i * i)
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    handles = [loop.call_at(loop.time() + delay, print, "at", delay) for delay in (0.3, 0.1, 0.2)]
    print([round(handle.when() - loop.time(), 2) for handle in handles], handles[0].cancelled())
    handles[2].cancel()
    await asyncio.sleep(0.4)
    begin = datetime(2024, 2, 28, 23, 59, 30)
    plan = [begin + timedelta(seconds=30 * i) for i in range(3)]
    for moment in plan:
        await asyncio.sleep(0.3)
        print(moment.isoformat(), moment.strftime("%d %b %H:%M:%S"), moment - begin)
    print((plan[-1] - plan[0]).total_seconds(), plan[0] < plan[1], max(plan).date(), timedelta(hours=25) // timedelta(hours=1))
    try:
        async with asyncio.timeout_at(loop.time() + 0.5) as scope:
            scope.reschedule(loop.time() + 0.2)
            await asyncio.sleep(1)
    except TimeoutError:
        print("expired", scope.expired())


asyncio.run(main())
