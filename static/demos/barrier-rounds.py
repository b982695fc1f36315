import asyncio

PARTIES = 3
ROUNDS = 2


async def runner(barrier, number):
    for lap in range(1, ROUNDS + 1):
        await asyncio.sleep(number * 0.5)
        position = await barrier.wait()
        print(f"runner {number} starts lap {lap}, {position} were there before")


async def main():
    barrier = asyncio.Barrier(PARTIES)
    await asyncio.gather(*(runner(barrier, number) for number in range(PARTIES)))


asyncio.run(main())
