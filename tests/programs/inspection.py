"""inspect, traceback, types, copy, weakref: programs that look at themselves."""
import asyncio
import copy
import functools
import inspect
import traceback
import types
import weakref


def plain():
    pass


async def coroutine():
    return 1


def generator():
    yield 1


async def stream():
    yield 1


class Thing:
    async def method(self):
        pass

    def __init__(self, parts=()):
        self.parts = list(parts)


class Awaitable:
    def __await__(self):
        return coroutine().__await__()


for function in [plain, coroutine, generator, stream, Thing().method, functools.partial(coroutine), print, 3]:
    print(inspect.iscoroutinefunction(function), inspect.isgeneratorfunction(function), inspect.isasyncgenfunction(function), inspect.isfunction(function), inspect.ismethod(function))
waiting = coroutine()
print(inspect.iscoroutine(waiting), inspect.isawaitable(waiting), inspect.isawaitable(Awaitable()), inspect.isawaitable(3), inspect.iscoroutine(3), asyncio.iscoroutine(waiting), inspect.isclass(Thing), inspect.isgenerator(generator()), inspect.isasyncgen(stream()))
print(asyncio.run(waiting), isinstance(plain, types.FunctionType), isinstance(generator(), types.GeneratorType))


async def call(function, *arguments):
    result = function(*arguments)
    if inspect.isawaitable(result):
        result = await result
    return result


print(asyncio.run(call(coroutine)), asyncio.run(call(len, "abc")))
try:
    raise ValueError("caught")
except ValueError:
    print(traceback.format_exc().splitlines()[0], traceback.format_exc().splitlines()[-1], sep="\n")
settings = types.SimpleNamespace(host="here", port=80)
settings.port += 1
print(settings, settings.port, settings == types.SimpleNamespace(host="here", port=81), hasattr(settings, "path"))
one = Thing([[1, 2], {"a": [3]}])
shallow, deep = copy.copy(one), copy.deepcopy(one)
one.parts.append("x")
one.parts[0].append(9)
print(shallow.parts, deep.parts, copy.copy([1]) == [1], copy.deepcopy({"a": [1]}), copy.deepcopy((1, [2])))
loop = [1]
loop.append(loop)
twin = copy.deepcopy(loop)
print(twin[1] is twin, twin is loop)
reference = weakref.ref(one)
print(reference() is one, len(weakref.WeakSet([one, one])))
