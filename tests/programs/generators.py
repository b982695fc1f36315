def a():
    x = yield 1
    yield 2
    return "a done"
def b():
    r = yield from a()
    print("b got", r)
    yield 3
    return "b done"
def c():
    r = yield from b()
    print("c got", r)
    yield from [4, 5]
def d():
    yield from c()
    yield 6
print(list(d()))
for v in d():
    print(v)
g = d()
print(next(g), next(g), sum(1 for _ in g))
print([v for v in c()], max(v for v in b()))
def early():
    for i in range(3):
        try:
            yield i
        finally:
            print("fin", i)
for i in early():
    print(i)
print(sorted(x * x for x in d()))
