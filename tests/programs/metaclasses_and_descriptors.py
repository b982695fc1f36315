"""What classes can say about attributes, subclasses and themselves."""
import asyncio


class Singleton(type):
    _instances = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]


class Database(metaclass=Singleton):
    def __init__(self, url="memory"):
        print("connecting to", url)
        self.url = url


print(Database("a") is Database("b"), Database().url, type(Database).__name__, isinstance(Database, Singleton))


class Registry(type):
    known = {}

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        if bases:
            mcs.known[name.lower()] = cls
        cls.options = options
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
        cls.tag = f"<{name}>"

    def __len__(cls):
        return len(cls.known)

    def __iter__(cls):
        return iter(sorted(cls.known))

    def __contains__(cls, name):
        return name in cls.known

    def __getitem__(cls, name):
        return cls.known[name]

    def __repr__(cls):
        return f"registry class {cls.__name__}"

    @property
    def size(cls):
        return len(cls)

    def make(cls, *args):
        return cls(*args)


class Handler(metaclass=Registry):
    def run(self):
        return f"{type(self).__name__} runs with {self.options}"


class Email(Handler, retries=3):
    pass


class Sms(Handler):
    pass


print(Registry.known, Email.tag, len(Handler), list(Handler), "sms" in Handler, Handler["email"]().run(), Email.size)
print(Sms.make().run(), Email.__name__, Email.__mro__[1] is Handler)


class Plugin:
    plugins = []

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.name = name or cls.__name__.lower()
        Plugin.plugins.append(cls)


class Csv(Plugin):
    pass


class Json(Plugin, name="json!"):
    pass


print([p.name for p in Plugin.plugins], Json.name)
try:
    class Broken(Plugin, colour="red"):
        pass
except TypeError as error:
    print(error)


class Positive:
    def __set_name__(self, owner, name):
        print("named", name, "in", owner.__name__)
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, 0)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive, not {value}")
        setattr(instance, self.name, value)

    def __delete__(self, instance):
        print("deleting", self.name)
        delattr(instance, self.name)


class Order:
    amount = Positive()
    price = Positive()

    def __init__(self, amount, price):
        self.amount = amount
        self.price = price


order = Order(2, 10)
print(order.amount * order.price, order.__dict__, type(Order.amount).__name__)
try:
    order.price = -1
except ValueError as error:
    print(error)
del order.price
print(order.price)


class LazyValue:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        print("computing")
        value = self.function(instance)
        instance.__dict__[self.function.__name__] = value
        return value


class Circle:
    def __init__(self, radius):
        self.radius = radius

    @LazyValue
    def area(self):
        return self.radius ** 2 * 3


circle = Circle(2)
print(circle.area, circle.area)


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name):
        print("looking for", name)
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        print("setting", name)
        setattr(self._target, name, value)

    def __delattr__(self, name):
        print("deleting", name)
        delattr(self._target, name)


proxy = Proxy(circle)
proxy.radius = 5
print(proxy.radius)
del proxy.radius
print(hasattr(circle, "radius"))


class Watched:
    def __init__(self):
        self.value = 1

    def __getattribute__(self, name):
        if name.startswith("secret"):
            raise AttributeError(f"{name} is hidden")
        return super().__getattribute__(name)


watched = Watched()
print(watched.value, getattr(watched, "secret", "nothing"))


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


slotted = Slotted(1)
slotted.y = 2
try:
    slotted.z = 3
except AttributeError as error:
    print(error)
print(slotted.x + slotted.y)


class Temperature:
    def __init__(self, celsius):
        self._celsius = celsius

    @property
    def celsius(self):
        "Degrees."
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("too cold")
        self._celsius = value

    @celsius.deleter
    def celsius(self):
        print("reset")
        self._celsius = 0


t = Temperature(20)
t.celsius += 5
print(t.celsius)
del t.celsius
print(t.celsius)


class Typed:
    def __class_getitem__(cls, item):
        return f"{cls.__name__} of {item.__name__}"


print(Typed[int])
Made = type("Made", (Temperature,), {"unit": "C", "show": lambda self: f"{self.celsius}{self.unit}"})
print(Made(3).show(), Made.__name__, isinstance(Made(1), Temperature))


class Vector:
    def __init__(self, *parts):
        self.parts = list(parts)

    def __repr__(self):
        return f"Vector{tuple(self.parts)}"

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.parts, other.parts)))

    def __iadd__(self, other):
        self.parts = [a + b for a, b in zip(self.parts, other.parts)]
        return self

    def __mul__(self, factor):
        return Vector(*(a * factor for a in self.parts))

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.parts, other.parts))

    def __neg__(self):
        return self * -1

    def __abs__(self):
        return sum(a * a for a in self.parts) ** 0.5

    def __bool__(self):
        return any(self.parts)

    def __len__(self):
        return len(self.parts)

    def __contains__(self, part):
        return part in self.parts

    def __reversed__(self):
        return reversed(self.parts)

    def __format__(self, spec):
        return "<" + ", ".join(format(part, spec) for part in self.parts) + ">"

    def __getitem__(self, index):
        return self.parts[index]

    def __setitem__(self, index, value):
        self.parts[index] = value

    def __delitem__(self, index):
        del self.parts[index]

    def __int__(self):
        return int(abs(self))

    def __float__(self):
        return float(abs(self))

    def __index__(self):
        return len(self.parts)

    def __round__(self, digits=0):
        return Vector(*(round(part, digits) for part in self.parts))

    def __divmod__(self, n):
        return (Vector(*(p // n for p in self.parts)), Vector(*(p % n for p in self.parts)))

    def __invert__(self):
        return Vector(*reversed(self.parts))

    def __call__(self, i):
        return self.parts[i]

    def __rsub__(self, n):
        return Vector(*(n - p for p in self.parts))

    def __pow__(self, n):
        return Vector(*(p ** n for p in self.parts))

    def __lshift__(self, n):
        self.parts.append(n)
        return self


v = Vector(3, 4)
w = v
w += Vector(1, 1)
print(v, w is v, v + v, 2 * v, v * 2, v @ v, -v, abs(Vector(3, 4)), bool(Vector(0)), len(v), 4 in v, list(reversed(v)))
print(f"{v:.1f} {v}", v[0], v[-1:], int(v), float(Vector(3, 4)), [0, 1, 2, 3][v], round(Vector(1.26), 1), divmod(v, 2), ~v, v(1), 10 - v, v ** 2)
v[0] = 9
del v[1]
v << 5 << 6
print(v, [*v])
