# Functions within functions: recursion, closures over loops, defaults that see names, generators and coroutines inside.
import asyncio


def counter(start=0, step=1):
    value = start

    def advance():
        nonlocal value
        value += step
        return value

    def reset(to=start):
        nonlocal value
        value = to

    return advance, reset


def curry(function, *given):
    def call(*more):
        return function(*given, *more)

    return call


def even(n):
    def odd(n):
        return False if n == 0 else even(n - 1)

    return True if n == 0 else odd(n - 1)


def evens(limit):
    def generate():
        for n in range(limit):
            if even(n):
                yield n

    return list(generate())


def compose(*functions):
    def composed(value):
        for function in reversed(functions):
            value = function(value)
        return value

    return composed


advance, reset = counter(5)
print(advance(), advance(), reset(), advance(), reset(0), advance())
print(curry(max, 3)(7, 5), evens(7), compose(str, abs, int)("-5"))


def make():
    handlers = []
    for name in ["a", "b"]:
        def handler(event, name=name):
            return f"{name}:{event}:{last}"

        last = name
        handlers.append(handler)
    return handlers


print([handler("e") for handler in make()])


async def main():
    results = []

    async def worker(number):
        await asyncio.sleep(number)
        results.append(number)
        return number * factor

    factor = 10
    print(await asyncio.gather(*(worker(n) for n in [2, 1])), results)


asyncio.run(main())


def hanoi(n, source="A", target="C", spare="B"):
    if n:
        yield from hanoi(n - 1, source, spare, target)
        yield f"{source}{target}"
        yield from hanoi(n - 1, spare, target, source)


print(" ".join(hanoi(3)))
