# assert, with and without a message.
assert True
assert 1 < 2, "never evaluated" + 5


def check(value):
    assert value, f"{value!r} is not enough"
    assert isinstance(value, int)
    assert (value, "a tuple is always true")
    return value


for value in [1, 0, [], "text"]:
    try:
        print(check(value))
    except AssertionError as error:
        print("AssertionError", repr(error), error.args, str(error) == "")
try:
    assert False, ("two", "parts")
except AssertionError as error:
    print(error, error.args)
