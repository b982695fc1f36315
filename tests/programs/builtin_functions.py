"""Builtin functions that take and give values."""


def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


print(all([]), all([1, 0]), any([]), any([0, 2]), all(n > 0 for n in (1, 2)))
print(sum([1, 2, 3]), sum([0.1] * 10), sum([[1], [2]], []), sum((1.5, 2), start=3), sum([True, True]))
print(min(3, 1, 2), max("pear", "fig", key=len), min([], default="none"), max([3, 9, 4], key=lambda n: -n))
attempt(min, [])
attempt(max)
attempt(sum, ["a"], "")
print(divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), pow(2, 10), pow(3, 100, 7), pow(3, -1, 7), pow(2, -1))
attempt(pow, 2, 3, 0)
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(-0.5), round(7, 3))
print(abs(-3), abs(-2.5), abs(True), hex(255), oct(8), bin(10), hex(-255), bin(-5))
print(ord("a"), chr(8364), ord("€"), ascii("naïve €"), repr("it's"), chr(97) + chr(98))
attempt(ord, "ab")
attempt(chr, -1)
print(sorted("hello"), sorted([3, 1, 2], reverse=True), sorted(["b", "A", "c"], key=str.lower))
print(list(reversed([1, 2, 3])), list(reversed("abc")), list(reversed(range(4))), list(reversed({"x": 1, "y": 2})))
attempt(reversed, {1, 2})
print(list(enumerate("ab")), list(enumerate(["x"], start=5)), dict(enumerate("ab", 1)))
print(callable(print), callable(len), callable(3), callable(lambda: 0), callable(int))
print(isinstance(3, int), isinstance(True, int), isinstance("s", (int, str)), isinstance(None, int | None), isinstance(2.0, int | str))
print(hash("a") == hash("a"), hash(1) == hash(1.0), id(None) == id(None), len({1, 2, 2}), bool([]), bool("0"))
print(slice(3), slice(1, 10, 2), "abcdefgh"[slice(1, 6, 2)], list(range(10))[slice(-3, None)])
print(frozenset([1, 2]), frozenset(), frozenset({1, 2}) == {1, 2}, {frozenset({1}): "one"}[frozenset([1])])
print(type(object()).__name__, object() == object(), isinstance(3, object))
print(int("42"), int(" -7 "), int("ff", 16), int(3.9), int("1_000"), float("2.5"), float("inf"), str(12), bool(3))
attempt(int, "x")
attempt(float, "one")
print(tuple("ab"), list((1, 2)), set([1, 1]), dict([("a", 1)], b=2), dict(a=1, **{"c": 3}))
attempt(dict, [(1, 2, 3)])
attempt(dict, 1, 2)
print(getattr("abc", "upper")(), getattr(3, "missing", "default"), hasattr([], "append"), hasattr([], "push"))
print(*[1, 2, 3], sep="-", end="!\n")
print("a", "b", sep="")
print("one", "two", sep="\n")
print(format(3.14159, ".2f"), format(255, "#x"), format("left", "<8") + "|", f"{1234567:,}", f"{0.256:.1%}")
