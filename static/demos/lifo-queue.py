import asyncio

SHELF = 3


async def washer(plates):
    for number in range(1, 7):
        await plates.put(number)
        print("clean plate", number)
        await asyncio.sleep(0.2)
    plates.shutdown()


async def cook(plates):
    try:
        while True:
            await asyncio.sleep(0.5)
            print("uses plate", await plates.get())
    except asyncio.QueueShutDown:
        print("no plate is left")


async def main():
    plates = asyncio.LifoQueue(maxsize=SHELF)
    await asyncio.gather(washer(plates), cook(plates))


asyncio.run(main())
