"""contextvars: every task has a copy of the context it was made in."""
import asyncio
import contextvars
from contextvars import ContextVar, copy_context

request = ContextVar("request", default="none")
user = ContextVar("user")


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, str(error).split(" at ")[0].split("<")[0])


async def step():
    return request.get()


async def handle(number, delay):
    token = request.set(f"request-{number}")
    await asyncio.sleep(delay)
    print(number, request.get(), await step(), await asyncio.create_task(step()), token.old_value)
    request.reset(token)
    print(number, "after", request.get())
    if number == 2:
        request.set("mine alone")


def callback(label):
    print(label, request.get())


async def main():
    request.set("main")
    await asyncio.gather(*(handle(n, 0.1 * (3 - n)) for n in range(3)))
    print("main still", request.get())
    loop = asyncio.get_running_loop()
    loop.call_soon(callback, "soon")
    loop.call_later(0.1, callback, "later")
    future = loop.create_future()
    future.add_done_callback(lambda done: callback("done"))
    request.set("changed")
    future.set_result(None)
    await asyncio.sleep(0.2)
    task = asyncio.create_task(step())
    request.set("changed again")
    print(await task, await step())
    own = copy_context()
    own.run(request.set, "inside")
    print(own[request], request.get(), request in own, user in own, len(own), own.run(request.get))
    print(await asyncio.create_task(step(), context=own))


print(request.get(), request.name, user.get("nobody"))
attempt(user.get)
attempt(request.reset, request.set("x") and user.set("y"))
token = user.set("ann")
print(user.get(), token.var is user, token.old_value)
user.reset(token)
attempt(user.reset, token)
print(user.get())
asyncio.run(main())
print(request.get(), user.get())


async def first():
    request.set("from the first run")


asyncio.run(first())
print(request.get(), [variable.name for variable, value in copy_context().items() if variable is user])
context = copy_context()


def change():
    request.set("changed in the copy")
    return request.get()


print(context.run(change), request.get(), context.get(request), sorted(v.name for v in context), contextvars.Context is type(context))
