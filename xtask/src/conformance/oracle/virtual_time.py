"""Runs asyncio programs on CPython's own event loop, with a clock that jumps.

CPython decides which task runs next, who gets a lock and what a cancelled task does: its ready queue, timers, tasks
and futures are used as they are. What is replaced is the clock, the pool of threads, and whatever depends on chance:

- equal deadlines are met in the order in which they were set, and timers that are due within a nanosecond of each
  other run in the same pass;
- where asyncio walks a set of tasks, it meets them in the order in which they were put there or created;
- garbage is collected between programs only;
- once a program can never continue, or has reached the limit, it prints nothing more.
"""

import asyncio
import collections.abc
import contextlib
import gc
import io
import itertools
import json
import random
import sys
import time
import traceback
import warnings

ENDED, RAISED, STUCK, CUT_OFF = 0, 1, 3, 4


class Halt(BaseException):
    """Leaves a program that goes no further."""


class Clock:
    """Seconds since the program's start, and where it has to stop."""

    def __init__(self):
        self.restart(0.0)

    def restart(self, limit):
        self.now = 0.0
        self.limit = limit
        # How the program was stopped, if it was.
        self.verdict = None
        # While a function runs in a thread: how long it has slept there.
        self.thread = None

    def read(self):
        return self.now + (self.thread or 0.0)

    def block(self, seconds):
        """time.sleep(): the whole loop stands still, or only the thread that called it."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        if self.thread is None:
            self.jump(self.now + seconds)
        else:
            self.thread += seconds

    def jump(self, moment):
        if moment > self.limit:
            self.halt(CUT_OFF)
        self.now = max(self.now, float(moment))

    def halt(self, verdict):
        if self.verdict is None:
            self.verdict = verdict
            sys.stdout = sys.stderr = io.StringIO()
        raise Halt


clock = Clock()


class OrderedSet(collections.abc.MutableSet):
    """A set that remembers the order in which its members came."""

    def __init__(self, members=()):
        self.members = dict.fromkeys(members)

    def __contains__(self, member):
        return member in self.members

    def __iter__(self):
        return iter(tuple(self.members))

    def __len__(self):
        return len(self.members)

    def add(self, member):
        self.members[member] = None

    def discard(self, member):
        self.members.pop(member, None)


class Timer(asyncio.TimerHandle):
    """A timer that knows how many were set before it."""

    count = itertools.count()

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.rank = next(Timer.count)

    def __lt__(self, other):
        return self.rank < other.rank if self.when() == other.when() else self.when() < other.when()


class Selector:
    """What the loop asks to wait for. Waiting takes no time here: the clock jumps."""

    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if clock.verdict is not None:
            raise Halt
        if timeout is None:
            clock.halt(STUCK)
        if timeout > 0:
            clock.jump(self.loop.next_deadline())
        return ()


class Loop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._clock_resolution = 1e-9
        self._selector = Selector(self)
        # When the last function that was given to a thread is done.
        self.threads_done = 0.0

    def time(self):
        return clock.read()

    def next_deadline(self):
        return self._scheduled[0].when()

    def create_task(self, coroutine, **options):
        task = super().create_task(coroutine, **options)
        created_tasks.append(task)
        # CPython numbers the tasks without a name; its count would go on from one program to the next.
        if options.get("name") is None:
            task.set_name(f"Task-{next(task_numbers)}")
        return task

    def run_in_executor(self, executor, function, *arguments):
        """Runs the function now, and hands over what comes of it when its blocking calls would have ended."""
        if executor is None:
            self._check_default_executor()
        outcome = self.create_future()
        clock.thread = 0.0
        try:
            result, error = function(*arguments), None
        except Exception as raised:
            result, error = None, raised
        delay, clock.thread = clock.thread, None

        def hand_over():
            if outcome.cancelled():
                return
            if error is None:
                outcome.set_result(result)
            else:
                outcome.set_exception(error)

        deadline = self.call_later(delay, hand_over).when()
        self.threads_done = max(self.threads_done, deadline)
        return outcome

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        if self.threads_done > self.time():
            joined = self.create_future()
            self.call_at(self.threads_done, joined.set_result, None)
            await joined

    def default_exception_handler(self, context):
        pass

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class AsCompleted(asyncio.tasks._AsCompletedIterator):
    """Adds its callbacks in the order in which it was given the futures."""

    def __init__(self, awaitables, timeout):
        super().__init__((), None)
        futures = OrderedSet(asyncio.ensure_future(awaitable) for awaitable in OrderedSet(awaitables))
        for future in futures:
            future.add_done_callback(self._handle_completion)
        if futures and timeout is not None:
            self._timeout_handle = asyncio.get_running_loop().call_later(timeout, self._handle_timeout)
        self._todo = futures
        self._todo_left = len(futures)


def all_tasks(loop=None):
    loop = loop or asyncio.get_running_loop()
    return OrderedSet(task for task in created_tasks if task.get_loop() is loop and not task.done())


created_tasks = []
task_numbers = itertools.count(1)


def install():
    """Puts the replacements where asyncio and the programs look for them."""
    time.sleep = clock.block
    time.time = time.monotonic = time.perf_counter = clock.read
    asyncio.new_event_loop = asyncio.events.new_event_loop = Loop
    asyncio.events.TimerHandle = asyncio.TimerHandle = Timer
    asyncio.tasks.set = asyncio.taskgroups.set = OrderedSet
    asyncio.tasks._AsCompletedIterator = AsCompleted
    asyncio.all_tasks = asyncio.tasks.all_tasks = all_tasks
    warnings.simplefilter("ignore")
    # Pyodide says that a loop of its own is running.
    asyncio.events._set_running_loop(None)
    gc.disable()
    gc.collect()
    gc.freeze()


def run(text, name, limit):
    """Runs a program to its end and returns what it printed and how it ended, as JSON."""
    global task_numbers
    printed, complaints = io.StringIO(), io.StringIO()
    task_numbers = itertools.count(1)
    clock.restart(limit)
    random.seed(0)
    status = ENDED
    names = {"__name__": "__main__", "__file__": name}
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complaints):
        try:
            exec(compile(text, name, "exec"), names)
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else RAISED
        except BaseException:
            status = RAISED
            traceback.print_exc()
        # What the tasks that are left would print while they are taken apart belongs to nobody.
        sys.stdout = sys.stderr = io.StringIO()
        created_tasks.clear()
        names.clear()
        asyncio.events._set_running_loop(None)
        gc.collect()
    status = status if clock.verdict is None else clock.verdict
    answer = {"path": name, "status": status, "stdout": printed.getvalue(), "stderr": complaints.getvalue()}
    return json.dumps(answer)


install()
