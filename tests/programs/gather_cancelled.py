# Whose message a cancelled gather hands on: of the child that ended first, or of the last argument.
import asyncio


async def worker(number):
    try:
        await asyncio.sleep(0.5)
    except asyncio.CancelledError as error:
        print("worker", number, repr(error))
        if number == 2:
            return "ignored"
        raise


async def main():
    for return_exceptions in [False, True]:
        for chosen in [0, 1, 2]:
            tasks = [asyncio.create_task(worker(number)) for number in range(3)]
            await asyncio.sleep(0)
            tasks[chosen].cancel("enough")
            asyncio.current_task().cancel()
            try:
                print(await asyncio.gather(*tasks, return_exceptions=return_exceptions))
            except asyncio.CancelledError as error:
                print("main", return_exceptions, chosen, repr(error), asyncio.current_task().uncancel())
            await asyncio.sleep(1)
            tasks[0].cancel("too late")
            print(await asyncio.gather(*tasks[2:], return_exceptions=True))


asyncio.run(main())
