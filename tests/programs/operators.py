"""operator."""
import operator
from functools import reduce
from operator import attrgetter, itemgetter, methodcaller


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def scaled(self, factor, offset=0):
        return self.x * factor + offset


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


points = [Point(3, 1), Point(1, 2)]
print([p.x for p in sorted(points, key=attrgetter("x"))], attrgetter("x", "y")(points[0]), methodcaller("scaled", 2, offset=1)(points[0]))
print(sorted([(1, "b"), (2, "a")], key=itemgetter(1)), itemgetter(0, 2)("abc"), itemgetter("k")({"k": "v"}), itemgetter(-1)([1, 2]))
print(operator.add(1, 2), operator.sub(5, 3), operator.mul("ab", 2), operator.truediv(1, 2), operator.floordiv(7, 2), operator.mod(7, 3), operator.pow(2, 5))
print(operator.eq(1, 1.0), operator.lt(1, 2), operator.ge(2, 2), operator.ne("a", "b"), operator.is_(None, None), operator.not_([]), operator.contains([1], 1))
print(operator.and_(6, 3), operator.or_(6, 3), operator.xor(6, 3), operator.neg(3), operator.getitem({"a": 1}, "a"), operator.concat([1], [2]), operator.truth(""))
print(reduce(operator.mul, range(1, 6)), reduce(operator.or_, [{1}, {2}]), max({"a": 1, "b": 3}.items(), key=itemgetter(1)))
attempt(itemgetter(9), "abc")
attempt(attrgetter("z"), points[0])
