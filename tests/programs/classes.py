import asyncio
class Animal:
    """doc"""
    count = 0
    kinds = []
    def __init__(self, name, sound="..."):
        self.name = name
        self.sound = sound
        Animal.count += 1
        self.kinds.append(name)
    def speak(self):
        return f"{self.name} says {self.sound}"
    def __repr__(self):
        return f"Animal({self.name!r})"
    @property
    def loud(self):
        return self.sound.upper()
    @loud.setter
    def loud(self, value):
        self.sound = value.lower()
    @staticmethod
    def help(x):
        return x * 2
    @classmethod
    def make(cls, name):
        return cls(name)
class Dog(Animal):
    def __init__(self, name):
        super().__init__(name, sound="wuff")
        self.__secret = 5
    def speak(self):
        return super().speak() + "!" + str(self.__secret)
    def __str__(self):
        return "dog " + self.name
def t(f, *a, **k):
    try:
        print('=', f(*a, **k))
    except BaseException as e:
        print(type(e).__name__, e)
a = Animal("cat", "meow")
d = Dog("rex")
print(a, d, [a, d], f"{a} {d} {d!r:>12} {a!s}")
print(a.speak(), d.speak(), a.loud, d.loud)
a.loud = "PURR"
print(a.sound, a.loud, Animal.count, Dog.count, d.kinds, Animal.kinds is d.kinds)
print(Animal.help(4), d.help(5), Dog.make("x"), type(Dog.make("y")).__name__)
print(isinstance(d, Animal), isinstance(a, Dog), issubclass(Dog, Animal), type(d), Dog, type(a) is Animal)
t(Animal); t(Animal, 1, 2, 3); t(Dog, "a", "b"); t(lambda: a.nope); t(lambda: Animal.nope); t(lambda: Dog("q").__secret)
print(d._Dog__secret, d.__dict__, d.__class__.__name__, Dog.__name__, Dog.__qualname__)
t(lambda: setattr(Dog, 'x', 3)); print(d.x, getattr(d, 'zz', 9), hasattr(d, 'name'), hasattr(d, 'q'))
del d.name
t(lambda: d.name)
f = a.speak
print(f(), callable(a), callable(f), callable(Animal))
class Empty: pass
e = Empty(); e.x = 1; print(e.x, Empty() == Empty(), e == e, e != Empty(), bool(e))
t(Empty, 3)
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __mul__(self, k):
        if not isinstance(k, int): return NotImplemented
        return V(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __eq__(self, o): return isinstance(o, V) and (self.x, self.y) == (o.x, o.y)
    def __lt__(self, o): return self.x < o.x
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __setitem__(self, i, v): 
        if i == 0: self.x = v
        else: self.y = v
    def __contains__(self, v): return v in (self.x, self.y)
    def __iter__(self):
        yield self.x
        yield self.y
    def __call__(self, *a, **k): return (self.x, a, k)
    def __bool__(self): return self.x != 0
    def __repr__(self): return f"V({self.x}, {self.y})"
    def __iadd__(self, o):
        self.x += o.x
        return self
    def __hash__(self): return 5
v = V(1, 2)
print(v + V(3, 4), v * 3, 3 * v, v == V(1, 2), v != V(1, 2), v < V(2, 0), v > V(0, 0), len(v), v[0], v[1], 2 in v, 7 in v, list(v), v(1, k=2), bool(v), not V(0, 1), sorted([V(3, 1), V(1, 1)]), min(V(3, 1), V(2, 1)))
t(lambda: v * 1.5); t(lambda: v < 3 if False else v <= V(1,1)); t(lambda: v - v)
v += V(10, 0); v[1] = 9; print(v, v in [V(11, 9)])
x, y = v; print(x, y, *v, [i for i in v])
for i in v: print(i)
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(Countdown(3)), sum(Countdown(4)), next(Countdown(2)))
for i in Countdown(3):
    print(i)
    if i == 1: continue
else: print('else')
class A:
    def who(self): return ['A']
class B(A):
    def who(self): return ['B'] + super().who()
class C(A):
    def who(self): return ['C'] + super().who()
class D(B, C):
    def who(self): return ['D'] + super().who()
print(D().who(), [c.__name__ for c in D.__mro__])
class MyError(Exception): pass
class Coded(MyError):
    def __init__(self, code, message="bad"):
        super().__init__(message)
        self.code = code
    def __str__(self): return f"[{self.code}] {self.args[0]}"
for ex in [MyError, MyError("a"), MyError("a", 1), Coded(5), Coded(6, "worse"), ValueError]:
    try: raise ex
    except Coded as e: print('coded', e, repr(e), e.code, e.args)
    except MyError as e: print('my', e, repr(e), e.args)
    except Exception as e: print('other', repr(e))
def outer():
    z = 10
    class Inner:
        w = z
        def get(self): return z + self.w
        class Deep:
            q = 3
    return Inner
I = outer()
print(I().get(), I.__qualname__, I.Deep.q, I.Deep, I)
class G:
    def __getattr__(self, name):
        if name.startswith('x'): return name * 2
        raise AttributeError(name)
print(G().xy); t(lambda: G().zz)
class S:
    _inst = None
    def __new__(cls, *a):
        if cls._inst is None:
            cls._inst = super().__new__(cls)
        return cls._inst
print(S() is S())
class CM:
    def __enter__(self): print('enter'); return 'val'
    def __exit__(self, t, e, tb):
        print('exit', t.__name__ if t else None, e)
        return t is ValueError
with CM() as c: print(c)
with CM(): raise ValueError("x")
try:
    with CM(): raise KeyError("x")
except KeyError as e: print('KE', e)
def deco(cls):
    cls.extra = 1
    return cls
@deco
class Decorated:
    def method(self, a, *args, b=2, **kw): return (a, args, b, kw)
print(Decorated.extra, Decorated().method(1, 2, b=3, c=4), Decorated().method(*[1, 2], **{'b': 5}))
raise Coded(7, "end")
