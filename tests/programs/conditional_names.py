# Names that builtins have can be taken, and given back.
print(len("abc"))
len = lambda value: "mine"
print(len("abc"))
del len
print(len("abc"))


def shadow():
    list = [1, 2]
    str = "text"
    return list, str


print(shadow(), list("ab"), str(5))


def sum(values):
    return "my sum"


print(sum([1]))
id = 7
print(id)


class type:
    pass


print(type().__class__.__name__)
for max in range(2):
    pass
print(max)
