"""functools: caches, keys from comparisons, partial functions."""
from functools import cache, cmp_to_key, lru_cache, partial, reduce, wraps


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


@lru_cache(maxsize=2)
def square(number):
    print("computing", number)
    return number * number


@lru_cache
def greet(name, greeting="hello"):
    return f"{greeting} {name}"


@cache
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


class Shop:
    def __init__(self):
        self.asked = 0

    @lru_cache(maxsize=None)
    def price(self, item):
        self.asked += 1
        return len(item)


print(square(2), square(3), square(2), square(4), square(3), square.cache_info())
square.cache_clear()
print(square.cache_info(), square(2), square.cache_info().misses, square.__name__, square.__wrapped__(5))
print(greet("a"), greet("a"), greet("a", greeting="bye"), greet(name="a"), greet.cache_info())
print(fibonacci(80), fibonacci.cache_info())
shop = Shop()
print(shop.price("tea"), shop.price("tea"), shop.asked, Shop.price.cache_info())
attempt(square, [])
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), sorted(["bb", "a", "cc"], key=cmp_to_key(lambda a, b: len(a) - len(b) or (a > b) - (a < b))), max([1, 5, 2], key=cmp_to_key(lambda a, b: a - b)))
print(reduce(lambda a, b: a + b, [[1], [2]]), reduce(max, [3, 9, 4]), reduce(lambda a, b: a * b, [], 7))
attempt(reduce, max, [])
power = partial(pow, 2)
double = partial(lambda a, b=1, *, c=0: (a, b, c), b=2)
print(power(5), double(1), double(1, b=3), double(1, c=5), partial(double, c=7)(3), partial(print, "x", sep="-", end=";\n")("y"))


def noted(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        """Not this."""
        return function(*args, **kwargs)

    return wrapper


@noted
def named(a):
    return a


print(named.__name__, named(3), callable(square), callable(power))
