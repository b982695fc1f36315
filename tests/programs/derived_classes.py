"""Classes that derive from builtin ones."""
import asyncio
import json
from collections import Counter, OrderedDict, defaultdict, deque


class Stack(list):
    def push(self, item):
        self.append(item)

    @property
    def top(self):
        return self[-1]


s = Stack([1, 2])
s.push(3)
print(s, len(s), s.top, s == [1, 2, 3], s[0], s[1:], 2 in s, list(reversed(s)), sum(s), isinstance(s, list), type(s).__name__)
s += [4]
s[0] = 10
del s[1]
print(s, type(s), sorted(s, reverse=True), s + [5], [*s], max(s), bool(Stack()), s.index(3), json.dumps(s), s * 2)
first, *rest = s
print(first, rest, [x for x in s], s.copy(), repr(s), f"{s}")


class Limited(list):
    def __init__(self, limit, items=()):
        super().__init__(items)
        self.limit = limit

    def append(self, item):
        if len(self) >= self.limit:
            raise OverflowError(f"more than {self.limit}")
        super().append(item)

    def __getitem__(self, index):
        return f"item {super().__getitem__(index)}"


limited = Limited(2, "a")
limited.append("b")
try:
    limited.append("c")
except OverflowError as error:
    print(error, limited, limited[0], limited.limit)


class Squares(dict):
    def __missing__(self, key):
        value = self[key] = key * key
        return value


squares = Squares({1: 1})
print(squares[4], squares, squares.get(9), 4 in squares, len(squares), isinstance(squares, dict), {**squares}, dict(squares))


class Loud(dict):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)

    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)

    def __delitem__(self, key):
        print("del", key)
        super().__delitem__(key)


loud = Loud(a=1)
loud["b"] = 2
print(loud["b"], loud.get("a"), loud)
del loud["b"]
print(list(loud.items()), json.dumps(loud), loud == {"a": 1})
for key in loud:
    print(key, loud.keys())


class AttrDict(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value


config = AttrDict(host="localhost")
config.port = 80
print(config.host, config.port, config, hasattr(config, "nothing"))


class Name(str):
    def shout(self):
        return self.upper() + "!"


n = Name("ada")
print(n, repr(n), n.shout(), n + "x", len(n), n == "ada", {"ada": 1}[n], n[0], f"{n:>5}", "-".join([n, n]), "d" in n, n in "adam", isinstance(n, str), type(n + "x"))


class Celsius(float):
    def __new__(cls, value):
        return super().__new__(cls, value)

    @property
    def fahrenheit(self):
        return self * 9 / 5 + 32


class Count(int):
    def __add__(self, other):
        return Count(int(self) + int(other))

    def __repr__(self):
        return f"Count({int(self)})"


print(Celsius(21.5), Celsius(20).fahrenheit, Celsius(3) > 2, round(Celsius(2.567), 1), Count(3) + 4, repr(Count(2) + Count(5)), Count(3) * 2, Count(2) == 2, [1, 2, 3][Count(1)], f"{Count(7):03d}", str(Count(4)), list(range(Count(2))))


class Unique(set):
    def add(self, item):
        if item in self:
            print("again", item)
        super().add(item)


u = Unique([1])
u.add(1)
u.add(2)
print(u, len(u), u | {3}, 2 in u, u == {1, 2}, sorted(u))


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def total(self):
        return self[0] + self[1]


p = Pair(3, 4)
print(p, p.total, p == (3, 4), {p: 1}[(3, 4)], isinstance(p, tuple), [*p])


class Recent(OrderedDict):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def __setitem__(self, key, value):
        if key in self:
            self.move_to_end(key)
        super().__setitem__(key, value)
        if len(self) > self.size:
            self.popitem(last=False)


recent = Recent(2)
for key in "abac":
    recent[key] = key.upper()
print(recent, list(recent), recent.size)


class History(deque):
    def latest(self):
        return self[-1] if self else None


h = History([1, 2, 3], maxlen=2)
h.append(4)
print(h, h.latest(), len(h), list(h), h.maxlen, h == deque([3, 4]), 4 in h)


class Tally(Counter):
    def best(self):
        return self.most_common(1)[0]


t = Tally("abca")
t["z"] += 5
t.update("a")
print(t, t.best(), t["nothing"], t.total(), t + Counter("a"))


class Groups(defaultdict):
    def __init__(self):
        super().__init__(list)


g = Groups()
g["a"].append(1)
print(g, g["b"])


class LoggedLock(asyncio.Lock):
    def __init__(self, name):
        super().__init__()
        self.name = name
        self.count = 0

    async def acquire(self):
        self.count += 1
        print(f"{self.name}: asked {self.count}")
        return await super().acquire()

    def release(self):
        print(f"{self.name}: given back")
        super().release()


class CountingQueue(asyncio.Queue):
    def __init__(self, maxsize=0):
        super().__init__(maxsize)
        self.total = 0

    async def put(self, item):
        self.total += 1
        await super().put(item)

    async def __aiter__(self):
        while (item := await self.get()) is not None:
            yield item


class Gate(asyncio.Event):
    async def wait_for(self, seconds):
        try:
            async with asyncio.timeout(seconds):
                await self.wait()
            return True
        except TimeoutError:
            return False


class Pool(asyncio.Semaphore):
    @property
    def free(self):
        return self._value


async def worker(number, lock, queue):
    async with lock:
        await asyncio.sleep(0.1)
        await queue.put(number)


async def main():
    lock, queue, gate, pool = LoggedLock("door"), CountingQueue(10), Gate(), Pool(2)
    print(isinstance(lock, asyncio.Lock), lock.locked(), queue.maxsize, gate.is_set(), pool.free)
    workers = [asyncio.create_task(worker(i, lock, queue)) for i in range(3)]
    print(await gate.wait_for(0.05))
    await asyncio.gather(*workers)
    await queue.put(None)
    async for item in queue:
        print("item", item)
    async with pool:
        print(pool.free, pool.locked())
    gate.set()
    print(await gate.wait_for(1), queue.total, queue.qsize())


asyncio.run(main())
