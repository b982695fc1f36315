"""math."""
import math


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


print(math.pi, math.e, math.tau, math.inf, math.nan, -math.inf)
print(math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.floor(5))
print(math.sqrt(2), math.sqrt(16), math.isqrt(17), math.fabs(-3), math.pow(2, 0.5), math.hypot(3, 4))
print(math.exp(1), math.exp(-2.5), math.exp(0), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log(math.e), math.log2(10), math.log10(2))
print(math.sin(1), math.cos(1), math.degrees(math.pi), math.radians(180), math.sin(0), math.cos(math.pi))
print(math.factorial(10), math.factorial(0), math.gcd(12, 18), math.gcd(), math.lcm(4, 6), math.lcm(9223372036854775807, 6), math.gcd(-2**70, 2**65 + 2**64), math.isqrt(10**40 + 1), math.isqrt(0), math.comb(10, 3), math.perm(5, 2), math.perm(4), math.comb(3, 5))
print(math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(3))
print(math.fsum([0.1] * 10), math.prod([2, 3, 4]), math.prod([], start=7), math.fmod(-7, 3), math.copysign(3, -0.0), math.modf(2.25), math.dist([0, 0], [3, 4]))
print(math.fsum([1e100, 1, -1e100]), math.fsum([]), sum([0.1, 0.2, 0.3]), math.floor(1e10), math.ceil(0.0))
attempt(math.sqrt, -1)
attempt(math.factorial, -1)
attempt(math.log, 0)
attempt(math.sqrt, "x")
attempt(math.exp, 1000)
attempt(math.floor, math.inf)
attempt(math.ceil, math.nan)
attempt(math.comb, -1, 2)
