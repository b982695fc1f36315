"""Objects that say themselves what they equal, as keys of dicts and members of sets."""
from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass, field
from functools import lru_cache, total_ordering
import heapq


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


a, b, c = Point(1, 2), Point(1, 2), Point(3, 4)
print(a == b, a is b, hash(a) == hash(b))
places = {a: "first", c: "other"}
places[b] = "second"
print(places, places[Point(1, 2)], places.get(Point(9, 9)), Point(3, 4) in places, len({a, b, c}))
print({a, b, c} - {Point(3, 4)}, {a} | {b}, {a} == {b}, {a} <= {b, c}, frozenset([a, b]))
print(places.pop(Point(3, 4)), places, places.setdefault(Point(0, 0), []), list(places))
del places[Point(0, 0)]
print(places, [a] == [b], (a, 1) == (b, 1), {1: a} == {1: b}, [c, a].index(Point(1, 2)), [a, b].count(a))
print({(a, 1): "pair"}[Point(1, 2), 1], {(a, 1), (b, 1)}, Counter([a, b, c]), dict.fromkeys([a, b]))
visits = defaultdict(list)
for point in (a, b, c):
    visits[point].append(id(point) == id(a))
print(dict(visits), {p: p.x for p in (a, b, c)}, {p.x for p in {a, b}})
print(a != b, a != c, a in [b], a == 1, [a, c] != [b, c])


@dataclass(frozen=True)
class Job:
    name: str
    priority: int = 0
    notes: str = field(default="", compare=False)


print({Job("a"): 1, Job("a", 0, "same"): 2}, hash(Job("a")) == hash(Job("a", 0, "x")), Job("a") in {Job("a", 0, "z")})


@dataclass(frozen=True)
class Edge:
    start: Point
    end: Point


print({Edge(a, c): 7}[Edge(b, Point(3, 4))], Edge(a, c) == Edge(b, c))


@dataclass
class Loose:
    n: int


class OnlyEqual:
    def __eq__(self, other):
        return True


class Derived(Point):
    def __eq__(self, other):
        return super().__eq__(other)


for thing in (Loose(1), OnlyEqual(), Derived(1, 2), [1]):
    for use in (lambda: {thing: 1}, lambda: {thing}, lambda: hash(thing)):
        try:
            use()
        except TypeError as error:
            print(error)

Pair = namedtuple("Pair", "left right", defaults=[0])
pair = Pair(1)
print({pair: "x"}[Pair(1, 0)], {pair: "x"}[(1, 0)], pair == (1, 0), hash(pair) == hash((1, 0)), isinstance(pair, tuple), pair + (2,), pair[::-1], max(pair))
print("%s and %s" % pair, sorted([Pair(2, 1), Pair(1, 5)]), Pair(1, 2) < (1, 3), [*pair], tuple(pair), len(pair), pair * 2, 0 in pair)


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(part) for part in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(self.parts)


v = [Version("1.10"), Version("1.2"), Version("1.9")]
print([x.parts for x in sorted(v)], max(v).parts, v[0] >= v[1], {Version("1.2"), v[1]} == {v[1]})
heap = []
for order, version in enumerate(v):
    heapq.heappush(heap, (0, version, order))
print([heapq.heappop(heap)[2] for _ in range(3)], [(1, v[0])] > [(1, v[1])], (v[0], 1) >= (v[1], 2))


@lru_cache
def distance(p, q):
    print("computing", p, q)
    return abs(p.x - q.x) + abs(p.y - q.y)


print(distance(a, c), distance(b, Point(3, 4)), distance.cache_info().hits)


class Noisy:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        print("hash", self.n)
        return self.n % 2

    def __eq__(self, other):
        print("eq", self.n, other.n)
        return self.n == other.n


box = {Noisy(1): "one", Noisy(3): "three"}
print(box[Noisy(3)])


class BadHash:
    def __hash__(self):
        raise ValueError("no hash today")


try:
    {BadHash(): 1}
except ValueError as error:
    print(error)
