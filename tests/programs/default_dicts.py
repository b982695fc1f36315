"""collections.defaultdict and OrderedDict."""
from collections import OrderedDict, defaultdict


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


groups = defaultdict(list)
for word in ["apple", "bean", "avocado"]:
    groups[word[0]].append(word)
print(groups, dict(groups), groups["z"], len(groups), "y" in groups, groups.get("y"), sorted(groups))
counts = defaultdict(int)
for letter in "hello":
    counts[letter] += 1
print(counts, counts["missing"], defaultdict(int, {"a": 1}), defaultdict(lambda: 5)["x"])
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 1
print(nested["a"], {key: dict(value) for key, value in nested.items()})
attempt(lambda: defaultdict(None)["x"])
attempt(defaultdict, 3)
print(defaultdict(), isinstance(groups, dict), type(groups).__name__, counts.copy() == counts, defaultdict(set, a={1}))
order = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
order.move_to_end("a")
print(order, list(order), order.popitem(), order.popitem(last=False), order)
order["x"] = 9
order.move_to_end("x", last=False)
print(order, OrderedDict(), OrderedDict(a=1) == {"a": 1}, dict(order))
attempt(order.move_to_end, "nobody")


class LeastRecentlyUsed:
    def __init__(self, size):
        self.size, self.entries = size, OrderedDict()

    def get(self, key):
        if key in self.entries:
            self.entries.move_to_end(key)
            return self.entries[key]

    def put(self, key, value):
        self.entries[key] = value
        self.entries.move_to_end(key)
        if len(self.entries) > self.size:
            self.entries.popitem(last=False)


cache = LeastRecentlyUsed(2)
cache.put("a", 1)
cache.put("b", 2)
print(cache.get("a"))
cache.put("c", 3)
print(cache.get("b"), list(cache.entries.items()))
