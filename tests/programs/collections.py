items = [3, 1, 2]
items.append(5); items.insert(0, 9); items.extend([7, 7]); items.remove(1)
print(items, items.pop(), items.pop(0), sorted(items), sorted(items, reverse=True), items.index(5), items.count(7))
items.sort(key=lambda value: -value); print(items); items.reverse(); print(items, len(items))
items[1:3] = ["a", "b", "c"]; del items[0]; items[-1] = "z"; print(items, items[::2], items[5:2:-1])
first, *rest = items; *start, last = items; (a, b), c = (1, 2), 3
print(first, rest, start, last, a, b, c)
record = {"a": 1, "b": 2, 3: "three", (1, 2): [4]}
record["c"] = 5; record["a"] += 10; del record["b"]
print(record, record.get("x"), record.get("x", 0), "a" in record, list(record), record.pop(3), len(record))
for key, value in record.items():
    print(key, value, end="; ")
print(list(record.keys()), list(record.values()), record.setdefault("n", []), {**record, "m": 1} == record)
unique = {3, 1, 3}; unique.add(2); unique.discard(9)
print(len(unique), 3 in unique, {1, 2} | {2, 3} == {1, 2, 3}, {1, 2} & {2}, {1, 2} - {2}, {1} ^ {1}, set())
print([x * y for x in range(3) for y in range(x) if y != 1], {k: k * k for k in range(3)}, [*range(3), *"ab"])
print(list(zip("ab", [1, 2])), list(enumerate("ab", start=1)), list(map(str, [1, 2])), list(filter(None, [0, 1, 2])))
print(any(x > 2 for x in [1, 2, 3]), all([]), list(reversed([1, 2])), tuple([1]), (1,), (), range(2, 10, 3), list(range(5, 0, -2)))
matrix = [[0] * 3 for _ in range(2)]; matrix[1][2] = 5; print(matrix, [1, [2, (3,)]] == [1, [2, (3,)]], (1, 2) < (1, 3))
try:
    {}["missing"]
except KeyError as error:
    print(repr(error), error)
for broken in (lambda: [1][5], lambda: {[]: 1}, lambda: [].pop(), lambda: (1, 2)[3], lambda: [1, 2].remove(7)):
    try:
        broken()
    except Exception as error:
        print(type(error).__name__, error)
try:
    a, b = [1, 2, 3]
except ValueError as error:
    print(error)
