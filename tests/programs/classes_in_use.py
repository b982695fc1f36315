from __future__ import annotations
import asyncio, random, time
from abc import ABC, abstractmethod
from typing import Generic, TypeVar, Callable, Awaitable
from dataclasses import dataclass
T = TypeVar("T")
def t(f, *a, **k):
    try:
        print('=', f(*a, **k))
    except BaseException as e:
        print(type(e).__name__, e)
class Shape(ABC):
    registry: dict[str, int] = {}
    sides = 0
    double = sides * 2 + 1
    squares = [i * i for i in range(3)]
    for _i in range(2):
        registry[str(_i)] = _i
    if sides == 0:
        flag = True
    else:
        flag = False
    @property
    @abstractmethod
    def area(self): ...
    @classmethod
    def create(cls, *args): return cls(*args)
    def __eq__(self, o): return self.area == o.area
    def describe(self): return f"{type(self).__name__} {self.area:.2f} {self.__class__.__name__}"
class Square(Shape):
    __slots__ = ("side",)
    sides = 4
    def __init__(self, side): self.side = side
    @property
    def area(self): return self.side ** 2
    @area.setter
    def area(self, v): self.side = v ** 0.5
    @classmethod
    def create(cls, *args):
        print('creating', cls.__name__)
        return super().create(*args)
s = Square.create(3)
print(s.describe(), Shape.registry, Shape.double, Shape.squares, Shape.flag, s == Square(3), s != Square(2), s.sides)
s.area = 16; print(s.side)
class Stack(Generic[T]):
    def __init__(self) -> None: self._items: list[T] = []
    def push(self, item: T) -> None: self._items.append(item)
    def pop(self) -> T: return self._items.pop()
    def __len__(self): return len(self._items)
    def __repr__(self): return f"Stack({self._items})"
st = Stack[int](); st.push(1); st.push(s.sides)
print(st, len(st), st.pop(), bool(st), bool(Stack()))
class Node:
    def __init__(self, value, next=None): self.value, self.next = value, next
    def __iter__(self):
        node = self
        while node:
            yield node.value
            node = node.next
    def __str__(self): return " -> ".join(map(str, self))
n = Node(1, Node(2, Node(3)))
print(n, max(n), sorted(n, reverse=True), "%s %d" % (n, 5), "{} {!s:>15}".format(n, n), dict(enumerate(n)), [*n], tuple(n), set(n) == {1, 2, 3})
class Temp:
    def __init__(self): self.log = []
    def __setattr__(self, k, v):
        print('set', k)
        super().__setattr__(k, v)
tt = Temp(); tt.x = 1; print(tt.__dict__)
class AppError(Exception):
    """Base"""
class NotFound(AppError):
    def __init__(self, what):
        self.what = what
class Timeout(AppError, TimeoutError): pass
for e in [NotFound("x"), Timeout("slow"), AppError("a", "b")]:
    try: raise e
    except TimeoutError as x: print('timeout', x, repr(x))
    except AppError as x: print(type(x).__name__, x, repr(x), x.args, isinstance(x, Exception))
try:
    try: raise KeyError("k")
    except KeyError as k: raise NotFound("y") from k
except NotFound as x: print(repr(x.__cause__), repr(x.__context__), x.__suppress_context__)
try:
    raise ExceptionGroup("g", [NotFound("a"), Timeout("b"), ValueError(1)])
except* AppError as g: print(repr(g))
except* ValueError as g: print(repr(g))
class Counter:
    total = 0
    def __init__(self): Counter.total += 1; self.n = 0
    def inc(self): self.n += 1; return self
    def __enter__(self): return self
    def __exit__(self, *exc): self.n = -1
c = Counter().inc().inc(); print(c.n, Counter.total)
with Counter() as k: k.inc(); print(k.n)
print(k.n)
handlers = {'inc': c.inc, 'cls': Counter}
handlers['inc'](); print(c.n, type(handlers['cls']()).__name__)
t(lambda: Counter().nope()); t(lambda: Counter.inc()); t(lambda: Square()); t(lambda: Square(1).describe(2)); t(lambda: len(c)); t(lambda: c[0]); t(lambda: c + 1); t(lambda: c < c); t(lambda: c()); t(lambda: list(c)); t(lambda: 1 in c)
def tt2():
    with 5: pass
class Ctx: pass
async def aw():
    async with Ctx(): pass
async def af():
    async for x in Ctx(): pass
async def ai(): await Ctx()
async def main():
    for f in [aw, af, ai]:
        try: await f()
        except TypeError as e: print(e)
    class Server:
        def __init__(self): self.clients = {}; self.event = asyncio.Event()
        async def handle(self, name, *, delay=0.1):
            self.clients[name] = len(self.clients)
            await asyncio.sleep(delay)
            if len(self.clients) == 3: self.event.set()
            return name
        async def wait(self):
            await self.event.wait()
            return sorted(self.clients.items())
    s = Server()
    print(await asyncio.gather(s.wait(), *(s.handle(n, delay=i) for i, n in enumerate("cab"))))
    tk = asyncio.create_task(s.handle("z"))
    tk.add_done_callback(lambda t: print('done', t.result()))
    await tk
    await asyncio.sleep(0)
t(tt2)
asyncio.run(main())
class R:
    def __init__(self, v): self.v = v
    def __hash__(self): return hash(self.v)
    def __eq__(self, o): return self.v == o.v
print(isinstance(R(1), (int, R)), isinstance(3, int | str), type(None).__name__)
class Deep:
    def __init__(self, d): self.child = Deep(d - 1) if d else None
    def depth(self): return 1 + (self.child.depth() if self.child else 0)
    @property
    def pdepth(self): return 1 + (self.child.pdepth if self.child else 0)
print(Deep(200).depth(), Deep(200).pdepth)
def bad(self): raise NotFound('me')
Deep.bad = bad
Deep(0).bad()
