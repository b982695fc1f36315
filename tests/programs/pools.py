"""Pools of connections: semaphores, queues and exit stacks at work together."""
import asyncio
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from itertools import count


class Connection:
    numbers = count(1)

    def __init__(self):
        self.number = next(Connection.numbers)
        self.is_open = False
        self.queries = []

    def __repr__(self):
        return f"<Connection {self.number} {'open' if self.is_open else 'closed'}>"

    async def __aenter__(self):
        await asyncio.sleep(0.1)
        self.is_open = True
        return self

    async def __aexit__(self, kind, error, trace):
        await asyncio.sleep(0.05)
        self.is_open = False
        if kind is not None:
            print(f"{self} left with {kind.__name__}")
        return kind is ConnectionResetError

    async def query(self, text):
        await asyncio.sleep(0.2)
        if "bad" in text:
            raise ConnectionResetError(text)
        self.queries.append(text)
        return text[::-1]

    async def rows(self, n):
        try:
            for i in range(n):
                await asyncio.sleep(0.05)
                yield i
        finally:
            print(f"rows of {self.number} closed")


class Pool:
    def __init__(self, size):
        self.size = size
        self.free = asyncio.LifoQueue()
        self.stack = AsyncExitStack()

    async def __aenter__(self):
        await self.stack.__aenter__()
        for _ in range(self.size):
            connection = await self.stack.enter_async_context(Connection())
            self.free.put_nowait(connection)
        self.stack.callback(print, "pool empty")
        return self

    async def __aexit__(self, *details):
        return await self.stack.__aexit__(*details)

    @asynccontextmanager
    async def acquire(self, timeout=None):
        connection = await asyncio.wait_for(self.free.get(), timeout)
        try:
            yield connection
        finally:
            self.free.put_nowait(connection)

    @property
    def idle(self):
        return self.free.qsize()


async def use(pool, text):
    async with pool.acquire() as connection:
        print(f"{asyncio.get_running_loop().time():.2f} {text} on {connection}")
        return await connection.query(text)


async def main():
    async with Pool(2) as pool:
        print(await asyncio.gather(*(use(pool, f"q{i}") for i in range(4))), pool.idle)
        async with pool.acquire(), pool.acquire():
            try:
                async with pool.acquire(timeout=0.1):
                    print("never")
            except TimeoutError:
                print("none free")
        async with pool.acquire() as connection:
            async with aclosing(connection.rows(5)) as rows:
                async for row in rows:
                    if row == 2:
                        break
            print("row", row)
        with suppress(ConnectionError):
            await use(pool, "bad")
        print(pool.idle)
    async with Connection() as connection:
        await connection.query("bad one")
    print(connection, connection.queries)


asyncio.run(main())
