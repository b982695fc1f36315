import asyncio

ALICE_READS = 1.0
BOB_COMES_AFTER = 0.5

printer = asyncio.Lock()
scanner = asyncio.Lock()


async def alice():
    async with printer:
        print("Alice has the printer")
        await asyncio.sleep(ALICE_READS)
        async with scanner:
            print("Alice has both and makes her copy")


async def bob():
    await asyncio.sleep(BOB_COMES_AFTER)
    async with scanner:
        print("Bob has the scanner")
        await asyncio.sleep(1)
        async with printer:
            print("Bob has both and makes his copy")


async def main():
    await asyncio.gather(alice(), bob())
    print("both are done")


asyncio.run(main())
