# Slices: with steps, beyond the ends, assigned to, deleted.
items = list(range(10))
print(items[2:5], items[:3], items[7:], items[-3:], items[::3], items[::-1], items[8:2:-2], items[100:], items[-100:2])
print("abcdef"[1:-1:2], (1, 2, 3)[::-1], range(10)[2:8:3], "abc"[5:], "abc"[::-2], items[3:3], items[5:2])

items[2:5] = ["a", "b"]
print(items)
items[:0] = [-2, -1]
print(items)
items[len(items):] = (10, 11)
print(items)
items[1:1] = "xy"
print(items)
items[::2] = [0] * len(items[::2])
print(items)
items[5:2:-1] = "abc"
print(items)
items[3:6] = []
print(items)
items[::-1] = list(items)
print(items)

numbers = list(range(12))
del numbers[::3]
print(numbers)
del numbers[1:3]
print(numbers)
del numbers[-2:]
print(numbers)
del numbers[::-2]
print(numbers)
del numbers[0], numbers[0]
print(numbers)
del numbers[:]
print(numbers)

for wrong in ["[1, 2, 3][::0]", "a"]:
    try:
        if wrong == "a":
            values = [1, 2, 3, 4]
            values[::2] = [1]
        else:
            [1, 2, 3][::0]
    except ValueError as error:
        print("ValueError:", error)
try:
    [1][1.5:]
except TypeError as error:
    print("TypeError:", error)
try:
    [1]["a"]
except TypeError as error:
    print("TypeError:", error)
try:
    (1, 2)[5]
except IndexError as error:
    print("IndexError:", error)
try:
    values = [1]
    values[3] = 1
except IndexError as error:
    print("IndexError:", error)
try:
    values[0:1] = 5
except TypeError as error:
    print("TypeError:", error)
try:
    "abc"[0] = "x"
except TypeError as error:
    print("TypeError:", error)
