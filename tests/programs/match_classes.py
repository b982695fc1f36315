# Class patterns: builtin classes, attributes by name and by position, dataclasses, exceptions.
from dataclasses import dataclass, field


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Named(Point):
    def __init__(self, x, y, name):
        super().__init__(x, y)
        self.name = name

    @property
    def upper(self):
        return self.name.upper()


@dataclass
class Order:
    item: str
    count: int = 1
    notes: list = field(default_factory=list)
    internal: int = field(default=0, init=False)


@dataclass
class Leaf:
    value: int


@dataclass
class Node:
    left: object
    right: object


def total(tree):
    match tree:
        case Leaf(value):
            return value
        case Node(left, right):
            return total(left) + total(right)
        case None:
            return 0


def where(thing):
    match thing:
        case Named(upper="HOME"):
            return "home"
        case Point(0, 0):
            return "the origin"
        case Point(x=0, y=y):
            return f"on the y axis at {y}"
        case Point(x, 0):
            return f"on the x axis at {x}"
        case Point(x, y) if x == y:
            return f"on the diagonal at {x}"
        case Point():
            return "somewhere"
        case Order("tea", count):
            return f"{count} teas"
        case Order(item=item, notes=[first, *_]):
            return f"{item}, {first}"
        case Order(count=count, missing=_):
            return "never"
        case Order():
            return "an order"
        case str(text) | bytes(text):
            return f"text {text!r}"
        case int(n) | float(n):
            return f"number {n}"
        case list([int(), *_] as numbers):
            return f"numbers {numbers}"
        case dict(d):
            return f"dict of {len(d)}"
        case ValueError(args=[message]):
            return f"wrong value: {message}"
        case Exception() as error:
            return f"error {error!r}"
        case type():
            return "a class"
        case _:
            return "unknown"


for thing in [Named(5, 6, "home"), Named(0, 0, "away"), Point(0, 0), Point(0, 7), Point(7, 0), Point(2, 2), Point(1, 2),
              Order("tea", 3), Order("cake", notes=["no nuts"]), Order("pie"), "hi", b"hi", 3, 2.5, True, [1, 2], ["a"],
              {1: 2}, ValueError("no"), ValueError(), KeyError("k"), int, None]:
    print(where(thing))

print(total(Node(Node(Leaf(1), Leaf(2)), Node(None, Leaf(4)))))
print(Order.__match_args__)


def fails(action):
    try:
        action()
    except TypeError as error:
        print("TypeError:", error)


def too_many():
    match Point(1, 2):
        case Point(1, 2, 3):
            pass


def none_allowed():
    match Leaf:
        case type(1):
            pass


def twice():
    match Point(1, 2):
        case Point(1, x=2):
            pass


def no_class():
    thing = 3
    match 3:
        case thing():
            pass


for action in [too_many, none_allowed, twice, no_class]:
    fails(action)
