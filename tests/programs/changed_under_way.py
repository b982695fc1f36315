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
