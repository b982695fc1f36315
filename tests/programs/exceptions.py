def run(action):
    try:
        print("try", action)
        if action == "raise":
            raise ValueError("bad", 1)
        if action == "return":
            return "returned"
        if action == "key":
            {}["k"]
        if action == "chain":
            try:
                1 / 0
            except ZeroDivisionError as error:
                raise RuntimeError("chained") from error
    except ValueError as error:
        print("caught", error, error.args)
    except (KeyError, IndexError):
        print("lookup")
        return "from handler"
    except RuntimeError as error:
        print("runtime", error, repr(error.__cause__))
    else:
        print("else")
    finally:
        print("finally")
    return "end"

for action in ["none", "raise", "return", "key", "chain"]:
    print(run(action))

def loop():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print("body", i)
        finally:
            print("cleanup", i)
    else:
        print("not reached")
    for i in range(2):
        pass
    else:
        print("for else")
    while True:
        try:
            return "out of while"
        finally:
            print("leaving")
print(loop())

def override():
    for _ in range(3):
        try:
            return 1
        finally:
            break
    return 2
def nested():
    try:
        try:
            raise KeyError("inner")
        finally:
            print("inner finally")
    except KeyError as error:
        print("outer", error)
        try:
            raise
        except KeyError:
            print("again")
nested()
try:
    assert 1 == 2, "one is not two"
except AssertionError as error:
    print("assert", error)
try:
    raise TimeoutError
except OSError as error:
    print(isinstance(error, Exception), repr(error), str(error) == "")
try:
    raise Exception("a") from None
except Exception as error:
    print(error.__cause__)
def recurse():
    recurse()
try:
    recurse()
except RecursionError as error:
    print(type(error).__name__)
