import asyncio
class Pool:
    def __init__(self, size):
        self.sem = asyncio.Semaphore(size)
        self.used = 0
    async def __aenter__(self):
        await self.sem.acquire()
        self.used += 1
        return self
    async def __aexit__(self, exc_type, exc, tb):
        self.used -= 1
        self.sem.release()
        if exc_type is not None:
            print('leaving with', exc_type.__name__, exc)
        return exc_type is KeyError
class Ticker:
    def __init__(self, delay, to):
        self.delay = delay; self.to = to; self.i = 0
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.to: raise StopAsyncIteration
        self.i += 1
        await asyncio.sleep(self.delay)
        return self.i
class Lazy:
    def __init__(self, v): self.v = v
    def __await__(self):
        yield from asyncio.sleep(0.1).__await__()
        return self.v
class Wrapped:
    def __await__(self):
        async def inner():
            await asyncio.sleep(0.2)
            return 'wrapped'
        return inner().__await__()
class Yielder:
    def __await__(self):
        print('y1')
        yield
        print('y2')
        yield
        return 'yielded'
class Stream:
    def __init__(self, items): self.items = items
    async def __aiter__(self):
        for i in self.items:
            yield i
            await asyncio.sleep(0)
class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 100
    async def withdraw(self, n):
        async with self.lock:
            if self.balance >= n:
                await asyncio.sleep(0.1)
                self.balance -= n
                return True
            return False
class Worker:
    instances = 0
    def __init__(self, name, queue):
        self.name, self.queue = name, queue
        Worker.instances += 1
        self.task = None
    def start(self):
        self.task = asyncio.create_task(self.run(), name=self.name)
    async def run(self):
        while True:
            item = await self.queue.get()
            try:
                await asyncio.sleep(item / 10)
                print(self.name, 'did', item)
            finally:
                self.queue.task_done()
    async def stop(self):
        self.task.cancel()
        try: await self.task
        except asyncio.CancelledError: print(self.name, 'stopped')
class Broken(Exception):
    def __init__(self, n): self.n = n; super().__init__(f"broken {n}")
async def use(pool, i):
    async with pool as p:
        print('in', i, p.used)
        await asyncio.sleep(1)
        if i == 1: raise KeyError('swallowed')
        if i == 2: raise Broken(i)
    return i
async def main():
    pool = Pool(2)
    print(await asyncio.gather(*(use(pool, i) for i in range(4)), return_exceptions=True))
    async for t in Ticker(0.1, 3): print(t)
    print([x async for x in Ticker(0, 2)], await Lazy(5), await Wrapped(), await Yielder())
    print([x async for x in Stream('ab')])
    acc = Account()
    print(await asyncio.gather(*[acc.withdraw(40) for _ in range(4)]), acc.balance)
    q = asyncio.Queue()
    ws = [Worker(f"w{i}", q) for i in range(2)]
    for w in ws: w.start()
    for i in range(5): q.put_nowait(i)
    await q.join()
    await asyncio.gather(*(w.stop() for w in ws))
    print(Worker.instances)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(use(pool, 2))
            tg.create_task(use(pool, 3))
    except* Broken as eg:
        print(eg.exceptions, eg.exceptions[0].n)
    async with asyncio.timeout(1):
        await acc.withdraw(1)
    loop = asyncio.get_running_loop()
    loop.call_soon(pool.sem.release)
    loop.call_later(0.1, acc.__setattr__, 'balance', 7)
    await asyncio.sleep(0.2)
    print(acc.balance)
    await asyncio.create_task(Account().withdraw(5))
asyncio.run(main())
