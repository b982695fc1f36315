"""A connection whose states are an enumeration, with the changes that are allowed."""
import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto


class State(Enum):
    CLOSED = auto()
    CONNECTING = auto()
    OPEN = auto()
    FAILED = auto()

    @property
    def is_final(self):
        return self in (State.CLOSED, State.FAILED)


ALLOWED = {
    State.CLOSED: {State.CONNECTING},
    State.CONNECTING: {State.OPEN, State.FAILED},
    State.OPEN: {State.CLOSED},
}


class IllegalChange(Exception):
    def __init__(self, before, after):
        super().__init__(f"{before.name} -> {after.name}")
        self.before, self.after = before, after


@dataclass
class Connection:
    name: str
    state: State = State.CLOSED
    log: list = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition, repr=False)

    async def change(self, state):
        if state not in ALLOWED.get(self.state, ()):
            raise IllegalChange(self.state, state)
        async with self.changed:
            self.log.append((self.state, state))
            self.state = state
            self.changed.notify_all()

    async def reach(self, *states):
        async with self.changed:
            await self.changed.wait_for(lambda: self.state in states)
            return self.state

    async def open(self, delay, works):
        await self.change(State.CONNECTING)
        await asyncio.sleep(delay)
        await self.change(State.OPEN if works else State.FAILED)


async def watch(connection):
    state = await connection.reach(State.OPEN, State.FAILED)
    match state:
        case State.OPEN:
            print(f"{connection.name} is open")
            await asyncio.sleep(0.5)
            await connection.change(State.CLOSED)
        case State.FAILED:
            print(f"{connection.name} failed")


async def main():
    connections = [Connection("alpha"), Connection("beta")]
    async with asyncio.TaskGroup() as group:
        for delay, connection in enumerate(connections, 1):
            group.create_task(watch(connection))
            group.create_task(connection.open(delay, connection.name == "alpha"))
    for connection in connections:
        print(connection)
        print("  ", " ".join(f"{a.name}>{b.name}" for a, b in connection.log), connection.state.is_final)
    try:
        await connections[0].change(State.OPEN)
    except IllegalChange as error:
        print("illegal:", error, error.before, repr(error.after))
    counts = Counter(state for connection in connections for _, state in connection.log)
    print(counts[State.CONNECTING], counts[State.OPEN], counts.most_common(1))
    by_state = defaultdict(list)
    for connection in connections:
        by_state[connection.state].append(connection.name)
    print(dict(by_state))


asyncio.run(main())
