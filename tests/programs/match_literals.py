# Literals, alternatives, wildcards and guards.

def describe(value):
    match value:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case -1:
            return "minus one"
        case 2.5:
            return "a half more"
        case "yes" | "y":
            return "agreed"
        case b"raw":
            return "bytes"
        case None:
            return "nothing"
        case True:
            return "truth"
        case False:
            return "falsehood"
        case int() if value > 100:
            return "large"
        case int() | float():
            return "a number"
        case _:
            return "something else"


for value in [0, 1, 3, -1, 2.5, 2.0, "yes", "y", "no", None, True, False, 101, 50, 0.5, [], b"raw", 10**30]:
    print(repr(value), "->", describe(value))


def without_default(value):
    match value:
        case "a":
            print("only a")
    print("after", value)


without_default("a")
without_default("b")

match "implicit" "ly joined":
    case "implicitly joined":
        print("joined")
