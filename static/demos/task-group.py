import asyncio

DOWNLOADS = 3
FAILS_AFTER = 1.5


async def download(number):
    try:
        await asyncio.sleep(number)
        print(f"download {number} is complete")
    except asyncio.CancelledError:
        print(f"download {number} is cancelled")
        raise


async def save():
    await asyncio.sleep(FAILS_AFTER)
    print("the disk is full")
    raise OSError("no space left")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(1, DOWNLOADS + 1):
                group.create_task(download(number))
            group.create_task(save())
        print("everything went well")
    except* OSError as errors:
        print("given up:", *errors.exceptions)


asyncio.run(main())
