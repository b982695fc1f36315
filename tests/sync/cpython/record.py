"""Records what the primitives of CPython's own asyncio do in chance sequences of calls.

    python3.14 tests/sync/cpython/record.py [RUNS [SEED]] > tests/sync/cpython/recorded.txt

tests/sync/cpython.rs makes the same calls to src/sync and expects every line of this again. No event loop is involved:
coroutines are stepped by hand, so that any of them can be cancelled and resumed at any moment.
"""

import asyncio
import random
import sys

woken = []


class Waiter:
    """What a coroutine awaits, in place of an asyncio.Future."""

    def __init__(self):
        self.state = "pending"
        self.owner = running

    def __await__(self):
        yield self

    def done(self):
        return self.state != "pending"

    def cancelled(self):
        return self.state == "cancelled"

    def set_result(self, _):
        assert not self.done()
        self.state = "woken"
        woken.append(self.owner)

    def cancel(self):
        if self.done():
            return False
        self.state = "cancelled"
        return True


class Loop:
    def create_future(self):
        return Waiter()


class Task:
    def __init__(self, coroutine):
        self.coroutine = coroutine
        self.waiter = None

    def resume(self, number, cancelled):
        """Runs the coroutine until it waits or ends, and says which."""
        global running
        running = number
        waiter, self.waiter = self.waiter, None
        try:
            if cancelled:
                waiter.cancel()
                self.waiter = self.coroutine.throw(asyncio.CancelledError)
            else:
                self.waiter = self.coroutine.send(None)
            return "waits"
        except StopIteration as stop:
            return "done" if stop.value is None or stop.value is True else f"done {stop.value}"
        except asyncio.QueueShutDown:
            return "shut down"
        except asyncio.CancelledError:
            return "cancelled"
        except (RuntimeError, asyncio.BrokenBarrierError) as error:
            return str(error)


class Ranked(int):
    """An item of a queue. Several have the same rank."""

    def __lt__(self, other):
        return self % 3 < other % 3


def attempt(call):
    try:
        value = call()
        return "done" if value is None else f"done {value}"
    except asyncio.QueueFull:
        return "full"
    except asyncio.QueueEmpty:
        return "empty"
    except asyncio.QueueShutDown:
        return "shut down"
    except (RuntimeError, ValueError) as error:
        return str(error)


def locked(primitive):
    return "locked" if primitive.locked() else "unlocked"


# A primitive: its title, the coroutines that may wait, the calls that never do, each with a weight, and its looks.


def lock(kind, _):
    lock = asyncio.Lock()
    return (
        kind,
        {"acquire": (lambda _: lock.acquire(), 5)},
        {"release": (lambda _: lock.release(), 3)},
        lambda: f"{locked(lock)}, {len(lock._waiters or ())} in line",
    )


def semaphore(kind, chance):
    value = chance.randrange(4)
    semaphore = {"semaphore": asyncio.Semaphore, "bounded_semaphore": asyncio.BoundedSemaphore}[kind](value)
    return (
        f"{kind} {value}",
        {"acquire": (lambda _: semaphore.acquire(), 5)},
        {"release": (lambda _: semaphore.release(), 3)},
        lambda: f"{locked(semaphore)}, value {semaphore._value}, {len(semaphore._waiters or ())} in line",
    )


def event(kind, _):
    event = asyncio.Event()
    return (
        kind,
        {"wait": (lambda _: event.wait(), 5)},
        {"set": (lambda _: event.set(), 1), "clear": (lambda _: event.clear(), 2)},
        lambda: f"{'set' if event.is_set() else 'unset'}, {len(event._waiters)} in line",
    )


def conditions(kind, _):
    """Two conditions that share a lock."""
    lock = asyncio.Lock()
    first, second = asyncio.Condition(lock), asyncio.Condition(lock)
    return (
        kind,
        {
            "acquire_lock": (lambda _: lock.acquire(), 3),
            "acquire_first": (lambda _: first.acquire(), 3),
            "wait_first": (lambda _: first.wait(), 4),
            "wait_second": (lambda _: second.wait(), 2),
        },
        {
            "release_lock": (lambda _: lock.release(), 1),
            "release_first": (lambda _: first.release(), 1),
            "notify_first": (lambda number: first.notify(number % 4), 3),
            "notify_second": (lambda number: second.notify(number % 4), 1),
            "notify_all_first": (lambda _: first.notify_all(), 0.5),
        },
        lambda: f"{locked(first)}, {len(lock._waiters or ())}, {len(first._waiters)} and {len(second._waiters)} in line",
    )


def barrier(kind, chance):
    parties = chance.randrange(1, 5)
    barrier = asyncio.Barrier(parties)
    return (
        f"{kind} {parties}",
        {
            "wait": (lambda _: barrier.wait(), 5),
            "reset": (lambda _: barrier.reset(), 0.5),
            "abort": (lambda _: barrier.abort(), 0.2),
        },
        {},
        lambda: f"{barrier._state.value}, {barrier._count} inside, {barrier.n_waiting} waiting",
    )


def queue(kind, chance):
    capacity = chance.randrange(4)
    classes = {"queue": asyncio.Queue, "lifo_queue": asyncio.LifoQueue, "priority_queue": asyncio.PriorityQueue}
    queue = classes[kind](capacity)
    return (
        f"{kind} {capacity}",
        {
            "put": (lambda number: queue.put(Ranked(number)), 2.5),
            "get": (lambda _: queue.get(), 2.5),
            "join": (lambda _: queue.join(), 0.5),
        },
        {
            "put_nowait": (lambda number: queue.put_nowait(Ranked(number)), 1.5),
            "get_nowait": (lambda _: queue.get_nowait(), 1.5),
            "task_done": (lambda _: queue.task_done(), 2),
            "shutdown": (lambda _: queue.shutdown(), 0.05),
            "shutdown_immediate": (lambda _: queue.shutdown(immediate=True), 0.05),
        },
        lambda: f"{list(queue._queue)}, {len(queue._getters)} getters, {len(queue._putters)} putters, "
        f"{queue._unfinished_tasks} unfinished",
    )


KINDS = {
    "lock": lock,
    "semaphore": semaphore,
    "bounded_semaphore": semaphore,
    "event": event,
    "conditions": conditions,
    "barrier": barrier,
    "queue": queue,
    "lifo_queue": queue,
    "priority_queue": queue,
}


def record(kind, chance):
    title, waits, calls, look = KINDS[kind](kind, chance)
    print(title)
    tasks = {}
    number = 0
    for _ in range(40):
        waiting = [number for number, task in tasks.items() if task.waiter]
        decided = [number for number in waiting if tasks[number].waiter.done()]
        choices = [(name, None, weight if len(waiting) < 6 else 0.1) for name, (_, weight) in waits.items()]
        choices += [(name, None, weight) for name, (_, weight) in calls.items()]
        choices += [("run", number, 4 / len(decided)) for number in decided]
        choices += [("cancel", number, 2 / len(waiting)) for number in waiting]
        choices += [("interrupt", number, 1 / len(waiting)) for number in waiting]
        [(name, target, _)] = chance.choices(choices, [weight for _, _, weight in choices])
        if target is None:
            target = number
            number += 1
        if name in waits:
            tasks[target] = Task(waits[name][0](target))
            result = tasks[target].resume(target, False)
        elif name in calls:
            result = attempt(lambda: calls[name][0](target))
        elif name == "cancel":
            result = str(tasks[target].waiter.cancel()).lower()
        else:
            cancelled = name == "interrupt" or tasks[target].waiter.cancelled()
            result = tasks[target].resume(target, cancelled)
        wakes = f"; wakes {', '.join(map(str, woken))}" if woken else ""
        print(f"{name} {target}: {result}; {look()}{wakes}")
        woken.clear()
    print()
    # What ends with this run has its say as it is collected, but not in the record of the next.
    tasks.clear()
    woken.clear()


arguments = [int(argument) for argument in sys.argv[1:]]
runs = arguments[0] if arguments else 8
chance = random.Random(arguments[1] if len(arguments) > 1 else 0)
asyncio._set_running_loop(Loop())
# A condition's wait that is collected would rather take its lock again.
sys.unraisablehook = lambda _: None
for _ in range(runs):
    for kind in KINDS:
        record(kind, chance)
