# What names are bound, and when; dotted names are values.
import asyncio


class Color:
    RED = 1
    GREEN = 2


def color(value):
    match value:
        case Color.RED:
            return "red"
        case Color.GREEN:
            return "green"
        case other:
            return f"unknown {other}"


print(color(1), color(2), color(3))

# Names of a pattern that fails are not bound, those of one whose guard fails are.
match [1, 2]:
    case [a, 3]:
        print("never")
    case [b, c] if c > 5:
        print("never")
    case _:
        print("fallen through", b, c)

try:
    print(a)
except NameError as error:
    print(error)

match [1, [2, 3]]:
    case [int() as whole, [_, _] as pair] as everything:
        print(whole, pair, everything)

match ("right", 5):
    case ("left", distance) | (distance, "left"):
        print("left", distance)
    case ("right", distance) | (distance, "right"):
        print("right", distance)


def closure(value):
    match value:
        case [first, *rest]:
            return lambda: (first, rest)


print(closure([1, 2, 3])())

# match, case and _ are names elsewhere.
match = {"case": 1}
case = match["case"]
_ = "underscore"
print(match, case, _)


async def worker(queue):
    while True:
        match await queue.get():
            case ("add", a, b):
                print("sum", a + b)
            case ("wait", seconds):
                await asyncio.sleep(seconds)
                print("waited", seconds)
            case "stop":
                return "stopped"
            case unknown:
                print("ignored", unknown)


async def main():
    queue = asyncio.Queue()
    for job in [("add", 1, 2), ("wait", 0.5), 17, "stop"]:
        await queue.put(job)
    print(await worker(queue))


asyncio.run(main())


def loop(values):
    for value in values:
        match value:
            case None:
                continue
            case "end":
                break
            case text:
                print("seen", text)
    else:
        print("no end")


loop(["a", None, "b", "end", "c"])
loop(["a", None])
