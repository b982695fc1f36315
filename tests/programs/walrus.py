# Assignment expressions, wherever an expression may stand.
import asyncio

if (n := 10) > 5:
    print("n is", n)

numbers = [3, 1, 2]
while (count := len(numbers)) > 1:
    numbers.pop()
    print("left", count)

print([y := 1, y**2, y + 1], y)
print([last := x for x in range(5)], last)
print([half for x in range(6) if (half := x // 2) % 2], half)
print((a := 1, b := a + 1), a, b)
print({key: value for key in "ab" if (value := key * 2)}, value)
print(f"{(width := 8):>{width}}", width)
print(any((found := word).startswith("b") for word in ["apple", "bean", "corn"]), found)


def default(value=(preset := 7)):
    return value + preset


print(default(), default(1))


def inside():
    if not (local := []):
        local.append(1)
    total = 0
    for item in (items := [1, 2, 3]):
        total += item
    return local, items, total


print(inside())
print((lambda x: (y := x + 1) * y)(3))


async def chunks(queue):
    while (chunk := await queue.get()) is not None:
        print("chunk", chunk)


async def main():
    queue = asyncio.Queue()
    for item in [1, 2, None]:
        queue.put_nowait(item)
    await chunks(queue)


asyncio.run(main())
