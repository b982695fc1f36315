"""Methods of sets and frozen sets."""


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a.union(b, [9]), a.intersection([1, 3]), a.difference(b), a.symmetric_difference(b))
print({1} <= a, a < a, a <= a, a >= {1, 2}, a > {1, 2}, {1}.issubset(a), a.issuperset([1]), a.isdisjoint({9}), a.isdisjoint(b))
a.add(7)
a.discard(100)
a.remove(1)
attempt(a.remove, 100)
print(sorted(a), 7 in a, len(a), a.copy() == a)
a.update([5], (6,))
a.intersection_update({5, 6, 7})
print(sorted(a))
a.difference_update([5])
a.symmetric_difference_update([7, 8])
print(sorted(a))
a |= {1}
a &= {1, 6}
print(sorted(a), {1, 2} == {2, 1}, {x % 3 for x in range(10)}, set("hello") == set("olleh"))
single = {42}
print(single.pop(), single)
attempt(single.pop)
attempt(lambda: {[1]})
frozen = frozenset([1, 2])
print(frozen, frozen | {3}, ({3} | frozen) == {1, 2, 3}, frozen & {1}, frozen.union([5]), 1 in frozen, len(frozen), hash(frozen) == hash(frozenset([2, 1])))
attempt(lambda: frozen.add(3))
print({frozen: "pair"}[frozenset((2, 1))], {frozen, frozenset({2, 1})}, isinstance(frozen, frozenset), isinstance(frozen, set), set(), bool(set()))
a.clear()
print(a, sorted(set([3, 1, 2]) - set([1])), max({4, 9}), sum({1, 2}), list({5}))
