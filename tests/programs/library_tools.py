"""functools, contextlib, itertools, collections, operator and others, in the forms that programs use."""
import contextlib
import functools
import itertools
import operator
import string
from collections import ChainMap, Counter, OrderedDict, deque
from datetime import date, datetime, timedelta


@functools.singledispatch
def show(value):
    return f"something: {value}"


@show.register
def _(value: int):
    return f"number {value}"


@show.register(list)
def _(value):
    return f"{len(value)} items"


@show.register(str)
def show_text(value):
    return f"text {value!r}"


print(show(1), show([1, 2]), show("x"), show(2.5), show(True), show_text("direct"))


class Shape:
    def set(self, kind, **options):
        return kind, options

    circle = functools.partialmethod(set, "circle", colour="red")

    @functools.cached_property
    def area(self):
        print("computing area")
        return 12

    @functools.singledispatchmethod
    def scale(self, by):
        return "no"

    @scale.register(int)
    def _(self, by):
        return f"by {by}"


shape = Shape()
print(shape.circle(), shape.circle(size=2), shape.area, shape.area, shape.scale(3), shape.scale("x"))
print(functools.reduce(operator.mul, range(1, 6)), functools.reduce(lambda a, b: a + b, ["x", "y"], ">"))
print(sorted(["bb", "a", "ccc"], key=functools.cmp_to_key(lambda a, b: len(b) - len(a))))


@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(60), fib.cache_info())


def logged(function=None, *, prefix="->"):
    if function is None:
        return functools.partial(logged, prefix=prefix)

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(prefix, function.__name__, args, kwargs)
        return function(*args, **kwargs)

    return wrapper


@logged
def plain(a, b=2):
    "Adds."
    return a + b


@logged(prefix="==>")
def fancy(a):
    return a


print(plain(1, b=5), fancy(3), plain.__name__, plain.__doc__, plain.__wrapped__(1))

m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], dict(m), list(m), len(m), "b" in m, m.get("z", 0), m.maps)
child = m.new_child({"b": 9})
child["c"] = 4
print(child["b"], child.maps[0], child.parents["b"])
c = Counter(a=3, b=1)
c.subtract("aab")
print(c, +c, -c, c.most_common(), Counter("aab") & Counter("abb"), Counter("aab") | Counter("abb"), sorted(Counter("ab").elements()))
d = OrderedDict(a=1, b=2)
d.move_to_end("a")
print(d, d.popitem(last=False), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {"a": 1})
q = deque(range(5), maxlen=5)
q.rotate(2)
q.appendleft(9)
print(q, q.maxlen)

print(list(itertools.accumulate([1, 2, 3], operator.mul)), list(itertools.batched("abcde", 2)), list(itertools.chain.from_iterable(["ab", "c"])))
print([(k, list(g)) for k, g in itertools.groupby("aabbc")], list(itertools.pairwise([1, 2, 3])), list(itertools.zip_longest("ab", "c", fillvalue="-")))
print(list(itertools.islice(itertools.count(10, 5), 3)), list(itertools.takewhile(lambda x: x < 3, range(9))), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
print(list(itertools.product("ab", repeat=2))[:3], list(itertools.combinations("abc", 2)), list(itertools.permutations("abc", 2))[:2], list(itertools.compress("abc", [1, 0, 1])))
print(operator.itemgetter(1, 0)("ab"), operator.attrgetter("real")(3), operator.methodcaller("upper")("x"))

with contextlib.suppress(KeyError, ValueError):
    {}["x"]


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")


with tag("b") as b, tag("i"):
    print(b)


@tag("p")
def paragraph():
    print("text")


paragraph()
with contextlib.ExitStack() as stack:
    stack.callback(print, "last")
    print([stack.enter_context(tag(n)) for n in "xy"])


class Timer(contextlib.ContextDecorator):
    def __enter__(self):
        print("start")
        return self

    def __exit__(self, *error):
        print("stop")
        return False


@Timer()
def timed():
    print("work")


timed()
print(string.ascii_lowercase[:3], string.capwords("a bc"))
when = datetime(2024, 2, 28, 22, 30)
print(when + timedelta(days=1, hours=3), (datetime(2024, 3, 1) - when), when.isoformat(), when.strftime("%Y-%m-%d %H:%M:%S %A %j"), datetime.strptime("2024-05-06 07:08", "%Y-%m-%d %H:%M"))
print(timedelta(seconds=3661), timedelta(days=2).total_seconds(), timedelta(minutes=90) / 2, timedelta(1) > timedelta(hours=23), date(2024, 12, 25).weekday(), when.replace(hour=1), when.date() < date(2025, 1, 1))
