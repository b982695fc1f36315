"""map, zip, filter and enumerate give values one at a time."""


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


def loud(value):
    print("loud", value)
    return value * 2


def numbers(end):
    for number in range(end):
        print("yield", number)
        yield number


mapped = map(loud, numbers(3))
print("made")
print(next(mapped))
print(list(mapped), list(mapped))
for pair in zip(numbers(2), "abc"):
    print(pair)
for value in filter(lambda n: n % 2, numbers(4)):
    print("odd", value)
for position, value in enumerate(numbers(2), 10):
    print(position, value)
print(list(filter(None, [0, 1, "", "a", None, [], [0]])))
print(list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(zip()), list(zip([1, 2])))
attempt(lambda: list(zip([1, 2], [1], strict=True)))
attempt(lambda: list(zip([1], [1, 2], strict=True)))
attempt(lambda: list(zip([1], [1], [1, 2], strict=True)))
attempt(lambda: list(zip("ab", "cd", strict=True)))
attempt(map, loud)
attempt(next, iter([]))
print(next(iter([]), "nothing"), next((n for n in range(9) if n > 5), None))
source = iter([3, 2, 1, 0, 9])
print(list(iter(lambda: next(source), 0)), list(source))
first = iter("abcdef")
print(list(zip(first, first)), dict(zip("ab", [1, 2])))
rows = [[1, 2, 3], [4, 5, 6]]
print(list(zip(*rows)), [sum(column) for column in zip(*rows)], max(map(len, ["a", "bbb"])))
print(type(map(str, [])).__name__, type(zip()).__name__, iter(mapped) is mapped)
