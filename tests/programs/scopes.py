# global, nonlocal, closures, and names that are not bound yet.
counter = 0


def count():
    global counter, made_here
    counter += 1
    made_here = "global"


count(), count()
print(counter, made_here)


def outer():
    value = 1

    def inner():
        nonlocal value
        value += 1

        def innermost():
            nonlocal value
            value *= 10
            return value

        return innermost()

    return inner(), value


print(outer())


def account():
    balance = 0

    def deposit(amount):
        nonlocal balance
        balance += amount
        return balance

    return deposit, lambda: balance


deposit, balance = account()
deposit(5), deposit(7)
print(balance())


def too_early():
    print(counter)
    counter = 1


def unbound_free():
    def use():
        return later

    try:
        use()
    except NameError as error:
        print(type(error).__name__, error)
    later = 1
    return use()


try:
    too_early()
except UnboundLocalError as error:
    print(error)
print(unbound_free())


def deleted():
    x = 1
    del x
    try:
        return x
    except UnboundLocalError as error:
        return str(error)


print(deleted())
try:
    missing
except NameError as error:
    print(error)

x = "module"


class Scope:
    x = "class"
    seen = x

    def method(self):
        return x


print(Scope.seen, Scope().method())


def conditional(flag):
    if flag:
        result = "bound"
    return result


print(conditional(True))
try:
    conditional(False)
except UnboundLocalError as error:
    print(error)
for leaked in range(3):
    pass
print(leaked, [leaked for leaked in "ab"], leaked)
try:
    raise ValueError("gone")
except ValueError as error:
    pass
try:
    error
except NameError as other:
    print(other)
