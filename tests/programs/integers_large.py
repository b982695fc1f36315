# Whole numbers beyond 64 bits: operators, comparisons, conversions.
import asyncio

big = 2**64
print(big, -big, big + 1, big - 1, big * big, big // 3, big % 3, -big // 3, -big % 3)
print(9223372036854775807 + 1, -9223372036854775808 - 1, (9223372036854775807 + 1) - 1)
print(3037000500 * 3037000500, -(-9223372036854775808), abs(-9223372036854775808))
print(123456789012345678901234567890, 0xFFFF_FFFF_FFFF_FFFF_FF, 0o7777777777777777777777777, 0b1 << 70)
print(10**30 // 10**20, 10**30 % (10**20 + 1), divmod(10**30, -(10**15) - 1), divmod(-(10**30), 7))
print(7**100, (-7) ** 33, 0**0, (10**20) ** -1, 2**-1)
print(2**200 >> 190, -(2**200) >> 190, 1 << 100, -1 << 70, 5 >> 100, -5 >> 100)
print(2**70 & 2**70 - 1, 2**70 | 1, 2**70 ^ -1, -(2**70) & 0xFF, ~(2**70), 2**64 | -(2**65))
print(10**400 / 10**399, 2**1000 / 3**600, 1 / 10**30, 9007199254740993 / 1, -(10**25) / 7)
print(float(2**70), float(2**53 + 1), int(1e30), int(-1.5e20), 2**70 * 1.5, 10**18 + 0.5)
print(2**53 + 1 == float(2**53 + 1), 2**53 + 1 > float(2**53 + 1), 2**70 == float(2**70), 10**400 > 1e308)
print(10**400 < float("inf"), -(10**400) > float("-inf"), 10**400 == float("nan"), 2**64 < 2**64 + 1)
print({1: "int", 1.0: "float", True: "bool"}, {2**70, float(2**70)}, 2**70 in {float(2**70): 0})
print(sorted([2**70, -(2**70), 1.5, True, 0, 2**70 - 1]), max(2**70, 1e30), min(1, -(2**80)))
print(sum(range(10**5)) ** 3, sum([2**63, 2**63]), bool(2**70), not 2**70)
print(pow(3, 1000, 10**20), pow(3, -1, 11), pow(-2, 101, 10**18 + 9), pow(5, 3, -7))
print(round(10**25 + 5, -1), round(12345, -2), round(25, -1), round(35, -1), round(-15, -1), round(5, -3))
print(isinstance(2**70, int), type(2**70), (2**70).bit_length(), (2**70 - 1).bit_count(), (2**70).__class__)
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (3).as_integer_ratio(), (7).is_integer())
print((0.1).as_integer_ratio(), (-2.75).as_integer_ratio(), (1e20).as_integer_ratio(), (2.0).is_integer())
print((5).real, (5).imag, (5).numerator, (5).denominator, (True).real, (2.5).real)
print([1, 2, 3][: 2**70], [1, 2, 3][-(2**70) :], "abc"[:: 2**70])


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


print(factorial(40), factorial(100) % 10**25)


async def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
        await asyncio.sleep(0)


async def main():
    async for number in fibonacci():
        if number > 10**25:
            print(number)
            break


asyncio.run(main())
