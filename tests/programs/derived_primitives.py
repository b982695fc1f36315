"""Classes derived from the primitives of asyncio."""
import asyncio
from enum import Enum
class PriorityLock(asyncio.Semaphore):
    def __init__(self): super().__init__(1)
class Signal(asyncio.Event):
    def set(self):
        print("set!")
        super().set()
class Closeable(asyncio.Queue):
    closed = False
    def close(self): self.closed = True
    def __aiter__(self): return self
    async def __anext__(self):
        if self.closed and self.empty(): raise StopAsyncIteration
        return await self.get()
class Box(asyncio.Condition):
    value = None
    async def put(self, v):
        async with self:
            self.value = v
            self.notify_all()
    async def wait_value(self):
        async with self:
            await self.wait_for(lambda: self.value is not None)
            return self.value
async def main():
    lock = PriorityLock()
    async with lock:
        print(lock.locked(), lock._value)
    s = Signal()
    w = asyncio.create_task(s.wait())
    await asyncio.sleep(0)
    s.set()
    print(await w, s.is_set())
    q = Closeable()
    for i in range(3): q.put_nowait(i)
    q.close()
    print([i async for i in q])
    b = Box()
    t = asyncio.create_task(b.wait_value())
    await asyncio.sleep(0.1)
    await b.put(5)
    print(await t)
    class L(asyncio.Lock):
        pass
    l = L()
    c = asyncio.Condition(l)
    async with c:
        print(l.locked())
    print(repr(q).startswith("<Closeable"), isinstance(q, asyncio.Queue))
asyncio.run(main())
