name, number, ratio = "lock", 42, 2 / 3
print(f"{name} {number:5d}|{number:<5}|{number:^7}|{ratio:.3f}|{ratio:8.2%}|{number:#x}|{number:08b}|{1234567:,}")
print(f"{name!r} {name!s:>8} {number=} {ratio = :.2f} {{literal}} {'nested ' + name}")
print("{} {1}".format(1, 2) if False else "{0} {1} {0}".format("a", "b"), "{:>4}|{name}".format(7, name=name))
print("%s waits %d times for %.2f s (%5s|%-5s)" % ("worker", 3, 1.5, "a", "b"), "%r" % name)
print("a,b,c".split(","), "  x y  ".split(), "-".join(["1", "2"]), " x ".strip(), "xxabxx".strip("x"))
print("Hello".upper(), "Hello".lower(), "hello world".title(), "hello".capitalize(), "abc".replace("b", "X"))
print("hello".find("l"), "hello".count("l"), "abc".startswith("ab"), "abc".endswith(("x", "c")), "7".zfill(3))
print("ab" * 3, "b" in "abc", "abc"[1], "abcdef"[1:4], "abcdef"[::-1], "abcdef"[-2:], "x".center(5, "*"))
print(repr("it's"), repr('say "hi"'), repr("tab\tnewline\n"), "é", repr("é\x00"), len("naïve"))
for letter in "héy":
    print(letter, ord(letter), end=" ")
print(chr(97), "one" "two", sep="|", end="!\n")
print("{:{width}.{digits}f}".format(3.14159, width=10, digits=2), f"{3.14159:{10}.{3}}")
try:
    "{:d}".format("x")
except ValueError as error:
    print(error)
