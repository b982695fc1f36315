def greet(name, greeting="hello", *others, punctuation="!", **extra):
    return f"{greeting} {name}{punctuation} {others} {extra}"

print(greet("a")); print(greet("a", "hi", 1, 2, punctuation="?", x=1)); print(greet(*["b", "yo"], **{"z": 2}))

def counter():
    count = 0
    def increment(by=1):
        nonlocal count
        count += by
        return count
    return increment

one, two = counter(), counter()
print(one(), one(5), two(), one())
total = 0
def add(n):
    global total
    total += n
add(3); add(4); print(total)
print((lambda x, y=2: x * y)(5), [f() for f in [lambda i=i: i for i in range(3)]], [f() for f in [lambda: i for i in range(3)]])

def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
print(fibonacci(15))

def numbers(limit):
    n = 0
    while n < limit:
        yield n
        n += 1
    yield from "ab"
print(list(numbers(3)), sum(n for n in numbers(0) if isinstance(n, int)), [n for n in numbers(2)])
generator = numbers(1)
print(next(generator), next(generator), next(generator), next(generator, "end"))

def decorate(function):
    def wrapper(*args):
        return ["decorated", function(*args)]
    return wrapper

@decorate
def double(x):
    return x * 2
print(double(4))
def wrong():
    return undefined_name
for call in (lambda: greet(), lambda: double.missing, lambda: counter(1), lambda: add(), lambda: greet("a", name=1), lambda: wrong(), lambda: 5(), lambda: one(bad=1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
def early():
    print(value)
    value = 1
try:
    early()
except UnboundLocalError as error:
    print(error)
if (n := len("four")) > 3:
    print(n)
