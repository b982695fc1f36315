"""collections.deque."""
from collections import deque


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


line = deque([1, 2, 3])
line.append(4)
line.appendleft(0)
print(line, len(line), line[0], line[-1], line.popleft(), line.pop(), list(line), 2 in line)
line.extend([5, 6])
line.extendleft("ab")
print(line)
line.rotate(2)
print(line)
line.rotate(-1)
print(line, line.count(2), line.index(5))
line[0] = "first"
del line[1]
line.insert(1, "second")
line.remove(3)
line.reverse()
print(line, bool(line), bool(deque()), deque("ab") == deque(["a", "b"]), deque([1]) == [1])
attempt(deque().popleft)
attempt(deque().pop)
attempt(line.remove, 100)
attempt(line.index, 100)
attempt(lambda: line[100])
recent = deque(maxlen=3)
for number in range(6):
    recent.append(number)
    print(recent, recent.maxlen)
recent.appendleft("x")
print(recent, line.maxlen, deque([1, 2, 3, 4], 2), deque([1]) + deque([2]), recent.copy())
attempt(recent.insert, 0, 1)
attempt(deque, [], -1)
recent += [7, 8]
print(recent, list(reversed(recent)), sorted(deque([3, 1, 2])), max(deque([3, 1])), [*deque("ab")], sum(deque([1, 2])))


def change():
    for item in (items := deque([1, 2, 3])):
        items.append(item)


attempt(change)
first, *rest = deque([1, 2, 3])
print(first, rest, isinstance(line, deque), type(line).__name__, deque([deque([1])]))
line.clear()
print(line, deque(range(3), maxlen=10))
while recent:
    print(recent.popleft(), end=" ")
print()
