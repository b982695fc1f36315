# Classes with arguments are values, too.
import asyncio
from collections.abc import Iterator
from types import GenericAlias

Numbers = list[int]
Jobs = asyncio.Queue[tuple[int, str]]
print(Numbers, Jobs, dict[str, list[float]], tuple[int, ...])
print(Numbers.__origin__ is list, Numbers.__args__, Jobs.__args__)
print(isinstance(Jobs, GenericAlias), isinstance(list, GenericAlias), callable(Numbers))
print(Numbers("123"), dict[str, int](one=1))

Maybe = list[int] | None


class Countdown(Iterator[int]):
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left


print(list(Countdown(3)))


async def main():
    queue = Jobs(maxsize=2)
    await queue.put((1, "one"))
    print(type(queue).__name__, await queue.get(), queue.maxsize)


asyncio.run(main())
