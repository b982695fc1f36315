# A task can be given a context of its own, which the program holds, too.
import asyncio
import contextvars

number = contextvars.ContextVar("number", default=0)


async def count(step):
    for _ in range(3):
        number.set(number.get() + step)
        await asyncio.sleep(0)
    return number.get()


async def main():
    number.set(100)
    shared = contextvars.copy_context()
    first = asyncio.create_task(count(1), context=shared)
    second = asyncio.get_running_loop().create_task(count(10), context=shared)
    async with asyncio.TaskGroup() as group:
        third = group.create_task(count(5), context=contextvars.Context())
        fourth = group.create_task(count(7))
    print(await first, await second, third.result(), fourth.result())
    print(number.get(), shared[number], shared.run(number.get))
    async with asyncio.TaskGroup() as group:
        group.create_task(count(1000), context=shared)
    print(number.get(), shared[number])


asyncio.run(main())
