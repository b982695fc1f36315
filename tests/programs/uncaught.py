import asyncio

async def fails():
    await asyncio.sleep(1)
    raise ValueError("on purpose")

async def main():
    print("before")
    try:
        await fails()
    finally:
        print("finally")

asyncio.run(main())
