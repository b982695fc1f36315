import asyncio

CONNECTIONS = 2
QUERIES = 5
QUERY = 0.5


async def query(pool, number):
    connection = await pool.get()
    try:
        print(f"query {number} runs on {connection}")
        await asyncio.sleep(QUERY * number)
    finally:
        pool.put_nowait(connection)


async def main():
    pool = asyncio.Queue()
    for number in range(1, CONNECTIONS + 1):
        pool.put_nowait(f"connection {number}")
    queries = [query(pool, number) for number in range(1, QUERIES + 1)]
    await asyncio.gather(*queries)
    print("all connections are back:", pool.qsize())


asyncio.run(main())
