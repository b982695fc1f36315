"""Methods of dicts, and their views."""


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


ages = {"ann": 31, "bob": 25}
keys, values, items = ages.keys(), ages.values(), ages.items()
print(keys, values, items, len(keys), "ann" in keys, 25 in values, ("bob", 25) in items)
ages["cid"] = 40
print(keys, list(values), sorted(items, key=lambda item: item[1]), list(reversed(keys)))
print(keys & {"ann", "dan"}, sorted(keys | {"dan"}), sorted(keys - {"ann"}), keys == {"ann", "bob", "cid"})
for name, age in ages.items():
    print(name, age)
print(ages.get("dan"), ages.get("dan", 0), ages.pop("cid"), ages.pop("cid", None), ages.setdefault("eve", 1), ages.setdefault("ann", 2))
attempt(ages.pop, "nobody")
attempt(lambda: ages["nobody"])
print(ages.popitem(), ages)
attempt({}.popitem)
ages.update({"fay": 5}, guy=6)
ages.update([("hal", 7)])
print(ages, dict.fromkeys("ab"), dict.fromkeys(["x", "y"], 0), ages.copy() == ages, ages.copy() is ages)
print({"a": 1} | {"b": 2}, {**{"a": 1}, "a": 2}, {n: n * n for n in range(3)}, {v: k for k, v in {"a": 1}.items()})
merged = {"a": 1}
merged |= {"c": 3}
print(merged, list(merged), max(merged, key=merged.get), sum(merged.values()), bool({}), "a" in merged, len(merged))
del merged["a"]
merged.clear()
print(merged, type(keys).__name__, type(values).__name__, type(items).__name__, isinstance(ages, dict))
nested = {"list": [1, 2], "dict": {"inner": (1,)}, 3: None, (1, 2): True}
print(nested, nested["dict"]["inner"][0], nested[(1, 2)])
attempt(lambda: {[]: 1})
print(dict(sorted({"b": 2, "a": 1}.items())), sorted({"b": 2, "a": 1}), {1: "a"} == {1.0: "a"}, {True: "yes"}[1])
