# Tasks without a name are numbered, past those that have one; two tasks may have the same.
import asyncio


def name():
    return asyncio.current_task().get_name()


async def child():
    print("child is", name())


async def main():
    print("main is", name())
    await asyncio.create_task(child())
    await asyncio.create_task(child(), name="named")
    await asyncio.create_task(child(), name="named")
    await asyncio.gather(child(), child())
    asyncio.current_task().set_name("renamed")
    print("main is", name())
    tasks = [asyncio.create_task(child()), asyncio.create_task(child(), name=None)]
    print([task.get_name() for task in asyncio.all_tasks()])
    await asyncio.wait(tasks)


asyncio.run(main())
