import random
print(random.random(), random.randint(1, 6), random.choice("abc"), random.uniform(1, 2), random.randrange(0, 100, 7))
random.seed(42)
values = list(range(10))
random.shuffle(values)
print(values, random.sample(values, 3), random.random())
random.seed(-3); print(random.randint(0, 10 ** 12))
