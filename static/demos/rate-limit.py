import asyncio

BURST = 3
REQUESTS = 7
REFILL = 0.5


async def refill(tokens):
    while True:
        await asyncio.sleep(REFILL)
        tokens.release()


async def request(tokens, number):
    await tokens.acquire()
    print(f"request {number} is sent")


async def main():
    tokens = asyncio.Semaphore(BURST)
    refilling = asyncio.create_task(refill(tokens))
    requests = [request(tokens, number) for number in range(1, REQUESTS + 1)]
    await asyncio.gather(*requests)
    refilling.cancel()
    print("all are sent")


asyncio.run(main())
