# Several statements on a line, line continuations, comments, empty bodies.
a = 1; b = 2; print(a + b);
if a: print("one line")
else: print("never")
for i in range(2): print(i, end=","); print("x", end=" ")
print()
while a: a -= 1; b += 1
print(a, b)
def short(x): return x * 2
class Empty: ...
class Also: pass
print(short(4), Empty().__class__.__name__, Also.__name__)
try: 1 / 0
except ZeroDivisionError: print("caught")
finally: print("finally")
total = 1 + \
    2 + \
    3
print(total, (1 +
    # a comment within
    2))
if (a == 0 and
        b == 3):
    print("continued")
pass; pass
x = y = z = 0; x += 1; print(x, y, z)
lambda: print("never called")
"a string that is no docstring"
...
1, 2
print(*[n for n in range(3)
        if n  # odd ones and even ones
        ], sep="; ")
async def nothing(): ...
print(nothing.__name__)
