"""The format language: of f-strings, of format(), of str.format and of %."""
from datetime import datetime

n, x, s, width, precision = 1234567, 3.14159265, "text", 12, 3
print(f"{n:,} {n:_} {n:>12} {n:<12}| {n:^12}| {n:+d} {n:e} {n:#x} {n:#b} {n:o} {n:012d} {n:*^15}")
print(f"{x:.2f} {x:8.3f} {x:<8.1f}| {x:+.1e} {x:g} {x:.3g} {x:%} {x:.1%} {x:010.4f} {-x:08.2f} {1e20:,.0f} {1e-7:g}")
print(f"{s:>10} {s:<10}| {s:^10}| {s:.2} {s:-^12} {s!r:>10} {s!s} {s!a}")
print(f"{x:{width}.{precision}f} {s:{'*'}^{width}} {n:{','}} {x:{width}} {'nested ' + f'{n:>{width}}'}")
print(f"{n=} {x=:.2f} {s=} {s = !s:>8} {n + 1=} {len(s)=:>5}")
print(f"{{literal}} {'quo' 'ted'} {s.upper()} {[1, 2][0]} {({'a': 1})['a']} {(lambda v: v * 2)(3)} {n if n else 0}")
print(f"{True} {None} {True:d} {True:>6} {None!s:>6} {[1, 'a']} {(1,)} { {1: 2} }")
print(f'{datetime(2024, 5, 6, 7, 8):%Y-%m-%d %H:%M} {0.1 + 0.2} {1e16} {1e15} {float("inf")} {float("nan"):>6} {-0.0} {100.0:.0f} {2.5:.0f} {3.5:.0f}')
print("{} {} {}".format(1, "b", [3]), "{1} {0} {1}".format("a", "b"), "{name:>6} {0[1]} {obj[key]}".format([1, 2], name="n", obj={"key": "v"}))
print("{:{}} {:>{w}}|".format("x", 4, "y", w=3), "{0.real} {0!r}".format(5), "{:,.2f}".format(12345.678), "{:05d} {:x}".format(42, 255))
print("%d %s %r %5.2f %-6s| %05d %x %o %e %% %c %+d" % (1, "a", "b", x, "left", 42, 255, 8, 12345.678, "z", 5), "%(name)s is %(age)03d" % {"name": "Ada", "age": 36})
print("%s" % (1,), "%s %s" % ("a", [1]), "%*d" % (6, 42), "%.3s|" % "abcdef", "%10.3f|%-10d|" % (x, 7))
print(format(n, ","), format(x, ".3f"), format("a", ">3"), format(255, "#06x"), format(1.5), format(True), format([1]), format(-5, "03d"), format(12, "=+5d"))
print("a-b_c".replace("-", "+"), "x".center(5, "*"), "42".zfill(5), "-42".zfill(5), "ab".ljust(4, ".") + "|", "ab".rjust(4) + "|", "A b".swapcase(), "hello world".title())
print("a,b,,c".split(","), "  a b  ".split(), "a b c".split(maxsplit=1), "a\nb\r\nc".splitlines(), "k=v=w".partition("="), "k=v=w".rpartition("="), "abc".rsplit("b"))
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"), "abcabc".find("c"), "abcabc".rfind("c"), "abc".index("b"), "aXbX".count("X"), "abc".startswith(("x", "a")))
print("AbC".lower(), "ß".casefold(), "x1".isalnum(), "12".isdigit(), " ".isspace(), "Ab".istitle(), "ab".islower(), "name_1".isidentifier(), "héllo".encode(), "tab\tx".expandtabs(4))
print("{:>8}|{:^8}|{:<8}|".format("né", "日本", "ok"), f"{'é':*>3}", ascii("é"), repr("it's"), repr('say "hi"'), repr("both ' and \""), "\u00e9\x41\t|")
print(f"{'a' if True else 'b'!r} {n:>{width + 2}} {s[0]!r:^5} {'multi'
      } {n
      :,}")
for spec, value in [("d", 1.5), (".2f", "x"), ("z", 1), (",", "a"), ("s", 1), ("x", 1.0)]:
    try:
        print(format(value, spec))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    "{} {}".format(1)
except IndexError as error:
    print(error)
try:
    "%d" % "x"
except TypeError as error:
    print(error)
