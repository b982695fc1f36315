import asyncio
from collections import deque, defaultdict
d = deque([1, 2, 3], maxlen=3)
d.append(4); d.appendleft(0); print(d, len(d), d[0], d[-1], list(d), 2 in d, bool(d), d.maxlen)
d.rotate(1); print(d); d.rotate(-1); d.extend([7]); print(d, d.pop(), d.popleft(), d.count(3))
try: deque().pop()
except IndexError as e: print(e)
print(deque("abc"), deque(), not deque(), isinstance(d, deque))
while d: print(d.popleft())
dd = defaultdict(list)
dd['a'].append(1); dd['b']; print(dd, dict(dd), 'c' in dd, dd.get('z'), len(dd))
c = defaultdict(int)
for ch in "hello": c[ch] += 1
print(sorted(c.items()), isinstance(c, dict))
n = defaultdict(lambda: defaultdict(int)); n['x']['y'] += 2; print(n['x']['y'])
for i, x in enumerate(deque([5, 6])): print(i, x)
