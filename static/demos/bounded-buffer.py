import asyncio

ROOM = 2
ITEMS = 5
CONSUMERS = 2
CONSUME = 1.0
buffer = []


async def producer(changed):
    for item in range(1, ITEMS + 1):
        async with changed:
            await changed.wait_for(lambda: len(buffer) < ROOM)
            buffer.append(item)
            print("in the buffer:", *buffer)
            changed.notify_all()


async def consumer(changed, number):
    while True:
        async with changed:
            await changed.wait_for(lambda: buffer)
            print(f"consumer {number} takes {buffer.pop(0)}")
            changed.notify_all()
        await asyncio.sleep(CONSUME)


async def main():
    changed = asyncio.Condition()
    consumers = [
        asyncio.create_task(consumer(changed, number))
        for number in range(1, CONSUMERS + 1)
    ]
    await asyncio.gather(producer(changed))
    async with changed:
        await changed.wait_for(lambda: not buffer)
    for task in consumers:
        task.cancel()


asyncio.run(main())
