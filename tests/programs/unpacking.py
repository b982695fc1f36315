# Unpacking: nested, starred, in for, with, comprehensions, and what goes wrong.
a, b = 1, 2
a, b = b, a
(c, d), e = [3, 4], 5
[f, *g] = "hello"
*h, i = range(4)
j, *k, l = 1, 2
(m), = [9]
n, (o, *p), *q = 1, "xyz", 2, 3
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q)
r = s = t = []
r.append(1)
print(s, t, r is t)
u, v = {"x": 1, "y": 2}
w = x, y = 7, 8
print(u, v, w, x, y)

for number, (letter, *others) in [(1, "ab"), (2, "cde")]:
    print(number, letter, others)
for key, value in {"k": 1}.items():
    print(key, value)
for index, (left, right) in enumerate(zip("ab", "cd")):
    print(index, left, right)
print([x + y for x, y in [(1, 2), (3, 4)]], {k: v for k, (v, *_) in [("a", (1, 2))]})


class Both:
    def __enter__(self):
        return "first", ["second", "third"]

    def __exit__(self, *details):
        return False


with Both() as (one, [two, three]):
    print(one, two, three)

values = [1, 2, 3]
values[0], values[2] = values[2], values[0]
print(values)
position = 0
position, values[position] = 2, "set after"
print(position, values)


class Thing:
    pass


thing = Thing()
thing.a, thing.b = thing.pair = 1, 2
print(thing.a, thing.b, thing.pair)

for wrong in ["few", "many", "star", "none", "number"]:
    try:
        match wrong:
            case "few":
                x, y = [1]
            case "many":
                x, y = 1, 2, 3
            case "star":
                x, *y, z = [1]
            case "none":
                x, y = None
            case "number":
                [x] = 5
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
