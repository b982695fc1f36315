# Mapping patterns: keys, the rest, nesting, and keys that are there or not.

def event(message):
    match message:
        case {"type": "click", "at": (x, y)}:
            return f"click at {x}, {y}"
        case {"type": "key", "key": str(key), **rest} if not rest:
            return f"key {key}"
        case {"type": "key", "key": key, **rest}:
            return f"key {key} with {rest}"
        case {"user": {"name": name, "tags": [first, *_]}}:
            return f"user {name}, {first} first"
        case {1: one, None: nothing}:
            return f"keys of other types: {one} {nothing}"
        case {"type": kind}:
            return f"unknown {kind}"
        case {}:
            return "some mapping"
        case _:
            return "no mapping"


for message in [
    {"type": "click", "at": (3, 4)},
    {"type": "click", "at": 3},
    {"type": "key", "key": "a"},
    {"type": "key", "key": "a", "shift": True, "alt": False},
    {"type": "key", "key": 5},
    {"user": {"name": "ann", "tags": ["x", "y"]}},
    {"user": {"name": "ann", "tags": []}},
    {1: "uno", None: "nada", 2: "due"},
    {},
    [("type", "click")],
]:
    print(event(message))

original = {"a": 1, "b": 2, "c": 3}
match original:
    case {"a": first, **rest}:
        rest["d"] = 4
        print(first, rest, original)
