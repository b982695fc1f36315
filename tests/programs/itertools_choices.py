"""itertools: products, permutations, combinations and groups."""
from itertools import combinations, combinations_with_replacement, groupby, permutations, product

print(list(product("ab", [1, 2])), list(product([0, 1], repeat=3)), list(product()), list(product("ab", [])))
print(list(permutations("abc")), list(permutations(range(4), 2)), list(permutations("ab", 3)), list(permutations("ab", 0)))
print(list(combinations("abcd", 2)), list(combinations(range(3), 3)), list(combinations("ab", 3)), list(combinations("abc", 0)))
print(list(combinations_with_replacement("abc", 2)), list(combinations_with_replacement("", 2)), list(combinations_with_replacement("a", 3)))
print(len(list(permutations(range(6)))), len(list(product(range(10), repeat=4))), sum(1 for _ in combinations(range(15), 7)))
for key, group in groupby("aaabbca"):
    print(key, list(group), end=" ")
print()
people = [("eng", "Ann"), ("eng", "Bob"), ("ops", "Cid"), ("eng", "Dan")]
for team, members in groupby(sorted(people), key=lambda person: person[0]):
    print(team, [name for _, name in members])
print([(len(list(group)), value) for value, group in groupby([1, 1, 2, 3, 3, 3])])
first = product(range(1000000), repeat=2) if False else product(range(100), repeat=4)
print(next(first), next(first))
