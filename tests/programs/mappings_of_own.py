"""Objects that behave as mappings, sequences and numbers to the language."""
import asyncio
from collections import ChainMap, Counter
from collections.abc import Callable, Hashable, Iterable


class Settings:
    def __init__(self, **values):
        self._values = values

    def keys(self):
        return self._values.keys()

    def __getitem__(self, key):
        return self._values[key]

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __contains__(self, key):
        return key in self._values


def show(**options):
    return sorted(options.items())


s = Settings(a=1, b=2)
print({**s, "c": 3}, dict(s), show(**s), list(s), len(s), "a" in s, [*s], bool(Settings()), dict(s, b=5))
merged = {"z": 0}
merged.update(s)
merged.update(x=1)
print(merged, merged | {"a": 9}, {"a": 9} | merged)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, index):
        if index >= self.n:
            raise IndexError(index)
        return self.n - index


print(list(Countdown(3)), 2 in Countdown(3), [*Countdown(2)], sum(Countdown(4)), max(Countdown(3)), list(zip(Countdown(2), "ab")))
a, b = Countdown(2)
print(a, b, sorted(Countdown(3)), tuple(Countdown(1)), dict(enumerate(Countdown(2))))


class Meters:
    def __init__(self, n):
        self.n = n

    def __int__(self):
        return int(self.n)

    def __float__(self):
        return float(self.n)

    def __index__(self):
        return int(self.n)

    def __round__(self, digits=None):
        return Meters(round(self.n, digits))

    def __repr__(self):
        return f"{self.n}m"

    def __format__(self, spec):
        return format(self.n, spec or ".1f") + " m"

    def __bool__(self):
        return self.n != 0

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return isinstance(other, Meters) and self.n == other.n


m = Meters(3.7)
print(int(m), float(m), [0, 1, 2, 3, 4][m], round(m), round(m, 1), f"{m} {m:06.2f} {m!r:>8}", "abcdef"[m], bool(Meters(0)))
print({Meters(1): "one"}[Meters(1)], Meters(1) in [Meters(1)], Meters(2) != Meters(2), {Meters(1), Meters(1)})

maps = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(maps["a"], maps["b"], dict(maps), list(maps), len(maps), "b" in maps, maps.get("z", 0), maps.maps, {**maps})
child = maps.new_child({"b": 9})
child["c"] = 4
print(child["b"], child.maps[0], child.parents["b"], sorted(child.items()), maps == {"a": 1, "b": 3}, child)
try:
    maps["nothing"]
except KeyError as error:
    print("KeyError", error)

counter = Counter(a=3, b=1)
counter.subtract("aab")
print(counter, +counter, counter.most_common(), Counter("aab") & Counter("abb"), Counter("aab") | Counter("abb"), Counter("aab") - Counter("a"))
print(counter["missing"], sorted(Counter("ab").elements()), Counter(["x", "y", "x"]).total(), Counter("aab") == Counter("aba"))


class Matrix:
    def __init__(self, *rows):
        self.rows = rows

    def __getitem__(self, at):
        row, column = at
        if isinstance(row, slice) or row is ...:
            return [each[column] for each in (self.rows if row is ... else self.rows[row])]
        return self.rows[row][column]

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix(*([sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows))


matrix = Matrix([1, 2], [3, 4])
print(matrix[1, 0], matrix[:, 1], matrix[..., 0], (matrix @ matrix).rows, matrix[0:1, 0])
try:
    matrix @ 3
except (TypeError, AttributeError) as error:
    print(type(error).__name__)
try:
    3 @ 4
except TypeError as error:
    print(error)


class Later:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield from asyncio.sleep(0.1).__await__()
        return self.value

    def __or__(self, other):
        async def both():
            return await asyncio.gather(self, other)
        return both()


async def main():
    print(await Later(1), await (Later(2) | Later(3)), await asyncio.wait_for(Later(4), 1))


asyncio.run(main())
