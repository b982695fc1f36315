# Stars in displays, and what they take.
letters, pairs = "ab", {"x": 1}
print([*letters, *range(3), 9], (*letters,), {*letters, "a", *[1, 1.0]} == {"a", "b", 1})
print({**pairs, "y": 2, **{"x": 3}}, {"x": 0, **pairs}, [*[*[1, 2], 3], *()], [*{}], {**{}})
print((*[1], *(2, 3)), [*(n for n in range(3))], [*{"k": 1, "l": 2}.items()])
first = *"xy", "z"
print(first)


def several():
    return *letters, "end"


print(several())
for item in *letters, "c":
    print(item, end=" ")
print()
for wrong in [lambda: [*5], lambda: {**[1]}, lambda: {*None}]:
    try:
        wrong()
    except TypeError as error:
        print("TypeError:", error)
