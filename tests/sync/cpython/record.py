"""Records what CPython's own lock, semaphore and queue do in chance sequences of calls.

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
        try:
            if cancelled:
                self.waiter.cancel()
                self.coroutine.throw(asyncio.CancelledError)
            else:
                self.waiter = self.coroutine.send(None)
            return "waits"
        except StopIteration as stop:
            self.waiter = None
            return "done" if stop.value is None or stop.value is True else f"done {stop.value}"
        except asyncio.QueueShutDown:
            self.waiter = None
            return "shut down"
        except asyncio.CancelledError:
            self.waiter = None
            return "cancelled"


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


def chances(kind, chance):
    """A primitive: its title, the coroutines that may wait, the calls that never do, each with a weight, and its looks."""
    if kind == "lock":
        lock = asyncio.Lock()
        return (
            kind,
            {"acquire": (lambda _: lock.acquire(), 5)},
            {"release": (lambda _: lock.release(), 3)},
            lambda: f"{'locked' if lock.locked() else 'unlocked'}, {len(lock._waiters or ())} in line",
        )
    if kind == "semaphore":
        value = chance.randrange(4)
        semaphore = asyncio.Semaphore(value)
        return (
            f"{kind} {value}",
            {"acquire": (lambda _: semaphore.acquire(), 5)},
            {"release": (lambda _: semaphore.release(), 3)},
            lambda: f"{'locked' if semaphore.locked() else 'unlocked'}, value {semaphore._value}, "
            f"{len(semaphore._waiters or ())} in line",
        )
    capacity = chance.randrange(4)
    queue = asyncio.Queue(capacity)
    return (
        f"{kind} {capacity}",
        {"put": (queue.put, 2.5), "get": (lambda _: queue.get(), 2.5), "join": (lambda _: queue.join(), 0.5)},
        {
            "put_nowait": (queue.put_nowait, 1.5),
            "get_nowait": (lambda _: queue.get_nowait(), 1.5),
            "task_done": (lambda _: queue.task_done(), 2),
            "shutdown": (lambda _: queue.shutdown(), 0.05),
            "shutdown_immediate": (lambda _: queue.shutdown(immediate=True), 0.05),
        },
        lambda: f"{list(queue._queue)}, {len(queue._getters)} getters, {len(queue._putters)} putters, "
        f"{queue._unfinished_tasks} unfinished",
    )


def record(kind, chance):
    title, waits, calls, look = chances(kind, chance)
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
        choices += [("drop", number, 1 / len(waiting)) for number in waiting]
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
            cancelled = name == "drop" or tasks[target].waiter.cancelled()
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
for _ in range(runs):
    for kind in ("lock", "semaphore", "queue"):
        record(kind, chance)
