# asyncio_condition.py
import asyncio


async def consumer(condition, n):
    async with condition:
        print('consumer {} is waiting'.format(n))
        await condition.wait()
        print('consumer {} triggered'.format(n))
    print('ending consumer {}'.format(n))


async def manipulate_condition(condition):
    print('starting manipulate_condition')

    # pause to let consumers start
    await asyncio.sleep(0.1)

    for i in range(1, 3):
        async with condition:
            print('notifying {} consumers'.format(i))
            condition.notify(n=i)
        await asyncio.sleep(0.1)

    async with condition:
        print('notifying remaining consumers')
        condition.notify_all()

    print('ending manipulate_condition')


async def main():
    # Create a condition
    condition = asyncio.Condition()

    # Set up tasks watching the condition
    consumers = [
        asyncio.create_task(consumer(condition, i))
        for i in range(5)
    ]

    # Schedule a task to manipulate the condition variable
    manipulator = asyncio.create_task(manipulate_condition(condition))

    # Wait for all of them to be done
    await asyncio.gather(*consumers, manipulator)


asyncio.run(main())
