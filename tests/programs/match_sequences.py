# Sequence patterns: lengths, stars, nesting, and what is no sequence.

def look(value):
    match value:
        case []:
            return "empty"
        case [one]:
            return f"one: {one}"
        case ["move", x, y]:
            return f"move to {x}, {y}"
        case [first, second]:
            return f"two: {first} and {second}"
        case (("nested", inner), *rest):
            return f"nested {inner}, then {rest}"
        case [first, *_, last] if first == last:
            return f"framed by {first}"
        case [first, *middle, last]:
            return f"{first} .. {middle} .. {last}"
        case _:
            return "no sequence"


for value in [[], (), [1], (1, 2), ["move", 3, 4], [("nested", "x"), 1, 2], [1, 2, 3, 1], (1, 2, 3), range(5),
              "abc", {1: 2}, {1, 2, 3}, 7, [[1, 2], 3, 4]]:
    print(value, "->", look(value))


def command(text):
    match text.split():
        case ["go", ("north" | "south") as direction]:
            return f"going {direction}"
        case ["go", *directions]:
            return f"cannot go {' '.join(directions)}"
        case ["get", item] | ["pick", "up", item] | ["pick", item, "up"]:
            return f"you have the {item}"
        case [verb, *objects]:
            return f"{verb} what? {objects}"
        case []:
            return "say something"


for text in ["go north", "go up", "go far away", "get lamp", "pick up lamp", "pick lamp up", "sing", ""]:
    print(command(text))

match 1, 2:
    case a, b:
        print(a, b)

match *[1, 2], 3:
    case *all_but_last, last:
        print(all_but_last, last)
