"""concurrent.futures: pools of workers for what blocks, from a loop and without one."""
import asyncio
import concurrent.futures
import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def work(seconds):
    time.sleep(seconds)
    return seconds * 10


def fail():
    raise ValueError("inside")


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    with ThreadPoolExecutor(max_workers=2) as pool:
        print(await asyncio.gather(*(loop.run_in_executor(pool, work, 0.2) for _ in range(4))))
        print(round(loop.time() - start, 1))
        try:
            await loop.run_in_executor(pool, fail)
        except ValueError as error:
            print(error)
    try:
        await loop.run_in_executor(pool, work, 1)
    except RuntimeError as error:
        print(error)
    print(await asyncio.to_thread(work, 0.1))


asyncio.run(main())
start = time.monotonic()
with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(work, [0.3, 0.1, 0.2])), round(time.monotonic() - start, 1))
    futures = {pool.submit(work, seconds): seconds for seconds in (0.3, 0.1, 0.2)}
    for future in as_completed(futures):
        print(futures[future], future.result(), future.done())
    print(repr(pool.submit(fail).exception()), pool.submit(pow, 2, 5).result())
    done, waiting = concurrent.futures.wait([pool.submit(work, 0.1), pool.submit(work, 0.2)])
    print(sorted(future.result() for future in done), len(waiting))
print(round(time.monotonic() - start, 1))
