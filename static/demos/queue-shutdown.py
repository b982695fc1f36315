import asyncio

ORDERS = 5
COOKS = 2
ROOM = 2
COOKING = 1.5


async def cook(orders, number):
    try:
        while True:
            order = await orders.get()
            await asyncio.sleep(COOKING)
            print(f"cook {number} serves order {order}")
    except asyncio.QueueShutDown:
        print(f"cook {number} goes home")


async def waiter(orders):
    for order in range(1, ORDERS + 1):
        await orders.put(order)
        print(f"order {order} goes to the kitchen")
        await asyncio.sleep(0.4)
    print("the kitchen is closed")
    orders.shutdown()


async def main():
    orders = asyncio.Queue(maxsize=ROOM)
    cooks = [cook(orders, number) for number in range(1, COOKS + 1)]
    await asyncio.gather(waiter(orders), *cooks)


asyncio.run(main())
