# try: else, finally, several handlers, re-raising, nesting, return in finally left out.
def run(action):
    try:
        print("result", action())
    except ZeroDivisionError as error:
        print("zero", error)
    except (KeyError, IndexError) as error:
        print("lookup", type(error).__name__, error)
    except Exception as error:
        print("other", repr(error))
    else:
        print("no exception")
    finally:
        print("done")


run(lambda: 1)
run(lambda: 1 / 0)
run(lambda: {}["k"])
run(lambda: [][0])
run(lambda: int("x"))


def again():
    try:
        try:
            raise ValueError("first")
        except ValueError:
            print("seen")
            raise
    except ValueError as error:
        print("again", error)
        raise KeyError("second") from error


try:
    again()
except KeyError as error:
    print(repr(error), repr(error.__cause__), error.__suppress_context__)


def cleanup():
    try:
        return "from try"
    finally:
        print("cleaning up")


print(cleanup())


def nested():
    for i in range(2):
        try:
            try:
                if i:
                    raise OSError("inner")
                continue
            finally:
                print("inner finally", i)
        except OSError as error:
            print("outer", error)
    return "end"


print(nested())


class Custom(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


try:
    raise Custom(5)
except Custom as error:
    print(error, error.code, error.args)
try:
    raise Custom
except TypeError as error:
    print("TypeError")
try:
    try:
        raise ValueError("a")
    finally:
        print("finally before handler")
except ValueError as error:
    error.add_note("noted")
    print(error, error.__notes__)
try:
    raise ValueError from None
except ValueError as error:
    print(repr(error), error.__cause__)
