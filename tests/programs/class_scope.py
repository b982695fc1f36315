# A name in the body of a class is that of the class, or else the global one.
size = 3
name = "outer"


class Box:
    size = size + 1
    len = len
    double = size * 2

    def name(self):
        return name

    label = name.__name__


print(Box.size, size, Box.double, Box.len("four"), Box().name(), Box.label)


def function():
    size = 10

    class Inner:
        size = size

    return Inner.size, size


print(function())


class Deleted:
    size = 5
    del size
    left = size


print(Deleted.left)

try:
    class Early:
        nothing = nothing
except NameError as error:
    print(type(error).__name__, error)


class Namespace:
    class Box(Box):
        size = 7

    box = Box


print(Namespace.Box.size, Namespace.box is Namespace.Box, Namespace.Box.__mro__[1] is Box)
