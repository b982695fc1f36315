import asyncio
class A:
    x: int
    def f(self):
        def g():
            return super(A, self).__repr__()[:5], __class__.__name__
        return g()
    async def m(self):
        return [__class__.__name__ async for _ in self.gen()]
    async def gen(self):
        yield 1
        yield super().__init__()
print(A().f())
print(asyncio.run(A().m()))
def make(n):
    class Local:
        value = n
        def get(self): return n, self.value
    return Local
print(make(3)().get(), make(4)().get(), make(1).__qualname__)
class P:
    def __init__(self): self._v = 1
    v = property(lambda self: self._v)
    @property
    def w(self): return self._v
    @w.setter
    def w(self, x): self._v = x
p = P()
try: p.v = 3
except AttributeError as e: print(e)
p.w = 5; p.w += 1; print(p.v)
try: P().zzz
except AttributeError as e: print(e)
try: P.zzz
except AttributeError as e: print(e)
class E(Exception):
    pass
try:
    raise E
except E as e:
    print(repr(e), e.args, str(e) == '')
class Meta2:
    items = []
    def add(self, i): self.items.append(i); return self
Meta2().add(1); print(Meta2.items)
print([c.__name__ for c in (A, P)], A.__name__, A.__module__, isinstance(A, type), type(A), type(p).__name__)
def f(*args, **kw): return args, kw
class W:
    def __init__(self, fn): self.fn = fn
    def __call__(self, *a, **k): return self.fn(*a, **k)
    method = f
w = W(f); print(w(1, b=2), w.method(3)[0][1:], w.fn(4))
@W
def decorated(x): return x * 2
print(decorated(4))
print(sorted([W(1), W(2)], key=lambda w: -w.fn)[0].fn, max([W(1), W(5)], key=lambda w: w.fn).fn)
global_count = 0
class Uses:
    def inc(self):
        global global_count
        global_count += 1
Uses().inc(); print(global_count)
class Ctx:
    async def __aenter__(self): raise ValueError("in enter")
    async def __aexit__(self, *a): print('never')
async def main():
    try:
        async with Ctx(): print('never')
    except ValueError as e: print(e)
asyncio.run(main())
class Bad:
    def __init__(self): return 5
try: Bad()
except TypeError as e: print(e)
class NoRepr:
    def __str__(self): return 5
try: print(NoRepr())
except TypeError as e: print(e)
print(hasattr(p, '__len__'), getattr(p, 'nope', None), callable(p), callable(w))
class It:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(It()[1], list(It()))
