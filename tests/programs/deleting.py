# del: names, items, slices, attributes, several at once.
a = b = c = 1
del a, (b, c)
for name in ["a", "b"]:
    try:
        print({"a": lambda: a, "b": lambda: b}[name]())
    except NameError as error:
        print(error)
items = [1, 2, 3, 4, 5]
del items[0], items[-1]
print(items)
del items[1:]
print(items)
table = {"x": 1, "y": 2}
del table["x"]
print(table)


class Thing:
    kind = "class"

    def __init__(self):
        self.value = 1


thing = Thing()
del thing.value
print(hasattr(thing, "value"))
del Thing.kind
print(hasattr(Thing, "kind"))
nested = [[1, 2], [3, 4]]
del nested[0][1], nested[1]
print(nested)

def remove(collection, key):
    del collection[key]


for collection, key in [({}, "q"), ([], 0), ((1,), 0), ("abc", 0)]:
    try:
        remove(collection, key)
    except (KeyError, IndexError, TypeError) as error:
        print(type(error).__name__, error)
