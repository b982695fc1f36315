# f-strings: nested specifications, =, conversions, quotes within, expressions of all kinds.
name, width, precision, value = "Ann", 10, 3, 3.14159
print(f"{name}|{name:>{width}}|{name:*^{width}}|{name!r:>{width}}|{value:{width}.{precision}f}|{value:{'>' + '8'}}")
print(f"{value=}", f"{value = }", f"{name=!s}", f"{value=:.2f}", f"{1 + 1=}", f"{name=}")
print(f"{'nested ' + f'{name + f"{1}"}'}", f"{"same quotes"}", f'{'x'}', f"{name[-1:]}")
print(f"{{}} {{{name}}} {{{{", f"{ {'a': 1}['a'] }", f"{ {1, 2} }", f"{[i for i in range(3)]}", f"{(lambda x: x * 2)(4)}")
print(f"{name.upper()!r}", f"{len(name):03d}", f"{-5:+d}", f"{5:+}", f"{1e6:,.1f}", f"{255:#x}", f"{0.256:.1%}")
print(f"{True}", f"{None}", f"{None!r:>6}", f"{'é'!a}", f"{True:d}", f"{True:>6}", f"{3:c}" == "\x03", f"{65:c}")
print(f"a" "b" f"{1}" 'c' rf"\n{2}", f"\t{1}\x41\u00e9", fr"{name}\d")
print(f"""multi
{name}
line""", f"{
    name
}")
print(f"{name if value > 3 else None}", f"{value:.0f}", f"{width!s:>5}", f"{(x := 5)} {x}")
print(f"{'a' 'b'}", f"{[1, 2][0]}", f"{name!s:.2}", f"{'tab\tin'}", f"{"\n".join(["a", "b"])}")


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __format__(self, spec):
        return f"<{self.amount} as {spec!r}>"

    def __repr__(self):
        return "Money()"


print(f"{Money(5)} {Money(5):abc} {Money(5)!r} {Money(5)!s:>9} {Money(5)=} {Money(5):{width}}")
for wrong in [lambda: f"{name:d}", lambda: f"{value:s}", lambda: f"{1:.2d}", lambda: f"{[]:>3}", lambda: f"{name:Q}"]:
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
