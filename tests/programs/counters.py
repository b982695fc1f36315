"""collections.Counter."""
from collections import Counter

letters = Counter("mississippi")
print(letters, letters["s"], letters["z"], "z" in letters, len(letters), letters.total())
print(letters.most_common(2), letters.most_common(), sorted(letters.elements()), list(letters))
letters.update("zzz")
letters.subtract({"s": 2})
print(letters, letters.get("q"), sorted(letters.items()))
letters["new"] += 5
del letters["z"]
print(letters, max(letters, key=letters.get), sum(letters.values()), Counter(), Counter(a=1, b=2), Counter({"x": 3}))
one, two = Counter(a=3, b=1), Counter(a=1, b=2)
print(one + two, one - two, one & two, one | two, one == Counter(b=1, a=3), dict(one))
for word, count in Counter("the cat the dog the end".split()).most_common():
    print(f"{word:<5}{count}")
print(isinstance(one, dict), type(one).__name__, one.copy(), Counter([1, 1, 2])[1], bool(Counter()))
one.clear()
print(one, Counter(word[0] for word in ["apple", "avocado", "bean"]))
