# and, or, not and conditional expressions give operands, not booleans.
def say(value):
    print("asked", repr(value))
    return value


print(say(0) or say("") or say("last"))
print(say(1) and say([]) and say("never"))
print(say(0) and say(1) or say(2))
print(not say([]), not not "x", not None)
print("yes" if say(3) > 2 else "no", 1 if 0 else 2 if 0 else 3)
print([] or {} or () or "" or 0 or None)
print(1 and 2 and 3, 1 and 0 and 3, None or 0, None and 0)
print((lambda: 1)() if True else undefined)
value = None
value = value or "default"
print(value, value and value.upper())
print(True + True, True and 2, False or False, bool("False"), bool(0.0), bool([0]))
