# bytes: literals, indexing, slicing, operators, comparison.
data = b"hello world"
print(data, len(data), data[0], data[-1], data[:5], data[6:], data[::-1], data[1:9:3])
print(b"a" + b"b", b"ab" * 3, 2 * b"-", b"lo" in data, 104 in data, b"x" in data, 0 in data)
print(list(b"abc"), [byte for byte in b"\x00\xff"], b"", b'single', b"it's", b'say "hi"', b"both ' and \"")
print(b"\x00\x01\x7f\x80\xff\t\n\r\\", rb"raw\n", b"joined " b"literals", b"""triple""", b"\101\x41")
print(b"a" == b"a", b"a" == "a", b"a" != b"b", b"a" < b"b", b"abc" < b"abd", b"" < b"a", sorted([b"b", b"a", b"ab"]))
print(bytes(3), bytes([1, 2, 3]), bytes(range(5)), bytes(), bytes(b"copy"), bytes("text", "utf-8"), bytes((65, 66)))
print({b"key": 1}[b"key"], bool(b""), bool(b"\x00"), type(b""), isinstance(b"", bytes), hash(b"a") == hash(b"a"))
first, *rest = b"abc"
print(first, rest, max(b"hello"), sum(b"ab"), tuple(b"hi"), str(b"text"), f"{b'in'} {b'f'!r}")


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: b"a"[5])
show(lambda: b"a" + "b")
show(lambda: "b" + b"a")
show(lambda: b"a" < "b")
show(lambda: "a" in b"abc")
show(lambda: 300 in b"abc")
show(lambda: bytes([256]))
show(lambda: bytes(-1))
show(lambda: bytes("text"))
show(lambda: bytes(["a"]))
show(lambda: b"a".missing)
show(lambda: bytes(1.5))
