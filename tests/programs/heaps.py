"""heapq and bisect."""
import bisect
import heapq


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


heap = []
for number in [5, 1, 8, 3, 9, 2]:
    heapq.heappush(heap, number)
    print(heap)
print(heapq.heappop(heap), heap, heapq.heappushpop(heap, 0), heapq.heapreplace(heap, 7), heap)
numbers = [9, 4, 7, 1, 8, 2, 6]
heapq.heapify(numbers)
print(numbers, [heapq.heappop(numbers) for _ in range(len(numbers))])
attempt(heapq.heappop, [])
attempt(heapq.heapreplace, [], 1)
attempt(heapq.heappush, (1,), 1)
print(heapq.nsmallest(2, [3, 1, 2]), heapq.nlargest(2, [3, 1, 2]), heapq.nlargest(1, ["a", "ccc", "bb"], key=len), heapq.nsmallest(9, [2, 1]))
print(list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge(["b"], ["A", "c"], key=str.lower)))
tasks = []
for priority, name in [(2, "write"), (1, "read"), (3, "rest"), (1, "eat")]:
    heapq.heappush(tasks, (priority, name))
while tasks:
    print(heapq.heappop(tasks))
attempt(heapq.heapify, [1, "a"])
scores = [10, 20, 20, 30]
print(bisect.bisect(scores, 20), bisect.bisect_left(scores, 20), bisect.bisect_right(scores, 25), bisect.bisect(scores, 5), bisect.bisect_left(scores, 20, 2), bisect.bisect([1, 3], 2, lo=0, hi=1))
bisect.insort(scores, 25)
bisect.insort_left(scores, 20)
print(scores, "FDCBA"[bisect.bisect([60, 70, 80, 90], 85)], bisect.bisect_left(["a", "bb", "ccc"], 2, key=len))
people = [("bob", 1), ("ann", 3)]
bisect.insort(people, ("cid", 2), key=lambda person: person[1])
print(people)
