# Containers that change while they are walked, shown or compared.
class Changing:
    def __repr__(self):
        items.clear()
        return "gone"

    def __eq__(self, other):
        items.clear()
        return False


items = [Changing()]
print(items, len(items))
items += [Changing(), Changing()]
print(3 in items, len(items))
items += [Changing(), Changing()]
try:
    items.remove(3)
except ValueError as error:
    print(error)
items += [Changing(), Changing()]
print(items.count(3), len(items))

circle = []
circle.append(circle)
print(circle == circle)

numbers = {1: 1}
try:
    for number in numbers:
        numbers[number + 1] = 1
except RuntimeError as error:
    print(error)
print(numbers)
for number in numbers:
    numbers[number] += 1
print(numbers)

numbers = {1, 2, 3}
try:
    for number in numbers:
        numbers.discard(number)
except RuntimeError as error:
    print(error)
print(len(numbers))

growing = [1]
for number in growing:
    if len(growing) < 5:
        growing.append(number + 1)
print(growing)

numbers = list(range(100_000))
del numbers[10:99_990]
print(numbers)

most = 2**63 - 1
for numbers in [range(-most, most), range(most, -most, -most), range(0, most, most)]:
    try:
        print(numbers[-1], numbers[0], list(numbers[:2]), most in numbers, len(numbers))
    except (IndexError, OverflowError) as error:
        print(type(error).__name__, error)
print([1, 2, 3][-most - 1 : most], [1, 2, 3][most::-most], "abc"[most:], "abc"[:-most:-1])
