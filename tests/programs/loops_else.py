# else of for and while; break and continue, nested and through try.
def search(items, wanted):
    for position, item in enumerate(items):
        if item == wanted:
            print("found at", position)
            break
    else:
        print("not found")


search("abc", "b")
search("abc", "z")
search("", "a")

n = 3
while n:
    n -= 1
    if n == 5:
        break
else:
    print("counted down")

while True:
    n += 1
    if n % 2:
        continue
    if n > 4:
        break
else:
    print("never")
print(n)

for a in range(3):
    for b in range(3):
        if a == b:
            continue
        if a + b == 3:
            break
        print(a, b)
    else:
        print("all of", a)
        continue
    print("left early at", a)


def guarded():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print("body", i)
        finally:
            print("finally", i)
    else:
        print("never")
    return i


print(guarded())
for i in []:
    pass
else:
    print("empty")
for i in range(3):
    i *= 10
    print(i, end=" ")
print()
items = [1, 2, 3]
for item in items:
    if item < 3:
        items.append(item + 10)
    if len(items) > 8:
        break
print(items)
