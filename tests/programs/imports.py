# Imports that are conditional, renamed, within functions, or fail.
import asyncio as aio
from asyncio import sleep as nap, Queue
from random import (
    randint,
    seed,
)
import time, random

try:
    import module_that_does_not_exist_anywhere
except ImportError as error:
    print(type(error).__name__, error)
    module_that_does_not_exist_anywhere = None

try:
    from another_missing_module import something
except ModuleNotFoundError as error:
    print(error)
else:
    print("never")

try:
    import ujson as json_module
except ImportError:
    json_module = None
print(json_module)


def inside():
    import asyncio
    from time import monotonic

    return asyncio is aio, callable(monotonic)


print(inside())
if __name__ == "__main__":
    print("main")


async def main():
    await nap(0.1)
    queue = Queue()
    await queue.put(1)
    print(queue.qsize(), aio.current_task().get_name())


aio.run(main())
print(random.randint is randint)
