import asyncio


class Box:
    def __init__(self, value):
        self.value = value


def divide(a, b):
    return a / b


def shown(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        loop_error = error
        report(loop_error)


def report(error):
    asyncio.get_running_loop().call_exception_handler({"message": "caught", "exception": error})


def binary():
    a, b = 1, "x"
    return 3 * (a) + (b) * 2 + a


def subscripts():
    table = {"a": [1, 2]}
    print(table["a"][0], table["a"][ 5 ] + 1)


def key():
    table = {}
    x = table["missing"]


def key_in_call():
    table = {}
    print(table["missing"])


def attribute():
    box = Box(None)
    print(box.value.upper)


def method():
    box = Box(3)
    box.value.upper(1, 2)


def call():
    box = Box(divide)
    x = 1 + box.value(1, 0)


def plain_call():
    x = divide(1, 0)


def returned():
    return divide(1, 0)


def part_of_a_call():
    x = divide(1, 0) + 1


def statement_call():
    divide(1, 0)


def many_lines():
    x = divide(
        1,
        0,
    ) + (
        2
    )


def multi_line_call():
    divide(
        1,

        0,
    )


def chained():
    (
        Box("abc")
        .value
        .missing(1)
    )


def multi_line_binary():
    x = (
        1
        + 2
        + "three"
        + 4
    )


def comparison():
    print(1 < 2 < "x")


def names():
    print(undefined_thing)


def late():
    x = x + 1


def names_alone():
    undefined_thing_alone


def raises():
    if True: raise ValueError("on one line")


def raises_from():
    try:
        divide(1, 0)
    except ZeroDivisionError as error:
        raise ValueError("from") from error


def while_handling():
    try:
        divide(1, 0)
    except ZeroDivisionError as error:
        error.missing


def asserts():
    assert 1 + 1 == 3, "no"


def unpacks():
    a, b = [1, 2, 3]


def unpacks_in_for():
    for a, b in [(1, 2), (3,)]:
        pass


def iterates():
    for x in 5:
        pass


def iterates_in_comprehension():
    return [x for x in 5]


def in_comprehension():
    return [1 / x for x in [1, 0]]


def in_generator():
    return sum(1 / x for x in [1, 0])


def lambdas():
    return (lambda x: x.missing)(1)


def formats():
    return f"{1:d} {'a':d}"


def stores():
    x = (1, 2)
    x[0] = 1


def stores_attribute():
    x = 5
    x.y = 1


def augmented():
    x = 5
    x += "a"


def augmented_item():
    x = [1]
    x[0] += "a"


def deletes():
    del {}["a"]


def wide():
    x = "日本語" + 1; y = 1


def tabs():
	x = 1
	return (x +	"a")


def keywords():
    return divide(1, c=2) + 1


def spread():
    return divide(*[1], **{"b": 0}) + 1


def unary():
    return 1 + -"a"


def recursion(n):
    if n > 10:
        raise ValueError(n)
    return recursion(n + 1)


def withs():
    with 5 as x:
        pass


def conditional():
    return 1 if undefined else 2


def nested_call():
    print(len(5), "x")


def not_callable():
    five = 5; print(five(3))


def set_items():
    return {[1], 2}


def dict_items():
    return {[1]: 2}


def long_line():
    return "a long text that goes on and on" + str(1) + 5 + "a long text that goes on and on" + "a long text that goes on and on"


def string_parts():
    return ("first"
            "second" + 5)


def commented():
    return (1 +  # a comment (with brackets)
            None)


def decorated():
    @undefined_decorator
    def inner():
        pass


def decorator_raises():
    @divide
    def inner():
        pass


def class_body():
    class Inner:
        x = 1 / 0


async def fails():
    raise KeyError("deep")


async def awaits():
    await fails()


async def awaits_in_expression():
    x = 1 + await fails()


async def awaits_assigned():
    x = await fails()


async def gathers():
    return await asyncio.gather(fails(), asyncio.sleep(1))


async def in_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(fails())


async def in_timeout():
    async with asyncio.timeout(1):
        await asyncio.sleep(2)


async def waits():
    await asyncio.wait_for(asyncio.sleep(3), timeout=1)


async def task_awaited():
    task = asyncio.create_task(fails())
    await task


async def async_for():
    async for x in 5:
        pass


async def async_with():
    async with 5:
        pass


class Manager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *arguments):
        raise RuntimeError("leaving")


async def leaving():
    async with Manager() as manager:
        pass


async def leaving_by_return():
    async with Manager() as manager:
        return 1


async def shown_async(function):
    try:
        await function()
    except BaseException as error:
        report(error)


async def main():
    for function in [binary, subscripts, key, key_in_call, attribute, method, call, plain_call, returned, part_of_a_call, statement_call,
                     many_lines, multi_line_call, chained, multi_line_binary, comparison, names, late, names_alone, raises, raises_from,
                     while_handling, asserts, unpacks, unpacks_in_for, iterates, iterates_in_comprehension,
                     in_comprehension, in_generator, lambdas, formats, stores, stores_attribute, augmented, augmented_item, deletes, wide, tabs,
                     keywords, spread, unary, withs, conditional, nested_call, not_callable,
                     set_items, dict_items, long_line, string_parts, commented, decorated, decorator_raises, class_body]:
        shown(function)
    shown(recursion, 1)
    for function in [awaits, awaits_in_expression, awaits_assigned, gathers, in_group, in_timeout, waits, task_awaited, async_for, async_with,
                     leaving, leaving_by_return]:
        await shown_async(function)


asyncio.run(main())
