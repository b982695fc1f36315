"""Priority queues of dataclasses, tuples with objects, and enumerations."""
import asyncio
import heapq
import itertools
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


class Priority(IntEnum):
    HIGH = 1
    NORMAL = 5
    LOW = 9


@dataclass(order=True)
class Job:
    priority: Priority
    number: int
    payload: Any = field(compare=False, default=None)


class Ticket:
    def __init__(self, name, urgency):
        self.name, self.urgency = name, urgency

    def __lt__(self, other):
        return self.urgency > other.urgency

    def __repr__(self):
        return f"Ticket({self.name})"


async def worker(name, queue):
    while True:
        job = await queue.get()
        print(f"{name} takes {job}")
        await asyncio.sleep(0.1 * job.number)
        queue.task_done()


async def jobs():
    queue = asyncio.PriorityQueue()
    for number, priority in enumerate([Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.NORMAL]):
        await queue.put(Job(priority, number, {"n": number}))
    print(queue.qsize(), sorted([Job(Priority.LOW, 1), Job(Priority.HIGH, 2)])[0])
    workers = [asyncio.create_task(worker(f"w{i}", queue)) for i in range(2)]
    await queue.join()
    for each in workers:
        each.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def tickets():
    queue = asyncio.PriorityQueue()
    for name, urgency in [("late", 1), ("soon", 5), ("now", 9)]:
        queue.put_nowait((0, Ticket(name, urgency)))
    while not queue.empty():
        print(queue.get_nowait())
    count = itertools.count()
    heap = []
    for priority in (Priority.LOW, Priority.HIGH, Priority.LOW):
        heapq.heappush(heap, (priority, next(count), object()))
    print([heapq.heappop(heap)[:2] for _ in range(3)])
    queue.put_nowait((1, {"a": 1}))
    try:
        queue.put_nowait((1, {"b": 2}))
    except TypeError as error:
        print(error)
    print(sorted([(1, Ticket("x", 1)), (1, Ticket("y", 2)), (0, Ticket("z", 0))]))
    print(max([Priority.LOW, Priority.HIGH]), min(Priority, key=lambda p: -p.value), Priority.HIGH < 3)


asyncio.run(jobs())
asyncio.run(tickets())
