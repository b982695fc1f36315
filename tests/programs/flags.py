"""Flags: combinations of members, and what they consist of."""
from enum import Flag, IntFlag, auto


class Permission(Flag):
    READ = auto()
    WRITE = auto()
    EXECUTE = auto()
    BOTH = READ | WRITE


p = Permission.READ | Permission.EXECUTE
print(p, repr(p), p.value, p.name)
print(Permission.READ in p, Permission.WRITE in p, bool(p & Permission.WRITE), p & Permission.READ)
print(list(p), len(p), list(Permission), Permission.BOTH, list(Permission.BOTH))
print(p ^ Permission.READ, ~p, ~Permission.READ, Permission(0), repr(Permission(0)), Permission(3), Permission(5))
print(p == Permission.EXECUTE | Permission.READ, p is Permission(5), {p: 1}[Permission(5)])
p |= Permission.WRITE
print(p, p == ~Permission(0))
try:
    Permission(16)
except ValueError as error:
    print("ValueError")
try:
    Permission.READ | 2
except TypeError as error:
    print("TypeError", error)


class Mode(IntFlag):
    R = 4
    W = 2
    X = 1


m = Mode.R | Mode.W
print(m, repr(m), m + 1, m == 6, m & 4, Mode.R | 1, Mode(7), Mode.X in m, isinstance(m, int))
print(f"{m}", f"{m:#x}", [mode.name for mode in Mode])
