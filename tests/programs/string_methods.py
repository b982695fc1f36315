"""Methods of strings."""


def attempt(function, *arguments):
    try:
        print(repr(function(*arguments)))
    except Exception as error:
        print(type(error).__name__, error)


print("a,b,,c".split(","), "  a  b ".split(), "a b c d".split(" ", 2), "a b c".split(maxsplit=1), "".split(), "".split(","))
print("a,b,c".rsplit(",", 1), " a b  c ".rsplit(None, 1), "a b".rsplit(), "abc".rsplit(",", 2), ",a".rsplit(",", 1))
print("one\ntwo\r\nthree\n".splitlines(), "a\nb".splitlines(keepends=True), "".splitlines())
print("key=value=x".partition("="), "key=value=x".rpartition("="), "none".partition("-"), "none".rpartition("-"))
print("  x ".strip(), "xxaxx".strip("x"), "  l".lstrip(), "r  ".rstrip(), "abcba".strip("ab"))
print("Hello".upper(), "Hello".lower(), "hello world".title(), "hELLO".capitalize(), "Hello".swapcase(), "Straße".casefold())
print("hello".startswith("he"), "hello".endswith(("lo", "x")), "hello".startswith("l", 2), "hello".endswith("l", 0, 4))
print("prefix-name".removeprefix("prefix-"), "file.py".removesuffix(".py"), "x".removeprefix("y"))
print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "aaa".replace("", "-"), "banana".count("an"), "banana".count("a", 2))
print("banana".find("n"), "banana".rfind("n"), "banana".find("x"), "banana".find("a", 2, 4), "banana".index("na"), "banana".rindex("na"))
attempt("banana".index, "x")
attempt("a".split, "")
print("x".ljust(4, ".") + "|", "x".rjust(4) + "|", "x".center(5, "*"), "ab".center(5), "42".zfill(5), "-42".zfill(5))
print("123".isdigit(), "12a".isdigit(), "abc".isalpha(), "abc1".isalnum(), " \t".isspace(), "".isalpha(), "ABC".isupper(), "abc1".islower())
print("Hello World".istitle(), "name_1".isidentifier(), "1name".isidentifier(), "abc".isascii(), "é".isascii(), "a\n".isprintable(), "12".isdecimal(), "5".isnumeric())
print("a\tb\tc".expandtabs(4), "-".join(["a", "b"]), ", ".join(str(n) for n in range(3)), "ab" * 3, "b" in "abc")
print("hello".translate(str.maketrans("el", "ip")), "hello".translate(str.maketrans({"h": "J", "o": None})), "a-b".translate(str.maketrans("", "", "-")))
print("{} and {}".format(1, 2), "{1} {0}".format("a", "b"), "{name:>5}".format(name="x"), "{0[1]} {0[0]}".format([1, 2]), "{:,}".format(12345))
print("{name} {age}".format_map({"name": "Ann", "age": 3}), "%s is %d (%.1f%%)" % ("x", 3, 2.55), "%5s|%-5s|%05d" % ("a", "b", 42), "%r" % "q")
print("%(a)s-%(b)03d" % {"a": "x", "b": 7}, "%x %X %o %e" % (255, 255, 8, 1234.5), "%s" % [1], "%%", "%+d % d" % (3, 4), "%*d" % (4, 7))
attempt(lambda: "%d" % "x")
attempt(lambda: "%s %s" % ("a",))
attempt(lambda: "%s" % ("a", "b"))
attempt(lambda: ",".join([1]))
attempt(lambda: "a" + 1)
print(sorted("The quick brown fox".split(), key=str.casefold), list(map(str.upper, "ab")), str.join("+", "xyz"))
print("abc"[::-1], "abcdef"[1:4], "abc"[-1], len("naïve"), "abc" < "abd", "Z" < "a", max("hello"), min("hello"))
