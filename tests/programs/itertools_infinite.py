"""itertools: iterators without end, and what cuts and joins iterators."""
import itertools
from itertools import chain, compress, count, cycle, dropwhile, filterfalse, islice, pairwise, repeat, starmap, takewhile, tee, zip_longest


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


print(list(islice(count(), 3)), list(islice(count(10, 5), 3)), list(islice(count(0.5, 0.25), 3)), list(islice(cycle("ab"), 5)))
print(list(repeat("x", 3)), list(islice(repeat(0), 2)), list(cycle([])), next(count(7)))
print(list(islice(range(10), 2, 8, 3)), list(islice("abcdef", 2, None)), list(islice("abc", 0)), list(islice(iter("abcdef"), None, None, 2)))
attempt(islice, "abc", -1)
attempt(islice, "abc", 1, 2, 0)
source = iter(range(10))
print(list(islice(source, 3)), next(source))
print(list(chain("ab", [1, 2], ())), list(chain.from_iterable([[1], [2, 3]])), list(chain()))
print(list(zip_longest("abc", [1])), list(zip_longest("ab", "x", fillvalue="-")), list(zip_longest()))
print(list(takewhile(lambda n: n < 3, count())), list(dropwhile(lambda n: n < 3, [1, 5, 2])), list(filterfalse(lambda n: n % 2, range(5))))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(compress("abcd", [1, 0, 1])), list(pairwise("abcd")), list(pairwise("a")))
one, two = tee(map(str, range(3)))
print(next(one), next(one), list(two), list(one))
print(list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([3, 1, 4], max)), list(itertools.accumulate([1, 2], initial=10)), list(itertools.accumulate([])))
print(list(itertools.batched("abcdefg", 3)), list(itertools.batched([], 2)))
attempt(lambda: list(itertools.batched("abc", 2, strict=True)))
attempt(lambda: itertools.batched("abc", 0))
ids = count(1)
print([next(ids) for _ in range(3)], next(ids))
for index, letter in zip(count(1), "xyz"):
    print(index, letter)
