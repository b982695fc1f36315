def add():
    total = 0
    for number in range(1_000_000):
        total = total + number
    return total


print(add())
