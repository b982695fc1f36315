import asyncio

TASKS = 4
PAUSE = 0.1
value = 0


async def increment(number):
    global value
    seen = value
    await asyncio.sleep(PAUSE)
    value = seen + 1
    print(f"task {number} read {seen} and wrote {value}")


async def main():
    tasks = [increment(number) for number in range(1, TASKS + 1)]
    await asyncio.gather(*tasks)
    print(f"{TASKS} increments, and the value is {value}")


asyncio.run(main())
