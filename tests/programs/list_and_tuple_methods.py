"""Methods of lists and tuples."""


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


numbers = [3, 1, 2]
numbers.append(4)
numbers.extend((5, 6))
numbers.insert(0, 0)
numbers.insert(-1, 9)
print(numbers, numbers.pop(), numbers.pop(0), numbers.index(2), numbers.count(1), numbers)
numbers.remove(9)
numbers.reverse()
print(numbers, numbers.copy() is numbers)
numbers.sort()
print(numbers)
numbers.sort(reverse=True, key=lambda n: n % 3)
print(numbers)
attempt(numbers.remove, 100)
attempt(numbers.index, 100)
attempt([].pop)
attempt([1].pop, 5)
attempt((1, 2).index, 3)
attempt(lambda: [3, "a"].sort())
attempt(lambda: [1][2])
attempt(lambda: (1,)[1])
print([1, 2, 3, 2].index(2, 2), (1, 2, 1).count(1), (1, 2).index(2), [1, 2] + [3], [0] * 3, (1,) * 2, [1, 2] < [1, 3], (1, 2) == (1, 2))
letters = list("abcdef")
print(letters[1:3], letters[::2], letters[::-1], letters[-2:], letters[10:], letters[:-3])
letters[1:3] = ["X"]
print(letters)
del letters[0]
del letters[-2:]
print(letters, len(letters), "X" in letters, [] == [], [[]] * 2)
letters += "yz"
letters *= 2
print(letters)
letters.clear()
print(letters, [n for row in [[1, 2], [3]] for n in row], sum([[1], [2]], []), list(range(5, 0, -2)))
first, *middle, last = range(6)
print(first, middle, last, max([1, 5, 3]), sorted([(2, "b"), (1, "z"), (2, "a")]), list(zip([1], [2])))
matrix = [[0] * 2 for _ in range(2)]
matrix[0][1] = 7
print(matrix, any(7 in row for row in matrix), [*range(2), *"ab"], tuple(range(3)), ())
print(list.append, [1, 2, 3].__len__() if hasattr(list, "__len__") else 3) if False else print("end")
