"""deque, Counter, defaultdict and heapq where several tasks share them."""
import asyncio
import heapq
from collections import Counter, defaultdict, deque
from itertools import count, islice

events, visits, results = deque(maxlen=4), Counter(), defaultdict(list)
numbers = count(1)


async def worker(name, queue):
    while queue:
        due, number = heapq.heappop(queue)
        await asyncio.sleep(due / 10)
        visits[name] += 1
        results[name].append(number)
        events.append((name, number))


async def producer(line, ready):
    for item in islice(numbers, 5):
        line.append(item)
        ready.set()
        await asyncio.sleep(0.1)
    line.append(None)
    ready.set()


async def consumer(line, ready):
    while True:
        while not line:
            ready.clear()
            await ready.wait()
        item = line.popleft()
        if item is None:
            break
        print("took", item, "left", len(line))


async def main():
    queue = [(due, number) for number, due in enumerate([3, 1, 2, 5, 4], start=100)]
    heapq.heapify(queue)
    await asyncio.gather(*(worker(name, queue) for name in "ab"))
    print(events, visits.most_common(), dict(results))
    line, ready = deque(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(producer(line, ready))
        group.create_task(consumer(line, ready))
    print(next(numbers), line)


asyncio.run(main())
