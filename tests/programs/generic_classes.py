"""Protocols, generics, abstract classes and other hints of types, as typed programs have them."""
import asyncio
from abc import ABC, abstractmethod
from typing import (Any, AsyncIterator, ClassVar, Generic, NamedTuple, NewType, Optional, Protocol, TypedDict,
                    TypeVar, Union, runtime_checkable)

T = TypeVar("T")
UserId = NewType("UserId", int)


class Box(Generic[T]):
    def __init__(self, item: T) -> None:
        self.item = item

    def map(self, function) -> "Box[T]":
        return Box(function(self.item))


class Channel[M]:
    def __init__(self) -> None:
        self.queue: asyncio.Queue[M] = asyncio.Queue()

    async def send(self, message: M) -> None:
        await self.queue.put(message)

    async def receive(self) -> M:
        return await self.queue.get()


class Greets(Protocol):
    name: str

    def greet(self) -> str: ...


class Person:
    species: ClassVar[str] = "human"

    def __init__(self, name: str):
        self.name = name

    def greet(self) -> str:
        return f"I am {self.name}"


class Point(NamedTuple):
    x: int
    y: int = 0

    def moved(self, dx: int = 0, dy: int = 0) -> "Point":
        return self._replace(x=self.x + dx, y=self.y + dy)


class Movie(TypedDict):
    title: str
    year: int


class Source(ABC):
    @abstractmethod
    async def read(self) -> Optional[str]:
        """The next line."""

    async def lines(self) -> AsyncIterator[str]:
        while (line := await self.read()) is not None:
            yield line

    @property
    @abstractmethod
    def name(self) -> str: ...


class Lines(Source):
    def __init__(self, *lines):
        self._lines = list(lines)

    async def read(self):
        await asyncio.sleep(0.1)
        return self._lines.pop(0) if self._lines else None

    @property
    def name(self):
        return "lines"


class Half(Source):
    async def read(self):
        return None


def hello(someone: Greets) -> str:
    return someone.greet()


def first[K](items: list[K]) -> K | None:
    return items[0] if items else None


async def main() -> None:
    print(Box(3).map(lambda n: n + 1).item, Box[str]("x").item, hello(Person("Ada")), UserId(5) + 1)
    channel: Channel[int] = Channel()
    await channel.send(7)
    print(await channel.receive(), first([1, 2]), first([]))
    p = Point(1)
    print(p, p.moved(dx=2).moved(dy=3), p.x, p[1], Point._fields, Point._field_defaults, p == (1, 0), isinstance(p, tuple))
    movie: Movie = {"title": "Stalker", "year": 1979}
    print(movie, Movie(title="Solaris", year=1972)["year"])
    source = Lines("a", "b")
    print(source.name, [line async for line in source.lines()])
    for cls in (Source, Half):
        try:
            cls()
        except TypeError as error:
            print(error)
    print(issubclass(Lines, Source), isinstance(source, ABC), Person.species)
    try:
        p.x = 5
    except AttributeError as error:
        print(error)


asyncio.run(main())
