# Chained comparisons evaluate every operand once, and stop early.
def say(value):
    print("evaluated", value)
    return value


print(1 < say(2) < 3)
print(3 < say(2) < say(1))
print(1 < 2 > 1 == 1 != 0, 1 == 1.0 == True, 5 > 3 > 4)
print(1 in [1] == True, 1 < 2 in [2, 3], None is None is not True)
print("a" < "b" <= "b" < "c", [1] < [1, 2] < [2], (1, 2) < (1, 3) != (1, 4))
print(not 1 < 2 < 3, (1 < 2) < 3, 1 < (2 < 3))
x = 5
print(0 <= x < 10, 0 <= x - 10 < 10, x == 5 in (5, 6))
print(1 if 0 < x < 10 else 2, [n for n in range(10) if 2 <= n < 5 or n == 8])
print("in" in "string" in ["string"], 3 not in [1, 2] and 1 not in [2])
