"""Enumerations, named tuples and classes derived from builtin ones, in the less usual forms."""
import asyncio, json, copy, heapq, random
from enum import Enum, IntEnum, Flag, auto
from dataclasses import dataclass, field
from collections import namedtuple

class E(Enum):
    A = 1
    B = "b"
    C = (1, 2)
    D = None
    def __str__(self): return self.name.title()
    def __lt__(self, other): return self.name < other.name
print([str(e) for e in E], f"{E.A:>4}|", sorted(E, reverse=True)[0], E((1, 2)), E(None), E.A.name, repr(E.C))
print(E.A is E.A, copy.copy(E.A) is E.A, copy.deepcopy([E.A])[0] is E.A, E.__members__["A"], isinstance(E.A, E), E.A in (E.A, E.B), E.A.__class__.__name__)
print(E.B.value.upper(), {e.value for e in E if isinstance(e.value, int)}, dict((e, i) for i, e in enumerate(E)))
try:
    E()
except TypeError as error:
    print("TypeError")
try:
    class F(E):
        X = 1
except TypeError as error:
    print(error)
class Weekday(IntEnum):
    MON = 1
    TUE = 2
    @classmethod
    def from_name(cls, name): return cls[name.upper()]
    @property
    def next(self): return Weekday(self % 2 + 1)
print(Weekday.from_name("mon"), Weekday.MON.next.name, json.dumps({"d": Weekday.TUE, "l": [Weekday.MON]}), Weekday(2) > 1, list(map(int, Weekday)), "%d" % Weekday.TUE, str(Weekday.TUE), Weekday.TUE.bit_length())
@dataclass
class Task:
    name: str
    state: E = E.A
    tags: set = field(default_factory=set)
t = Task("x")
print(t, t == Task("x"), t.state is E.A)
class Node:
    __slots__ = ("value", "next")
    def __init__(self, value, next=None):
        self.value, self.next = value, next
    def __iter__(self):
        node = self
        while node:
            yield node.value
            node = node.next
print(list(Node(1, Node(2))), hasattr(Node(1), "other"))
class Stack(list):
    def __enter__(self): return self
    def __exit__(self, *e): self.clear()
with Stack([1]) as st:
    st.append(2)
    print(st, st[-1], len(st))
print(st, not st)
heap = Stack([3, 1, 2])
print(isinstance(heap, (list, tuple)), heap == Stack([3, 1, 2]), heap != [1], Stack("ab") + Stack("c"))
class Meta(type):
    def __new__(m, n, b, d):
        d["added"] = lambda self: "added " + n
        return super().__new__(m, n, b, d)
class K(metaclass=Meta): pass
print(K().added())
class Base:
    registry = {}
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Base.registry[cls.__name__] = cls
class One(Base): pass
class Two(One): pass
print(sorted(Base.registry), Two.__mro__[1].__name__, Two.__bases__, issubclass(Two, Base))
class Cached:
    def __init__(self): self.calls = 0
    def __getattr__(self, name):
        if name.startswith("_"): raise AttributeError(name)
        self.calls += 1
        value = name.upper()
        setattr(self, name, value)
        return value
c = Cached()
print(c.abc, c.abc, c.calls, getattr(c, "_x", "none"))
P = namedtuple("P", "x y")
p = P(1, 2)
x, y = p
print(p._replace(x=5), P._make([3, 4]), p < P(1, 3), {p: 1}, f"{p}", "%s" % (p,), json.dumps(p), sum(p), p.index(2), P(*p) == p, [*map(lambda q: q.x, [p])])
class P3(P):
    def norm(self): return self.x ** 2 + self.y ** 2
print(P3(3, 4).norm(), P3(3, 4), isinstance(P3(1, 2), P))
class Str(str):
    def __new__(cls, value): return super().__new__(cls, value.strip())
    def __eq__(self, other): return self.lower() == other.lower()
    def __hash__(self): return hash(self.lower())
print(Str(" Ab ") == "aB", {Str("A"): 1}[Str("a")], Str("x") + "y", Str(" q ").upper(), Str("a,b").split(","), int(Str("42")), Str("a") in ["A"])
class MyError(ValueError, KeyError): pass
try:
    raise MyError("both")
except KeyError as e:
    print(repr(e), isinstance(e, ValueError))
class D(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.log = []
    def __setitem__(self, k, v):
        self.log.append(k)
        dict.__setitem__(self, k, v)
    def update(self, other):
        for k, v in other.items(): self[k] = v
d = D({"a": 1}, b=2)
d["c"] = 3
d.update({"d": 4})
print(d, d.log, d.pop("a"), len(d), list(d), d | {"z": 1}, {k: v for k, v in d.items()}, sorted(d.values()))
class Color(Flag):
    R = auto(); G = auto(); B = auto()
    WHITE = R | G | B
print(Color.WHITE, [c.name for c in Color.WHITE], Color.R | Color.G, (Color.R | Color.G) & Color.G, Color.R in Color.WHITE, bool(Color.R & Color.B), Color.WHITE & ~Color.R)
