# Comprehensions: nested, conditional, of sets and dicts, and what they see.
print([x * y for x in range(3) for y in range(x) if y], [[c * 2 for c in row] for row in ["ab", "cd"]])
print({n % 3 for n in range(9)} == {0, 1, 2}, {word: len(word) for word in ["a", "bb"]}, {k: v for v, k in enumerate("xy")})
print([x if x % 2 else -x for x in range(4)], [x for x in range(20) if x % 2 if x % 3 == 0], [(x, y) for x, y in zip("ab", "cd")])
x = "outer"
print([x for x in range(2)], x, [x for _ in range(1)], list(x for x in "ab"), x)
print([lambda: i for i in range(3)][0](), [f() for f in [lambda i=i: i for i in range(3)]])
print(sum(n * n for n in range(4)), max((len(w), w) for w in ["aa", "b"]), ",".join(str(n) for n in range(3)))
print([*(n for n in range(2))], dict((k, 1) for k in "ab"), any(n > 2 for n in range(4)), all([]))
squares = (n * n for n in range(3))
print(next(squares), list(squares), list(squares))


class Holder:
    factor = 2
    items = [1, 2]
    copied = [item for item in items]

    def scaled(self):
        return [item * self.factor for item in self.items]


print(Holder.copied, Holder().scaled())


def nested(rows):
    total = 0
    return [total + sum(cell for cell in row if cell > minimum) for row in rows for minimum in [1]]


print(nested([[1, 2], [3, 0]]))
first = (print("evaluated at once") or n for n in [1])
print("made")
print(list(first))
try:
    [n for n in 5]
except TypeError as error:
    print(error)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [cell for row in matrix for cell in row])
print({(a, b): a + b for a in range(2) for b in range(2)}, [a for a, *b in [(1, 2, 3), "xy"]])
