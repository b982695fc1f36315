import asyncio


class Worker:
    def __init__(self, name):
        self.name = name

    async def run(self, queue):
        while True:
            item = await queue.get()
            if item == 3:
                raise RuntimeError(f"{self.name} cannot do {item}")
            print(self.name, item)
            queue.task_done()


async def tutorial_queue():
    queue = asyncio.Queue()
    for i in range(5):
        queue.put_nowait(i)
    workers = [asyncio.create_task(Worker(f"w{i}").run(queue)) for i in range(2)]
    await asyncio.sleep(1)
    for worker in workers:
        worker.cancel()
    results = await asyncio.gather(*workers, return_exceptions=True)
    print(results)


async def background():
    async def job():
        await asyncio.sleep(0.1)
        {}["missing"]
    tasks = set()
    task = asyncio.create_task(job())
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    await asyncio.sleep(0.5)
    print(len(tasks))
    del task
    print("deleted")


async def groups():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(0.1))
        group.create_task(fail(0.2))
        group.create_task(fail(0.1))


async def timeouts():
    async def slow():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            raise ValueError("cleanup failed")
    try:
        await asyncio.wait_for(slow(), 0.1)
    except ValueError as error:
        print("caught", error, repr(error.__context__))
    await asyncio.wait_for(asyncio.sleep(5), 0.1)


async def first_completed():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)
    tasks = [asyncio.create_task(fail(n / 10)) for n in range(1, 4)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    for task in pending:
        task.cancel()


async def two_kept():
    async def fail(n):
        raise ValueError(n)
    first = asyncio.create_task(fail(1))
    second = asyncio.create_task(fail(2))
    await asyncio.sleep(0.1)
    print("both failed")


async def raises_with_two_kept():
    async def fail(n):
        raise ValueError(n)
    first = asyncio.create_task(fail(1))
    second = asyncio.create_task(fail(2))
    await asyncio.sleep(0.1)
    raise RuntimeError("first things first")


async def generator():
    async def numbers():
        yield 1
        raise LookupError("in a generator")
    async for number in numbers():
        print(number)


async def notes():
    try:
        raise ValueError("noted")
    except ValueError as error:
        error.add_note("a note")
        error.add_note("two\nlines")
        raise


async def suppressed():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("other") from None


async def nested():
    try:
        try:
            1 / 0
        finally:
            [][0]
    except IndexError as error:
        raise RuntimeError("outermost") from error


async def name_of_task():
    task = asyncio.current_task()
    task.set_name("mine")
    asyncio.create_task(suppressed())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(task.get_name())


def shown(function):
    loop = asyncio.new_event_loop()
    try:
        asyncio.run(function())
    except BaseException as error:
        loop.call_exception_handler({"message": function.__name__, "exception": error})
    loop.close()


for function in [tutorial_queue, background, groups, timeouts, first_completed, two_kept, raises_with_two_kept, generator, notes,
                 suppressed, nested, name_of_task]:
    print("--", function.__name__)
    shown(function)
