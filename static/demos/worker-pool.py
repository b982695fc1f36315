import asyncio

WORKERS = 3
JOBS = 7
SECONDS = 0.5


async def worker(jobs, number):
    try:
        while True:
            job = await jobs.get()
            await asyncio.sleep(SECONDS)
            print(f"worker {number} has done job {job}")
            jobs.task_done()
    except asyncio.CancelledError:
        print(f"worker {number} goes home")
        raise


async def main():
    jobs = asyncio.Queue()
    for job in range(1, JOBS + 1):
        jobs.put_nowait(job)
    workers = [
        asyncio.create_task(worker(jobs, number))
        for number in range(1, WORKERS + 1)
    ]
    await jobs.join()
    print("every job is done")
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


asyncio.run(main())
