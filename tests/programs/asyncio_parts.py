# What asyncio has can be had from its parts, and its classes check their arguments.
import asyncio
import asyncio.locks
from asyncio import taskgroups
from asyncio.exceptions import CancelledError
from asyncio.queues import Queue

print(CancelledError is asyncio.CancelledError, Queue is asyncio.Queue)
print(taskgroups.TaskGroup is asyncio.TaskGroup, asyncio.locks.Lock is asyncio.Lock)

for cls in [asyncio.Lock, asyncio.Event, asyncio.Condition, asyncio.Semaphore, asyncio.BoundedSemaphore,
            asyncio.Barrier, asyncio.Queue, asyncio.PriorityQueue, asyncio.LifoQueue]:
    for make in (lambda: cls(wrong=1), lambda: cls(loop=None), lambda: cls(1, 2, 3)):
        try:
            make()
        except TypeError as error:
            print(error)
try:
    asyncio.Barrier()
except TypeError as error:
    print(error)

queue = Queue()
print(hex(id(queue)) in repr(queue), id(queue) == id(Queue()))


async def main():
    asyncio.get_running_loop().slow_callback_duration = 10
    for timeout in (0.1, 0):
        try:
            await asyncio.wait_for(asyncio.create_task(asyncio.sleep(10)), timeout)
        except TimeoutError as error:
            print(repr(error.__cause__), error.__cause__ is error.__context__)


asyncio.run(main())
