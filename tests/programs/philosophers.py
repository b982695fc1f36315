"""Dining philosophers: forks that are locks of a class of their own, taken in an order that cannot deadlock."""
import asyncio
from dataclasses import dataclass, field
from enum import Enum
from itertools import cycle, pairwise


class Mood(Enum):
    THINKING = "thinks"
    HUNGRY = "is hungry"
    EATING = "eats"


class Fork(asyncio.Lock):
    def __init__(self, number):
        super().__init__()
        self.number = number
        self.uses = 0

    def __lt__(self, other):
        return self.number < other.number

    def __repr__(self):
        return f"fork {self.number}"

    async def acquire(self):
        result = await super().acquire()
        self.uses += 1
        return result


@dataclass
class Philosopher:
    name: str
    left: Fork
    right: Fork
    mood: Mood = Mood.THINKING
    meals: int = 0
    moods: list[Mood] = field(default_factory=list, repr=False)

    def feel(self, mood):
        self.mood = mood
        self.moods.append(mood)
        print(f"{asyncio.get_running_loop().time():4.1f} {self.name} {mood.value}")

    async def dine(self, meals, pause):
        for _ in range(meals):
            self.feel(Mood.THINKING)
            await asyncio.sleep(pause)
            self.feel(Mood.HUNGRY)
            first, second = sorted([self.left, self.right])
            async with first, second:
                self.feel(Mood.EATING)
                await asyncio.sleep(1)
                self.meals += 1


async def main():
    names = ["Plato", "Kant", "Hume"]
    forks = [Fork(i) for i in range(len(names))]
    ring = cycle(forks)
    pairs = [pair for pair, _ in zip(pairwise(ring), names)]
    table = [Philosopher(name, left, right) for name, (left, right) in zip(names, pairs)]
    print(table[2])
    pauses = cycle([0.5, 1.0])
    await asyncio.gather(*(philosopher.dine(2, pause) for philosopher, pause in zip(table, pauses)))
    print({p.name: p.meals for p in table}, {repr(f): f.uses for f in forks}, all(not f.locked() for f in forks))
    print(max(forks), [p.moods.count(Mood.EATING) for p in table], table[0].moods[:3])


asyncio.run(main())
