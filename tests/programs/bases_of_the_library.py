"""Bases that the library has for classes, and what cannot be one."""
import asyncio
from contextlib import contextmanager, asynccontextmanager, AbstractAsyncContextManager, AbstractContextManager
from functools import singledispatch, total_ordering, partialmethod
from typing import Any, Callable, TypeVar, ParamSpec, Generic, Self, Literal, Annotated
from abc import ABCMeta, abstractmethod
T = TypeVar("T"); P = ParamSpec("P")
class Manager(AbstractContextManager):
    def __exit__(self, *details):
        print("exit", details[0])
        return True
with Manager() as m:
    print(m is not None)
    raise ValueError
class Abstract(metaclass=ABCMeta):
    @abstractmethod
    def run(self): ...
    @classmethod
    def make(cls) -> Self:
        return cls()
class Real(Abstract):
    def run(self): return "ran"
print(Real.make().run())
class Repo(Generic[T]):
    items: list[T]
    def __init__(self) -> None: self.items = []
    def add(self, item: T) -> Self:
        self.items.append(item)
        return self
class IntRepo(Repo[int]):
    pass
print(IntRepo().add(1).add(2).items, Repo[str]().items)
class Fluent:
    def __init__(self, **kw): self.__dict__.update(kw)
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"
print(Fluent(a=1, b="x"))
class Managed:
    @contextmanager
    def section(self, name):
        print("in", name, type(self).__name__)
        yield self
        print("out", name)
    @asynccontextmanager
    async def later(self, n):
        await asyncio.sleep(n)
        yield n * 2
    @property
    def double(self): return 2
    @staticmethod
    @contextmanager
    def free():
        yield "free"
async def main():
    m = Managed()
    with m.section("a") as same, Managed.free() as f:
        print(same is m, f)
    async with m.later(0.1) as v:
        print(v)
    class Local:
        def __del__(self): pass
        def __sizeof__(self): return 1
        __hash__ = None
    try:
        {Local()}
    except TypeError as error:
        print(error)
    try:
        class Bad(int, str): pass
    except TypeError as error:
        print(error)
    try:
        class Bad2(bool): pass
    except TypeError as error:
        print(error)
asyncio.run(main())
