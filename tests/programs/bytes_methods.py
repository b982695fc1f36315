# Methods of bytes, and the ways from and to texts and numbers.
print("héllo €".encode(), "hello".encode("ascii"), "é".encode("latin-1"), "abc".encode(encoding="utf8"))
print(b"h\xc3\xa9".decode(), b"abc".decode("ascii"), b"\xe9".decode("latin-1"), "日本".encode().decode("utf-8"))
print(b"a,b,,c".split(b","), b" a  b ".split(), b"a b c".split(None, 1), b"a-b-c".split(b"-", 1), b"".split(), b"".split(b","))
print(b", ".join([b"a", b"b"]), b"".join([]), b"-".join((b"x",)))
print(b"  x \n".strip(), b"xxaxx".strip(b"x"), b"  x ".lstrip(), b"  x ".rstrip(), b"line\r\n".rstrip(b"\r\n"))
print(b"GET /".startswith(b"GET"), b"a.py".endswith((b".rs", b".py")), b"abc".find(b"c"), b"abc".find(b"x"), b"banana".count(b"an"))
print(b"a-b".replace(b"-", b"+"), b"aXb".upper(), b"AxB".lower(), b"aaa".replace(b"a", b""))
print(b"\x01\xab\xff".hex(), b"\x01\xab".hex(":"), bytes.fromhex("01 ab FF"), bytes.fromhex(""))
print((1000).to_bytes(2), (1000).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (0).to_bytes(), (2**70).to_bytes(9))
print((-128).to_bytes(1, signed=True), (127).to_bytes(1, "big", signed=True), (5).to_bytes(length=3, byteorder="little"))
print(int.from_bytes(b"\x03\xe8"), int.from_bytes(b"\xe8\x03", "little"), int.from_bytes(b"\xff\xfe", "big", signed=True))
print(int.from_bytes(b"\xff" * 9), int.from_bytes(b"\xff" * 12, signed=True), int.from_bytes([1, 0], "big"), int.from_bytes(b""))
print(int(b"42"), int(b"ff", 16))
print(list(map(bytes.decode, [b"a", b"b"])), list(map(str.upper, "ab")), list(map(int.bit_length, [1, 2, 255])))
print("naïve".encode("ascii", "ignore"), "naïve".encode("ascii", "replace"), b"a\xffb".decode("utf-8", "ignore"))
print(b"a\xffb".decode(errors="replace") == "a\ufffdb")


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: b"\xff".decode())
show(lambda: b"ab\xc3".decode())
show(lambda: b"\xe2\x28\xa1".decode())
show(lambda: b"\xff".decode("ascii"))
show(lambda: "é".encode("ascii"))
show(lambda: "aéüb".encode("ascii"))
show(lambda: "€".encode("latin-1"))
show(lambda: "a".encode("klingon"))
show(lambda: (256).to_bytes(1))
show(lambda: (-1).to_bytes(1))
show(lambda: (128).to_bytes(1, signed=True))
show(lambda: (1).to_bytes(1, "middle"))
show(lambda: b",".join(["a"]))
show(lambda: b"a".split(""))
show(lambda: b"a".split(b""))
show(lambda: bytes.fromhex("0g"))
show(lambda: b"a".startswith("a"))
try:
    b"\xff".decode()
except ValueError as error:
    print(isinstance(error, UnicodeDecodeError), isinstance(error, UnicodeError))
