import asyncio

ROWS = 4
EXTRACT = 1.0
TRANSFORM = 0.5
LOAD = 1.0

extracted = asyncio.Event()
transformed = asyncio.Event()
rows = []


async def extract():
    await asyncio.sleep(EXTRACT)
    rows.extend(range(ROWS))
    print("extracted:", rows)
    extracted.set()


async def transform():
    await extracted.wait()
    await asyncio.sleep(TRANSFORM)
    rows[:] = [row * row for row in rows]
    print("transformed:", rows)
    transformed.set()


async def load():
    await transformed.wait()
    await asyncio.sleep(LOAD)
    print("loaded:", sum(rows))


async def main():
    await asyncio.gather(load(), transform(), extract())


asyncio.run(main())
