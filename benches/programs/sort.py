import random

numbers = [random.random() for _ in range(100_000)]
print(sorted(numbers)[50_000] > 0.4)
