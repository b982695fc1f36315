print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, 2 ** -1, 7 / 2, 1 << 5, 255 >> 3, 6 & 3, 6 | 3, 6 ^ 3, ~5)
print(7.5 // 2, -7.5 % 2, 1e16, 1e-5, 0.1 + 0.2, 3.0, -0.0, float("inf"), 1.5e300 * 1e10)
print(True + 1, True & False, not 0, 3 == 3.0, 1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2 != 5)
print(round(2.5), round(3.5), round(2.675, 2), abs(-3), divmod(17, 5), divmod(-17, 5), pow(2, 8))
print(min(3, 1, 2), max([4, 9, 2]), sum([1, 2, 3]), sum([0.5] * 4), min("b", "a", key=ord), max([], default=7))
print(int("42"), int(3.9), int("ff", 16), float("2.5"), str(12), bool(""), bool([0]))
x = 5
x += 2; x *= 3; x -= 1; x //= 2; x **= 2; x %= 7
print(x)
for expression in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1.0 % 0, lambda: "a" + 1, lambda: 1 + "a", lambda: [] + (), lambda: -"a", lambda: 1 < "a", lambda: int("x"), lambda: float("y"), lambda: len(5)):
    try:
        expression()
    except Exception as error:
        print(type(error).__name__, error)
