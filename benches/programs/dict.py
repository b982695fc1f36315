def build():
    squares = {}
    for number in range(100_000):
        squares[number] = number * number
    return squares


print(len(build()))
