# Classes with arguments are values, too.
import asyncio
from types import GenericAlias

Numbers = list[int]
Jobs = asyncio.Queue[tuple[int, str]]
print(Numbers, Jobs, dict[str, list[float]], tuple[int, ...])
print(Numbers.__origin__ is list, Numbers.__args__, Jobs.__args__)
print(isinstance(Jobs, GenericAlias), isinstance(list, GenericAlias), callable(Numbers))
print(Numbers("123"), dict[str, int](one=1))

Maybe = list[int] | None


async def main():
    queue = Jobs(maxsize=2)
    await queue.put((1, "one"))
    print(type(queue).__name__, await queue.get(), queue.maxsize)


asyncio.run(main())
