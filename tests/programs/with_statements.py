# with: several managers, parentheses, targets, exceptions that are suppressed or replaced.
class Manager:
    def __init__(self, name, suppress=False):
        self.name = name
        self.suppress = suppress

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, error, trace):
        print("exit", self.name, kind and kind.__name__, error)
        return self.suppress


with Manager("a") as a, Manager("b") as b:
    print(a, b)

with (
    Manager("c") as c,
    Manager("d"),
):
    print(c)

with Manager("outer", suppress=True):
    with Manager("inner"):
        raise ValueError("lost")
print("goes on")


def early():
    with Manager("returning"):
        return "value"


print(early())
for i in range(3):
    with Manager(f"loop{i}"):
        if i == 0:
            continue
        break
try:
    with Manager("failing"):
        1 / 0
except ZeroDivisionError as error:
    print("caught", error)
names = {}
with Manager("key") as names["k"]:
    print(names)


class Broken(Manager):
    def __exit__(self, *details):
        raise RuntimeError("exit failed")


try:
    with Broken("broken"):
        raise KeyError("first")
except RuntimeError as error:
    print(error, repr(error.__context__))
try:
    with 5:
        pass
except TypeError as error:
    print(error)
