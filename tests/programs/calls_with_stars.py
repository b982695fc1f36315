# Stars in calls: positional, keywords, several of each, and the order of evaluation.
def show(*args, **kwargs):
    return args, kwargs


print(show(*[1, 2], 3, *(4, 5), *"ab", *range(2), *{7}, *{"k": 1}))
print(show(**{"a": 1}, b=2, **{"c": 3}), show(1, *[2], x=3, **{"y": 4}))
print(show(*[], **{}), show(*(n * n for n in range(3))), show(*map(str, [1, 2])))
print(max(*[3, 9, 4]), print(*["a", "b"], sep="-"))


def fixed(a, b=2, *rest, c, d=4, **others):
    return a, b, rest, c, d, others


print(fixed(1, c=3), fixed(1, 20, 30, 40, c=3, d=5, e=6), fixed(*[1, 2, 3], **{"c": 1, "z": 2}))


def trace(value):
    print("value", value)
    return value


show(trace(1), *[trace(2)], key=trace(3), **{"other": trace(4)})

for call in [lambda: fixed(), lambda: fixed(1), lambda: fixed(1, c=1, a=2), lambda: fixed(b=1, c=2),
             lambda: fixed(1, **{"c": 1}, **{"b": 2}), lambda: (lambda x: x)(1, 2), lambda: (lambda *, k: k)(),
             lambda: (lambda x, y: x)(1), lambda: (lambda x, /: x)(x=1), lambda: (lambda: 0)(1),
             lambda: (lambda x=1: x)(y=2)]:
    try:
        print(call())
    except TypeError as error:
        print("TypeError:", error)
