# Nothing happens after the limit of 30 seconds, not even behind a call that blocks.
import asyncio
import time


async def main():
    time.sleep(20)
    print("after 20")
    time.sleep(20)
    print("after 40")


asyncio.run(main())
