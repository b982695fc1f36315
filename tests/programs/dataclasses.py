import asyncio
from dataclasses import dataclass, field, asdict, replace
from typing import Any, Optional, ClassVar, List
def t(f, *a, **k):
    try:
        print('=', f(*a, **k))
    except BaseException as e:
        print(type(e).__name__, e)
@dataclass
class Point:
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)
    total: ClassVar[int] = 5
    def norm(self): return self.x + self.y
p = Point(1, 2); q = Point(1, y=2)
print(p, p == q, p != q, p == Point(2), p.norm(), p.tags is q.tags, Point.total, Point.y)
p.tags.append('a'); print(p, p == q, asdict(p), replace(p, x=9))
t(Point); t(Point, 1, 2, 3, 4); t(Point, 1, z=3); t(hash, p)
@dataclass(order=True)
class Job:
    priority: int
    name: str = field(compare=False)
    payload: Any = field(default=None, compare=False, repr=False)
print(sorted([Job(3, 'c'), Job(1, 'a'), Job(2, 'b')]), Job(1, 'x') == Job(1, 'y'), Job(1, 'a') < Job(2, 'a'), Job(2,'') >= Job(1,''))
t(lambda: Job(1, 'a') < 3); t(lambda: p < q)
@dataclass(frozen=True)
class Frozen:
    a: int
    b: str = 'b'
f = Frozen(1)
print(f, {f: 1}[Frozen(1)], len({Frozen(1), Frozen(1), Frozen(2)}))
t(setattr, f, 'a', 3)
try: f.a = 4
except Exception as e: print(type(e).__name__, e)
@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Derived(Base):
    c: int = 3
    double: int = field(init=False)
    def __post_init__(self):
        self.double = self.a * 2
print(Derived(1), Derived(1, c=9), Derived(5).double)
@dataclass
class Custom:
    n: Optional[int] = None
    def __repr__(self): return f"<Custom {self.n}>"
    def __str__(self): return f"custom {self.n}"
print(Custom(), [Custom(3)], str(Custom(4)), Point(Custom(1), [Custom(2)]))
@dataclass
class Config:
    name: str
    retries: int = 3
    opts: dict = field(default_factory=dict)
async def main():
    q = asyncio.PriorityQueue()
    for j in [Job(3, 'low'), Job(1, 'high'), Job(2, 'mid')]:
        await q.put(j)
    while not q.empty():
        print(await q.get())
asyncio.run(main())
