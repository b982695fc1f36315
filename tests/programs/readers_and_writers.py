"""A lock for readers and writers, built of a condition, with context managers for both sides."""
import asyncio
from contextlib import asynccontextmanager


class ReadWriteLock:
    def __init__(self):
        self._condition = asyncio.Condition()
        self._readers = 0
        self._writing = False
        self._waiting_writers = 0

    @asynccontextmanager
    async def reading(self):
        async with self._condition:
            await self._condition.wait_for(lambda: not self._writing and not self._waiting_writers)
            self._readers += 1
        try:
            yield self._readers
        finally:
            async with self._condition:
                self._readers -= 1
                self._condition.notify_all()

    @asynccontextmanager
    async def writing(self):
        async with self._condition:
            self._waiting_writers += 1
            try:
                await self._condition.wait_for(lambda: not self._writing and self._readers == 0)
            finally:
                self._waiting_writers -= 1
            self._writing = True
        try:
            yield
        finally:
            async with self._condition:
                self._writing = False
                self._condition.notify_all()


class Table:
    def __init__(self):
        self.lock = ReadWriteLock()
        self.rows = {}

    async def get(self, key):
        async with self.lock.reading() as readers:
            await asyncio.sleep(0.1)
            return self.rows.get(key), readers

    async def set(self, key, value):
        async with self.lock.writing():
            await asyncio.sleep(0.2)
            self.rows[key] = value


async def reader(name, table, delay):
    await asyncio.sleep(delay)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    row, readers = await table.get("x")
    print(f"{loop.time():.2f} {name} read {row} with {readers} after {loop.time() - begin:.2f}")


async def writer(name, table, delay, value):
    await asyncio.sleep(delay)
    await table.set("x", value)
    print(f"{asyncio.get_running_loop().time():.2f} {name} wrote {value}")


async def main():
    table = Table()
    async with asyncio.TaskGroup() as group:
        for i in range(3):
            group.create_task(reader(f"r{i}", table, 0.05 * i))
        group.create_task(writer("w0", table, 0.02, 1))
        group.create_task(writer("w1", table, 0.3, 2))
        late = group.create_task(reader("r3", table, 0.4))
    print(late.done(), table.rows)
    task = asyncio.create_task(table.set("y", 1))
    await asyncio.sleep(0.05)
    waiting = asyncio.create_task(table.set("y", 2))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.gather(task, waiting, return_exceptions=True)
    print(table.rows, table.lock._waiting_writers, await table.get("y"))


asyncio.run(main())
