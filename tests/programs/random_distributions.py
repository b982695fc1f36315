"""random: every derived method, number for number."""
import random


def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


random.seed(42)
print(random.random(), random.uniform(1, 10), random.randint(1, 6), random.randrange(10), random.randrange(0, 100, 5))
print(random.choice("abcdef"), random.choices([1, 2, 3], k=5), random.choices("ab", weights=[1, 9], k=6), random.choices("xyz", cum_weights=[1, 2, 10], k=4))
print(random.sample(range(100), 5), random.sample(["a", "b", "c"], 3), random.sample("hello", k=2))
deck = list(range(10))
random.shuffle(deck)
print(deck)
print(random.gauss(0, 1), random.gauss(mu=10, sigma=2), random.normalvariate(5, 1), random.expovariate(0.5), random.triangular(0, 10, 3), random.triangular())
print(random.getrandbits(8), random.getrandbits(40), random.getrandbits(0))
attempt(random.choice, [])
attempt(random.randint, 5, 1)
attempt(random.sample, [1], 2)
attempt(random.randrange, 0)
attempt(random.choices, "ab", weights=[1])
attempt(random.shuffle, "abc")
one, two = random.Random(7), random.Random(7)
print(one.random() == two.random(), one.randint(1, 100), two.randint(1, 100), one.choice("abc"), one.sample(range(9), 2), one.uniform(0, 1))
one.seed(7)
print(one.random(), random.random())
one.shuffle(deck)
print(deck, one.gauss(0, 1), one.expovariate(2), one.choices(range(3), k=3))
print([round(random.uniform(0.1, 0.5), 2) for _ in range(4)], [random.randint(0, 1) for _ in range(10)])
random.seed(-42)
print(random.random())
