# Parameters: positional-only, keyword-only, defaults, annotations.
def positional_only(a, b=2, /, c=3, *, d=4):
    return a, b, c, d


print(positional_only(1), positional_only(1, 5, c=6, d=7), positional_only(1, 2, 3))


def keyword_only(*, first, second="two"):
    return first, second


print(keyword_only(first=1), keyword_only(second=2, first=1))


def clash(name, /, **kwargs):
    return name, kwargs


print(clash("a", name="b"))


def shared(item, items=[]):
    items.append(item)
    return items


print(shared(1), shared(2), shared(3, []), shared(4))


def evaluated_once(default=print("default evaluated")):
    return default


evaluated_once()
evaluated_once()


def annotated(a: int, b: "not evaluated" = 1, *args: Undefined, c: also.undefined = 2, **kwargs: None) -> Missing[int]:
    return a, b, args, c, kwargs


print(annotated(1, 2, 3, c=4, d=5))

adders = [lambda x, n=n: x + n for n in range(3)]
print([add(10) for add in adders], (lambda *args, **kw: (args, kw))(1, a=2))
late = [lambda: n for n in range(3)]
print([f() for f in late])

for call in [lambda: positional_only(a=1), lambda: keyword_only(), lambda: keyword_only(1),
             lambda: keyword_only(third=3), lambda: positional_only(), lambda: positional_only(1, 2, 3, 4),
             lambda: clash()]:
    try:
        call()
    except TypeError as error:
        print("TypeError:", error)
