import asyncio
async def gen(n):
    try:
        yield n
        yield n+1
    finally:
        print('cleanup', n)
        await asyncio.sleep(0)
        print('clean', n)
keep = []
async def main():
    g = gen(5)
    keep.append(g)
    print(await anext(g))
    async for x in gen(1):
        print(x)
        break
    print('end')
asyncio.run(main())
print('after')
