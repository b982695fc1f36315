"""Exception groups: as values, in except*, and uncaught."""


def attempt(function, *arguments):
    try:
        print(repr(function(*arguments)))
    except BaseException as error:
        print(type(error).__name__, error)


for kind in [ExceptionGroup, BaseExceptionGroup]:
    attempt(kind)
    attempt(kind, "alone")
    attempt(kind, "a", 1)
    attempt(kind, "a", [])
    attempt(kind, "a", [1])
    attempt(kind, "a", [ValueError])
    attempt(kind, 1, [ValueError()])
    attempt(kind, "a", [KeyboardInterrupt()])
    attempt(kind, "a", (ValueError(), ValueError(2)))
    attempt(kind, "a", [ValueError()], 3)

inner = ExceptionGroup("inner", [ValueError(3), KeyError(4)])
group = ExceptionGroup("outer", [ValueError(1), TypeError(2), inner])
group.add_note("a note")
print(group, group.message, group.args, group.exceptions)
print(isinstance(group, Exception), isinstance(group, BaseExceptionGroup), isinstance(group, ValueError))
print(group.split(ValueError))
print(repr(group.subgroup(ValueError)))
print(repr(group.subgroup((KeyError, TypeError))))
print(repr(group.subgroup(lambda error: isinstance(error, KeyError))))
print(group.subgroup(OSError), group.split(OSError))
print(group.split(ExceptionGroup))
attempt(group.subgroup, 3)
attempt(group.split, "x")
attempt(group.derive, [ValueError()])
attempt(group.derive, [KeyboardInterrupt()])
print(group.subgroup(KeyError).__notes__)

error = ValueError(1)
print(error.__traceback__, error.__cause__, error.__context__, error.__suppress_context__)
attempt(lambda: error.__notes__)
attempt(error.add_note, 3)
error.add_note("one")
error.add_note("two")
print(error.__notes__)
error.__cause__ = KeyError(3)
print(error.__suppress_context__, repr(error.__cause__))
error.args = ("new", "arguments")
print(repr(error))


def handle(exception):
    print("--", repr(exception))
    try:
        try:
            raise exception
        except* (ValueError, KeyError) as part:
            print("first takes", repr(part))
        except* TypeError as part:
            print("second takes", repr(part))
            raise
        except* OSError as part:
            print("third takes", repr(part))
            raise RuntimeError("from the third") from part.exceptions[0]
        except* ArithmeticError as part:
            print("fourth takes", repr(part))
            raise LookupError("from the fourth")
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as left:
        print("left:", repr(left))
        print("context:", repr(left.__context__), "cause:", repr(left.__cause__))
    attempt(lambda: part)


handle(ValueError("naked"))
handle(OSError("naked"))
handle(TypeError("naked"))
handle(ZeroDivisionError("naked"))
handle(StopAsyncIteration("not named"))
handle(ExceptionGroup("values", [ValueError(1), KeyError(2)]))
handle(ExceptionGroup("all", [ValueError(1), TypeError(2), OSError(3), OverflowError(4), RuntimeError(5)]))
handle(ExceptionGroup("nested", [inner, ExceptionGroup("types", [TypeError(1), ExceptionGroup("deep", [ValueError(2)])])]))
handle(BaseExceptionGroup("base", [SystemExit(1), ValueError(2)]))
handle(ExceptionGroup("two", [OSError(1), ZeroDivisionError(2)]))


def nothing_raised():
    try:
        pass
    except* ValueError:
        print("never")
    else:
        print("else")
    finally:
        print("finally")


nothing_raised()


def loops():
    for number in range(4):
        try:
            if number == 2:
                raise ExceptionGroup("in a loop", [ValueError(number)])
        except* ValueError as part:
            for letter in "abc":
                if letter == "b":
                    continue
                if letter == "c":
                    break
                print(part, letter)
        print(number)


loops()


def named_wrongly(kind):
    try:
        try:
            raise ExceptionGroup("x", [ValueError()])
        except* kind:
            print("never")
    except Exception as error:
        print(type(error).__name__, error, repr(error.__context__))


named_wrongly(ExceptionGroup)
named_wrongly((ValueError, BaseExceptionGroup))
named_wrongly(3)
named_wrongly((ValueError, int))


def fail(error):
    try:
        raise error
    except Exception as raised:
        return raised


def chained():
    try:
        raise KeyError("first")
    except KeyError:
        return fail(ValueError("second"))


try:
    raise ExceptionGroup("top", [chained(), ExceptionGroup("in", [TypeError("t\nu"), fail(OSError(3))])])
except* ValueError as part:
    raise RuntimeError("while handling")
except* TypeError:
    raise
