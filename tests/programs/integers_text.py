# Whole numbers to and from text.
big = 2**100
print(str(big), repr(-big), f"{big}", f"{big:,}", f"{-big:_}", f"{big:x}", f"{big:#X}", f"{big:_b}")
print(f"{big:>40}|{big:<40}|{big:^40}|{big:+}|{big:040d}|{big:o}")
print(f"{big:e}", f"{big:.3f}", f"{big:g}", f"{2**64:,.2f}", f"{12345678901234567890:_d}")
print("%d" % big, "%x" % big, "%30d|" % big, "{:,}".format(big))
print(bin(big), hex(-big), oct(big), bin(-5), hex(255), oct(8))
print(int("123456789012345678901234567890"), int("-1_000"), int("  42\n"), int("+7"), int("0"))
print(int("ff", 16), int("0xff", 16), int("0xff", 0), int("0b101", 0), int("z", 36), int("777", 8), int("-0x1_f", 0))
print(int("123456789abcdef0123456789", 16), int("1" * 100, 2))
print(int(3.99), int(-3.99), int(True), int(), int("12", base=5))
for text, base in [("a", 10), ("", 10), ("1__0", 10), ("_1", 10), ("12", 2), ("0x1f", 10), ("1.5", 10), ("- 1", 10)]:
    try:
        print(int(text, base))
    except ValueError as error:
        print("ValueError:", error)
for wrong in [lambda: int("1", 1), lambda: int("1", 37), lambda: int(None), lambda: int([]), lambda: int(3, 10),
              lambda: int(float("inf")), lambda: int(float("nan")), lambda: str(10**5000), lambda: int("9" * 5000),
              lambda: f"{10**5000}", lambda: repr([10**5000])]:
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
print(len(str(10**4299)), len(hex(10**5000)), int("9" * 4300) + 1 == 10**4300)
