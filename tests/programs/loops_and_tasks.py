"""What tasks and loops can be asked, and given."""
import asyncio
import contextvars

request = contextvars.ContextVar("request", default="none")


async def child(name, seconds=0.1):
    request.set(request.get() + "+" + name)
    await asyncio.sleep(seconds)
    return request.get()


async def names():
    task = asyncio.create_task(child("a"), name="first")
    me = asyncio.current_task()
    print(task.get_name(), me.get_coro().__name__, task.get_coro().__name__, task.done(), task.cancelled())
    task.set_name("renamed")
    print(task.get_name(), len(asyncio.all_tasks()), task in asyncio.all_tasks(), asyncio.current_task() is me)
    task.add_done_callback(lambda done: print("done:", done.get_name(), done.result()))
    print(await task, request.get())
    context = contextvars.copy_context()
    context.run(request.set, "given")
    print(await asyncio.create_task(child("b"), context=context), context[request], request.get())
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: print("in context:", request.get()), context=context)
    loop.call_later(0.05, print, "later")
    handle = loop.call_later(0.06, print, "never")
    handle.cancel()
    print(handle.cancelled(), loop.is_running(), loop.is_closed(), loop.time() >= 0)
    await asyncio.sleep(0.1)


async def uncancelling():
    task = asyncio.current_task()
    task.cancel()
    print("cancelling", task.cancelling())
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        print("caught", error.args, task.cancelling(), task.uncancel(), task.cancelling())
    await asyncio.sleep(0.1)
    print("went on")


async def handlers():
    loop = asyncio.get_running_loop()

    def handler(loop, context):
        print("handler:", context["message"], repr(context.get("exception")))

    loop.set_exception_handler(handler)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "by hand"})
    print(loop.get_exception_handler() is handler)


async def fail():
    raise ValueError("lost")


for main in (names, uncancelling, handlers):
    print(f"-- {main.__name__}")
    asyncio.run(main())
print(asyncio.run(child("x"), loop_factory=asyncio.new_event_loop))
with asyncio.Runner() as runner:
    print(runner.run(child("r")), runner.run(child("s")), runner.get_loop().is_closed())
