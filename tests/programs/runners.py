import asyncio


async def background():
    try:
        await asyncio.sleep(100)
    finally:
        print("background cancelled")


async def main(n):
    asyncio.create_task(background())
    await asyncio.sleep(1)
    print(n, len(asyncio.all_tasks()))
    return n


async def fails():
    raise ValueError("no")


async def nested():
    with asyncio.Runner():
        print("inside")


with asyncio.Runner() as runner:
    print(runner.run(main(1)))
    print(runner.run(main(2)))
    print(runner.get_loop().is_running())
    try:
        runner.run(fails())
    except ValueError as error:
        print(error)

    async def within():
        try:
            runner.run(fails)
        except RuntimeError as error:
            print(error)

    runner.run(within())

try:
    runner.run(fails)
except RuntimeError as error:
    print(error)

try:
    with asyncio.Runner() as runner:
        runner.run(main(3))
        raise KeyError("within")
except KeyError as error:
    print("KeyError", error)

runner = asyncio.Runner()
try:
    runner.run(5)
except TypeError as error:
    print(error)
print(runner.run(main(4)))
runner.close()
runner.close()
runner = asyncio.Runner()
runner.close()
asyncio.run(nested())
