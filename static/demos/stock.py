import asyncio

STOCK = 2
CUSTOMERS = 5
PAYMENT = 1.0


async def customer(shop, counter, number):
    async with counter:
        if shop["left"] == 0:
            print(f"customer {number} is too late")
            return
        print(f"customer {number} sees {shop['left']} left, and pays")
        await asyncio.sleep(PAYMENT)
        shop["left"] -= 1
        print(f"customer {number} is promised one: {shop['left']} left")


async def main():
    shop = {"left": STOCK}
    counter = asyncio.Lock()
    tasks = [customer(shop, counter, number) for number in range(1, CUSTOMERS + 1)]
    await asyncio.gather(*tasks)
    print(f"in the evening {shop['left']} are left")


asyncio.run(main())
