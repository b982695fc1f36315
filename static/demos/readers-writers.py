import asyncio

READERS = 3
READING = 1.0
WRITING = 1.0
reading = 0
writing = False


async def reader(changed, number):
    global reading
    async with changed:
        await changed.wait_for(lambda: not writing)
        reading += 1
    print(f"reader {number} reads, {reading} at once")
    await asyncio.sleep(READING)
    async with changed:
        reading -= 1
        changed.notify_all()


async def writer(changed):
    global writing
    async with changed:
        await changed.wait_for(lambda: reading == 0 and not writing)
        writing = True
    print("the writer writes, alone")
    await asyncio.sleep(WRITING)
    async with changed:
        writing = False
        changed.notify_all()


async def main():
    changed = asyncio.Condition()
    readers = [reader(changed, number) for number in range(1, READERS + 1)]
    await asyncio.gather(*readers, writer(changed), writer(changed))


asyncio.run(main())
