# Type aliases and generic syntax.
from typing import Generic, TypeVar

type Pair = tuple[int, int]
type Tree[T] = T | list[Tree[T]]
type Undefined = Missing[int]


def first[T](items: list[T]) -> T:
    return items[0]


def several[T: int, *Ts, **P](value: T, *rest: *Ts) -> T:
    return value


class Box[T]:
    def __init__(self, item: T):
        self.item = item

    def map[U](self, function) -> "Box[U]":
        return Box(function(self.item))


class Named[T](Box[T]):
    def __repr__(self):
        return f"Named({self.item!r})"


T = TypeVar("T")


class Old(Generic[T]):
    def get(self, value: T) -> T:
        return value


print(first([1, 2]), several(3, "x"), Box(2).map(lambda x: x + 1).item, Named("n"), Named[int](5))
print(Old().get(4), Old[int]().get(5), isinstance(Named(1), Box))


async def gather_all[T](*items: T) -> list[T]:
    return list(items)


import asyncio

print(asyncio.run(gather_all(1, 2)))
print(Pair.__name__)
