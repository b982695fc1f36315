# Chained methods, attributes and calls over several lines.
class Query:
    def __init__(self, items):
        self.items = list(items)

    def where(self, test):
        return Query(item for item in self.items if test(item))

    def select(self, make):
        return Query(map(make, self.items))

    def order(self, *, reverse=False):
        return Query(sorted(self.items, reverse=reverse))

    def __iter__(self):
        return iter(self.items)

    def __getitem__(self, index):
        return self.items[index]


result = (
    Query(range(10))
    .where(lambda n: n % 2)
    .select(lambda n: n * n)
    .order(reverse=True)
)
print(list(result), result[0], result[1:3])
print("  Hello, World  ".strip().lower().replace(",", "").split()[0].upper().center(11, "*"))
print(len([1, 2, 3].copy()), {"a": [1, {"b": 2}]}["a"][1]["b"])
print("a-b-c".split("-")[::-1][0], (lambda: {"f": lambda x: [x]})()["f"](5)[0], "".join(sorted("cab")).title())
