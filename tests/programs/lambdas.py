# Lambdas: defaults, stars, closures, conditionals, immediate calls.
print((lambda: 1)(), (lambda x, y=2: x + y)(1), (lambda *a, k=3, **kw: (a, k, kw))(1, 2, z=4))
print((lambda x: lambda y: x + y)(1)(2), (lambda f, n: f(f, n))(lambda f, n: 1 if n < 2 else n * f(f, n - 1), 5))
print(sorted(["bb", "a", "ccc"], key=lambda s: -len(s)), list(map(lambda a, b: a * b, [1, 2], [3, 4])))
print(list(filter(lambda n: n % 2, range(6))), max([(1, "b"), (2, "a")], key=lambda pair: pair[1]))
actions = {"add": lambda a, b: a + b, "neg": lambda a: -a}
print(actions["add"](2, 3), actions["neg"](4), (lambda x: "big" if x > 5 else "small")(9))
print((lambda x, /, y, *, z: (x, y, z))(1, y=2, z=3), (lambda: (yield))().send(None), (lambda x: (x, [x]))(1))
name = lambda: None
print(name.__name__, name.__qualname__, callable(name), (lambda: ...)() is ...)


def make():
    return lambda: lambda: "deep"


print(make()()(), make().__qualname__)
