import asyncio

async def waiter(event, waiter_id):
    print(f"Waiter {waiter_id} waiting for event...")
    await event.wait()
    print(f"Waiter {waiter_id} received event!")

async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, i)) for i in range(3)]
    await asyncio.sleep(1)
    print("Setting event...")
    event.set()
    await asyncio.gather(*tasks)

if __name__ == "__main__":
    asyncio.run(main())
