def g():
    try:
        x = yield 1
        print('x', x)
        y = yield 2
        print('y', y)
        return 5
    except KeyError as e:
        print('KE', e)
        yield 'ke'
    finally:
        print('fin')
def outer():
    try:
        r = yield from g()
        print('r', r)
        yield r
    except ValueError as e:
        print('VE', e)
        yield 've'
def t(f, *a):
    try:
        print('=', f(*a))
    except BaseException as e:
        print(type(e).__name__, e, repr(e.__cause__), e.args)
for m in [g, outer]:
    i = m(); t(i.send, 3); t(next, i); t(i.send, 'a'); t(i.send, 'b'); t(next, i); t(i.send, 1)
    i = m(); t(next, i); t(i.throw, KeyError('k')); t(next, i); t(next, i)
    i = m(); t(next, i); t(i.throw, ValueError('k')); t(next, i); t(next, i)
    i = m(); t(next, i); t(i.throw, TypeError); t(next, i); t(next, i)
    i = m(); t(next, i); t(i.close); t(next, i); t(i.close)
    i = m(); t(i.throw, KeyError('k')); t(next, i)
    i = m(); t(i.close); t(next, i)
def bad():
    try:
        yield 1
    except GeneratorExit:
        yield 2
i = bad(); t(next, i); t(i.close)
def ret():
    try:
        yield 1
    except GeneratorExit:
        return 7
i = ret(); t(next, i); t(i.close)
t(i.throw, 3)
def avg():
    total = 0; n = 0; a = None
    while True:
        a = yield a; total += a; n += 1
        a = total / n
a = avg(); next(a); t(a.send, 10); t(a.send, 20)
