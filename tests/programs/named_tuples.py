"""collections.namedtuple and typing.NamedTuple."""
import asyncio
from collections import namedtuple
from typing import NamedTuple


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__)


Point = namedtuple("Point", "x y")
Job = namedtuple("Job", ["name", "priority", "delay"], defaults=[1, 0.5])
p = Point(3, y=4)
print(p, p.x, p[1], p[-1], len(p), list(p), p == (3, 4), p == Point(3, 4), p != Point(4, 3), p < Point(3, 5), p > (1, 9))
x, y = p
print(x, y, *p, sum(p), max(p), 3 in p, p[0:1], p._fields, p._asdict(), p._replace(x=9), Point._make([1, 2]), Point(*[5, 6]), Point(**{"x": 1, "y": 2}))
print(Job("a"), Job("b", 2), Job(name="c", delay=3), Job._field_defaults, Job("a") == ("a", 1, 0.5), p.index(4), p.count(3))
print(sorted([Job("z"), Job("a", 3)]), {p: "point"}[Point(3, 4)], hash(p) == hash(Point(3, 4)), isinstance(p, Point), type(p).__name__, Point.__name__)
attempt(lambda: Point(1))
attempt(lambda: Point(1, 2, 3))
attempt(lambda: p.z)
attempt(lambda: p[5])
attempt(lambda: p._replace(z=1))
attempt(lambda: namedtuple("P", "a a"))


class Result(NamedTuple):
    url: str
    status: int = 200
    note: str = ""

    def is_fine(self):
        return self.status < 400

    @property
    def short(self):
        return f"{self.url}:{self.status}"


async def fetch(url):
    await asyncio.sleep(0.1)
    return Result(url, 404 if "bad" in url else 200)


async def main():
    for result in await asyncio.gather(*(fetch(url) for url in ["good", "bad"])):
        print(result, result.is_fine(), result.short)
        match result:
            case Result(url, 200):
                print("matched", url)
            case Result(url=url):
                print("other", url)
        url, status, *_ = result
        print(url, status, Result._fields)
    queue = asyncio.PriorityQueue()
    for job in [Job("late", 5), Job("soon", 1), Job("late", 2)]:
        await queue.put((job.priority, job))
    while not queue.empty():
        print((await queue.get())[1])


asyncio.run(main())
print(NamedTuple("Pair", [("a", int), ("b", int)])(1, 2), [name for name, _ in zip(Result._fields, Result("u"))])
for name, (a, b) in {"one": Point(1, 2)}.items():
    print(name, a, b)
