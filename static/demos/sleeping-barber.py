import asyncio

CHAIRS = 2
CUSTOMERS = 6
CUT = 1.1
ARRIVAL = 0.4


async def barber(chairs):
    while True:
        number = await chairs.get()
        print(f"the barber cuts the hair of customer {number}")
        await asyncio.sleep(CUT)
        chairs.task_done()


async def customer(chairs, number):
    await asyncio.sleep(ARRIVAL * number)
    try:
        chairs.put_nowait(number)
        print(f"customer {number} takes a chair")
    except asyncio.QueueFull:
        print(f"customer {number} finds no chair and leaves")


async def main():
    chairs = asyncio.Queue(maxsize=CHAIRS)
    working = asyncio.create_task(barber(chairs))
    customers = [customer(chairs, number) for number in range(1, CUSTOMERS + 1)]
    await asyncio.gather(*customers)
    await chairs.join()
    working.cancel()
    print("the barber goes home")


asyncio.run(main())
