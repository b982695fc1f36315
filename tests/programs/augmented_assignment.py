# Augmented assignment: every operator, every kind of target, evaluated once.
n = 7
n += 3; n -= 1; n *= 4; n //= 5; n **= 2; n %= 30; n <<= 3; n >>= 1; n |= 1; n &= 77; n ^= 5
print(n)
x = 5
x /= 2
print(x)
items = alias = [1]
items += (2, 3)
items *= 2
print(alias, items is alias)
text = "a"
text += "b"
text *= 3
print(text)
pair = (1,)
same = pair
pair += (2,)
print(pair, same)
unique = {1, 2}
unique |= {3}
unique &= {2, 3}
unique -= {2}
unique ^= {9}
print(sorted(unique))
table = {"a": 1}
table |= {"b": 2}
table["a"] += 10
print(table)


def place():
    print("asked once")
    return table


place()["b"] *= 3
print(table)


class Counter:
    total = 0

    def __iadd__(self, other):
        self.total += other
        return self


counter = Counter()
counter += 5
counter.total *= 2
print(counter.total, Counter.total)
grid = [[0] * 2 for _ in range(2)]
grid[1][0] += 5
print(grid)
broken = ([1],)
try:
    broken[0] += [2]
except TypeError as error:
    print(error, broken)
try:
    undefined += 1
except NameError as error:
    print(error)
