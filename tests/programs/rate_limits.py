"""Token buckets, sliding windows, debouncing, batching and circuit breakers."""
import asyncio
import time
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class TokenBucket:
    rate: float
    capacity: int
    tokens: float = field(init=False)
    stamp: float = field(default=0.0, init=False)

    def __post_init__(self):
        self.tokens = self.capacity

    async def take(self):
        now = asyncio.get_running_loop().time()
        self.tokens = min(self.capacity, self.tokens + (now - self.stamp) * self.rate)
        self.stamp = now
        if self.tokens < 1:
            await asyncio.sleep((1 - self.tokens) / self.rate)
            self.stamp = asyncio.get_running_loop().time()
            self.tokens = 0
        else:
            self.tokens -= 1


class SlidingWindow:
    def __init__(self, most, seconds):
        self.most, self.seconds = most, seconds
        self.calls = deque()
        self.lock = asyncio.Lock()

    async def __aenter__(self):
        async with self.lock:
            while True:
                now = time.monotonic()
                while self.calls and now - self.calls[0] >= self.seconds:
                    self.calls.popleft()
                if len(self.calls) < self.most:
                    self.calls.append(now)
                    return self
                await asyncio.sleep(self.seconds - (now - self.calls[0]))

    async def __aexit__(self, *error):
        return False


class Batcher:
    def __init__(self, size, wait, flush):
        self.size, self.wait, self.flush = size, wait, flush
        self.items, self.timer = [], None

    def add(self, item):
        self.items.append(item)
        if len(self.items) >= self.size:
            self._flush()
        elif self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(self.wait, self._flush)

    def _flush(self):
        if self.timer:
            self.timer.cancel()
            self.timer = None
        items, self.items = self.items, []
        self.flush(items)


class CircuitOpen(Exception):
    pass


class CircuitBreaker:
    def __init__(self, failures, pause):
        self.most, self.pause = failures, pause
        self.failures, self.opened = 0, None

    @asynccontextmanager
    async def guard(self):
        loop = asyncio.get_running_loop()
        if self.opened is not None:
            if loop.time() - self.opened < self.pause:
                raise CircuitOpen(f"closed again in {self.pause - (loop.time() - self.opened):.1f}s")
            self.opened = None
        try:
            yield
        except Exception:
            self.failures += 1
            if self.failures >= self.most:
                self.opened, self.failures = loop.time(), 0
            raise
        else:
            self.failures = 0


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    stamp = lambda: f"{loop.time() - start:4.2f}"
    bucket = TokenBucket(rate=2, capacity=2)
    bucket.stamp = start
    for i in range(5):
        await bucket.take()
        print(stamp(), "token", i)
    window = SlidingWindow(2, 1.0)

    async def call(i):
        async with window:
            print(stamp(), "call", i)

    await asyncio.gather(*(call(i) for i in range(5)))
    batcher = Batcher(3, 0.5, lambda items: print(stamp(), "batch", items))
    for i in range(5):
        batcher.add(i)
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    breaker = CircuitBreaker(2, 1)
    for i in range(6):
        try:
            async with breaker.guard():
                if i < 2:
                    raise OSError(f"no answer {i}")
                print(stamp(), "fine", i)
        except (OSError, CircuitOpen) as error:
            print(stamp(), type(error).__name__, error)
        await asyncio.sleep(0.4)


asyncio.run(main())
