"""The exception classes that are always there, and what derives from what."""
import asyncio
import json

for error in [ConnectionResetError("gone"), BrokenPipeError(), FileExistsError("a"), EOFError("end"), UnicodeError("u"), FloatingPointError(), DeprecationWarning("old"), UserWarning("user"), RuntimeWarning(), IOError("io"), SystemError("s"), ReferenceError()]:
    print(repr(error), [kind.__name__ for kind in (ConnectionError, OSError, Warning, ValueError, ArithmeticError, Exception) if isinstance(error, kind)])
print(IOError is OSError, EnvironmentError is OSError, issubclass(asyncio.TimeoutError, OSError), asyncio.TimeoutError is TimeoutError, issubclass(asyncio.CancelledError, Exception))
try:
    raise ConnectionRefusedError("no one there")
except ConnectionError as error:
    print(type(error).__name__, error)
try:
    json.loads("{")
except ValueError as error:
    print(type(error).__name__, error)


async def flaky(number):
    await asyncio.sleep(0.1)
    raise [ConnectionResetError, BrokenPipeError, EOFError][number](f"number {number}")


async def main():
    for result in await asyncio.gather(*(flaky(n) for n in range(3)), return_exceptions=True):
        print(type(result).__name__, result)
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(3):
                group.create_task(flaky(number))
    except* OSError as caught:
        print(sorted(type(e).__name__ for e in caught.exceptions))
    except* EOFError as caught:
        print(caught.exceptions)


asyncio.run(main())
