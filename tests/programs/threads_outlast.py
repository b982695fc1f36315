# asyncio.run() ends when the last thread does, whoever waits for it.
import asyncio
import time


def job(delay):
    time.sleep(delay)
    return delay


async def main():
    loop = asyncio.get_running_loop()
    abandoned = loop.run_in_executor(None, job, 2)
    try:
        await asyncio.wait_for(asyncio.to_thread(job, 1), 0.5)
    except TimeoutError:
        print("too slow", loop.time())
    print(abandoned.cancel(), await asyncio.to_thread(job, 0.25))
    print("end", loop.time())


asyncio.run(main())
print("after", time.monotonic())
