"""Enumerations: members, lookups, iteration, comparison, behaviour of their own."""
import asyncio
from enum import Enum, IntEnum, StrEnum, auto, unique


class Colour(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def describe(self):
        return f"{self.name.lower()} is {self.value}"

    @property
    def is_warm(self):
        return self is Colour.RED

    @classmethod
    def default(cls):
        return cls.GREEN

    @staticmethod
    def parse(text):
        return Colour[text.upper()]


print(Colour.RED, repr(Colour.RED), Colour.RED.name, Colour.RED.value)
print(Colour(2), Colour["BLUE"], Colour.CRIMSON is Colour.RED)
print(list(Colour), len(Colour), [c.name for c in reversed(Colour)])
print(Colour.RED == Colour.RED, Colour.RED == Colour.BLUE, Colour.RED != 1, Colour.RED is Colour(1))
print(Colour.RED.describe(), Colour.BLUE.is_warm, Colour.default(), Colour.parse("blue"))
print(isinstance(Colour.RED, Colour), type(Colour.RED), type(Colour.RED) is Colour)
print(Colour.RED in Colour, 3 in Colour, 9 in Colour)
print({Colour.RED: "stop", Colour.GREEN: "go"}[Colour.RED], {Colour.RED, Colour.CRIMSON, Colour.BLUE} == {Colour.RED, Colour.BLUE})
print(f"{Colour.RED} {Colour.RED!r} {Colour.RED:>12}|{Colour.RED.value:03d}")
print(Colour, list(Colour.__members__), Colour.__name__)
print(hash(Colour.RED) == hash(Colour.CRIMSON), bool(Colour.RED))
for attempt in (lambda: Colour(7), lambda: Colour["PINK"], lambda: Colour.RED < Colour.BLUE, lambda: Colour.PINK):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
try:
    Colour.RED = 5
except AttributeError as error:
    print("AttributeError", error)


class State(Enum):
    IDLE = auto()
    BUSY = auto()
    DONE = auto()

    def next(self):
        states = list(State)
        return states[(states.index(self) + 1) % len(states)]


class Level(IntEnum):
    LOW = 1
    MIDDLE = 5
    HIGH = 10


class Suit(StrEnum):
    HEARTS = auto()
    SPADES = "spades!"


class Kind(str, Enum):
    READ = "read"
    WRITE = "write"


print(State.IDLE.next(), State.DONE.next(), [s.value for s in State])
print(Level.LOW < Level.HIGH, Level.LOW + 1, Level.HIGH == 10, sorted([Level.HIGH, Level.LOW]), max(Level), Level.LOW)
print(f"{Level.LOW} {Level.LOW:02d} {Level.LOW!r}", int(Level.HIGH), [10, 20, 30, 40, 50, 60][Level.MIDDLE], isinstance(Level.LOW, int))
print(list(range(Level.MIDDLE)), {1: "one"}[Level.LOW], Level.LOW * 2.5, -Level.LOW, Level.LOW in [1, 2], sum(Level))
print(Suit.HEARTS, repr(Suit.SPADES), Suit.HEARTS == "hearts", Suit.HEARTS.upper(), f"{Suit.SPADES}", "-".join(Suit), len(Suit.HEARTS))
print(Kind.READ, Kind.READ == "read", Kind("write"), repr(Kind.WRITE), Kind.READ.value, f"{Kind.READ}", {"read": 1}[Kind.READ])

try:
    @unique
    class Twice(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)


class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def gravity(self):
        return 6.67300e-11 * self.mass / (self.radius * self.radius)


for planet in Planet:
    print(planet, round(planet.gravity, 2), planet.value)

Animal = Enum("Animal", "CAT DOG")
print(Animal.DOG, list(Animal), Animal.DOG.value)
print(Enum("Size", ["S", "M"]).M, Enum("Code", {"OK": 200}).OK)


class Operation(Enum):
    ADD = "+"
    NEGATE = "-"

    def __str__(self):
        return f"<{self.value}>"

    def __call__(self, *numbers):
        return sum(numbers) if self is Operation.ADD else -numbers[0]

    @classmethod
    def _missing_(cls, value):
        return cls.ADD if value == "plus" else None


print(Operation.ADD, Operation.ADD(1, 2, 3), Operation("plus"), [str(o) for o in Operation])


def react(colour):
    match colour:
        case Colour.RED | Colour.BLUE:
            return "one of two"
        case Colour.GREEN:
            return "green"
        case Level.HIGH:
            return "high"
        case _:
            return "no colour"


print(react(Colour.RED), react(Colour.GREEN), react(Level.HIGH), react(3))


async def light(changes):
    state = State.IDLE
    for _ in range(changes):
        await asyncio.sleep(0.5)
        state = state.next()
        print(f"{asyncio.get_running_loop().time():.1f} {state.name:<5}|")
    return state


print(asyncio.run(light(4)))
