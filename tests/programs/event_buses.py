"""Publishers and subscribers, with handlers that are functions, coroutines, methods and partials."""
import asyncio
import inspect
from collections import defaultdict
from functools import partial
from typing import Callable, NamedTuple
from weakref import WeakSet


class Event(NamedTuple):
    topic: str
    data: dict = {}

    @property
    def is_urgent(self):
        return self.topic.startswith("!")

    def with_data(self, **data):
        return self._replace(data={**self.data, **data})


class Bus:
    def __init__(self):
        self.handlers: dict[str, list[Callable]] = defaultdict(list)
        self.history = []

    def on(self, topic):
        def decorate(handler):
            self.handlers[topic].append(handler)
            return handler
        return decorate

    async def emit(self, event):
        self.history.append(event)
        results = []
        for handler in (*self.handlers[event.topic], *self.handlers["*"]):
            result = handler(event)
            if inspect.isawaitable(result):
                result = await result
            results.append(result)
        return results

    async def stream(self, *topics):
        queue = asyncio.Queue()
        for topic in topics:
            self.handlers[topic].append(queue.put)
        try:
            while True:
                event = await queue.get()
                if event.data.get("last"):
                    return
                yield event
        finally:
            for topic in topics:
                self.handlers[topic].remove(queue.put)


bus = Bus()


@bus.on("order")
def log(event):
    return f"logged {event.topic}"


@bus.on("order")
async def charge(event):
    await asyncio.sleep(0.2)
    return f"charged {event.data['amount']}"


class Audit:
    def __init__(self):
        self.seen = []

    def __call__(self, event):
        self.seen.append(event)

    def count(self, factor, event):
        return factor * len(self.seen)


audit = Audit()
bus.on("*")(audit)
bus.on("order")(partial(audit.count, 10))


async def listen():
    async for event in bus.stream("news", "order"):
        print("heard", event.topic, event.data)
    print("no more news")


async def main():
    listener = asyncio.create_task(listen())
    await asyncio.sleep(0)
    print(await bus.emit(Event("order", {"amount": 5})))
    print(await bus.emit(Event("news", {"text": "hello"})))
    event = Event("!fire").with_data(where="kitchen")
    print(event, event.is_urgent, event == ("!fire", {"where": "kitchen"}), event._fields, event._asdict())
    await bus.emit(event)
    await bus.emit(Event("news", {"last": True}))
    await listener
    topic, data = bus.history[1]
    print(topic, data, len(audit.seen), {t: len(h) for t, h in bus.handlers.items()})
    match bus.history[0]:
        case Event("order", {"amount": amount}) if amount > 3:
            print("large", amount)
    match bus.history[1]:
        case (topic, {"text": text}):
            print(topic, text)


asyncio.run(main())
