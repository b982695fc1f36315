# Stands in for `unittest` and `test.support`, as far as CPython's tests for asyncio need them.

import asyncio
import contextlib


class Raises:
    """What `with self.assertRaises(...)` enters."""

    def __init__(self, expected, pattern=None):
        self.expected = expected
        self.pattern = pattern

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        if exception is None:
            raise AssertionError(f"{self.expected!r} not raised")
        if not isinstance(exception, self.expected):
            return False
        self.exception = exception
        if self.pattern is not None and not re.search(self.pattern, str(exception)):
            raise AssertionError(f"{self.pattern!r} does not match {str(exception)!r}")
        return True


class TestCase:
    failureException = AssertionError

    def __init__(self):
        self.cleanups = []

    def setUp(self):
        pass

    def tearDown(self):
        pass

    def addCleanup(self, function, *arguments, **named):
        self.cleanups.append((function, arguments, named))

    def enterContext(self, context):
        result = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return result

    def subTest(self, message=None, **parameters):
        return contextlib.nullcontext()

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, message=None):
        raise AssertionError(message)

    def expect(self, holds, message, found):
        """Fails with what was found unless it holds; `message` comes from the test."""
        if not holds:
            raise AssertionError(found if message is None else f"{found} : {message}")

    def assertTrue(self, value, msg=None):
        self.expect(value, msg, f"{value!r} is not true")

    def assertFalse(self, value, msg=None):
        self.expect(not value, msg, f"{value!r} is not false")

    def assertEqual(self, first, second, msg=None):
        self.expect(first == second, msg, f"{first!r} != {second!r}")

    assertListEqual = assertTupleEqual = assertSetEqual = assertDictEqual = assertMultiLineEqual = assertEqual

    def assertNotEqual(self, first, second, msg=None):
        self.expect(first != second, msg, f"{first!r} == {second!r}")

    def assertAlmostEqual(self, first, second, places=7, msg=None, delta=None):
        near = abs(first - second) <= delta if delta is not None else round(first - second, places) == 0
        self.expect(near, msg, f"{first!r} is not nearly {second!r}")

    def assertCountEqual(self, first, second, msg=None):
        left = list(second)
        for item in first:
            self.expect(item in left, msg, f"{item!r} is one too many")
            left.remove(item)
        self.expect(not left, msg, f"{left!r} is missing")

    def assertLess(self, first, second, msg=None):
        self.expect(first < second, msg, f"{first!r} is not less than {second!r}")

    def assertLessEqual(self, first, second, msg=None):
        self.expect(first <= second, msg, f"{first!r} is greater than {second!r}")

    def assertGreater(self, first, second, msg=None):
        self.expect(first > second, msg, f"{first!r} is not greater than {second!r}")

    def assertGreaterEqual(self, first, second, msg=None):
        self.expect(first >= second, msg, f"{first!r} is less than {second!r}")

    def assertIn(self, item, container, msg=None):
        self.expect(item in container, msg, f"{item!r} is not in {container!r}")

    def assertNotIn(self, item, container, msg=None):
        self.expect(item not in container, msg, f"{item!r} is in {container!r}")

    def assertIs(self, first, second, msg=None):
        self.expect(first is second, msg, f"{first!r} is not {second!r}")

    def assertIsNot(self, first, second, msg=None):
        self.expect(first is not second, msg, f"{first!r} is the same object")

    def assertIsNone(self, value, msg=None):
        self.expect(value is None, msg, f"{value!r} is not None")

    def assertIsNotNone(self, value, msg=None):
        self.expect(value is not None, msg, "is None")

    def assertIsInstance(self, value, kind, msg=None):
        self.expect(isinstance(value, kind), msg, f"{value!r} is no instance of {kind!r}")

    def assertNotIsInstance(self, value, kind, msg=None):
        self.expect(not isinstance(value, kind), msg, f"{value!r} is an instance of {kind!r}")

    def assertStartsWith(self, text, start, msg=None):
        self.expect(text.startswith(start), msg, f"{text!r} does not start with {start!r}")

    def assertEndsWith(self, text, end, msg=None):
        self.expect(text.endswith(end), msg, f"{text!r} does not end with {end!r}")

    def assertHasAttr(self, value, name, msg=None):
        self.expect(hasattr(value, name), msg, f"{value!r} has no attribute {name!r}")

    def assertNotHasAttr(self, value, name, msg=None):
        self.expect(not hasattr(value, name), msg, f"{value!r} has an attribute {name!r}")

    def assertRegex(self, text, pattern, msg=None):
        self.expect(re.search(pattern, text), msg, f"{pattern!r} does not match {text!r}")

    def assertNotRegex(self, text, pattern, msg=None):
        self.expect(not re.search(pattern, text), msg, f"{pattern!r} matches {text!r}")

    def assertRaises(self, expected, function=None, *arguments, **named):
        if function is None:
            return Raises(expected)
        with Raises(expected):
            function(*arguments, **named)

    def assertRaisesRegex(self, expected, pattern, function=None, *arguments, **named):
        if function is None:
            return Raises(expected, pattern)
        with Raises(expected, pattern):
            function(*arguments, **named)

    def run(self, name):
        """Runs the test of this name with what it needs before and after."""
        try:
            self.step(self.setUp)
            self.prepare()
            try:
                self.step(getattr(self, name))
            finally:
                self.finish()
                self.step(self.tearDown)
        finally:
            while self.cleanups:
                function, arguments, named = self.cleanups.pop()
                self.step(function, *arguments, **named)

    def prepare(self):
        pass

    def finish(self):
        pass

    def step(self, function, *arguments, **named):
        return function(*arguments, **named)


class IsolatedAsyncioTestCase(TestCase):
    loop_factory = None

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, function, *arguments, **named):
        self.addCleanup(function, *arguments, **named)

    async def enterAsyncContext(self, context):
        result = await context.__aenter__()
        self.addCleanup(context.__aexit__, None, None, None)
        return result

    def run(self, name):
        with asyncio.Runner(loop_factory=self.loop_factory) as self.runner:
            self.runner.get_loop()
            super().run(name)

    def prepare(self):
        self.step(self.asyncSetUp)

    def finish(self):
        self.step(self.asyncTearDown)

    def step(self, function, *arguments, **named):
        result = function(*arguments, **named)
        return self.runner.run(result) if asyncio.iscoroutine(result) else result


class SkipTest(Exception):
    pass


class Skipped:
    """Stands in the place of a test, or of a class of tests, that is skipped."""

    def __init__(self, reason):
        self.reason = reason


def skip(reason):
    return lambda test: Skipped(reason)


def unchanged(test):
    return test


class unittest:
    TestCase = TestCase
    IsolatedAsyncioTestCase = IsolatedAsyncioTestCase
    SkipTest = SkipTest
    skip = skip

    def skipIf(condition, reason):
        return skip(reason) if condition else unchanged

    def skipUnless(condition, reason):
        return unchanged if condition else skip(reason)


class support:
    SHORT_TIMEOUT = 30.0
    LONG_TIMEOUT = 300.0


def run_test(case, name):
    for part in (case, getattr(case, name, None)):
        if isinstance(part, Skipped):
            print("skipped:", part.reason)
            return
    try:
        case().run(name)
    except SkipTest as reason:
        print("skipped:", reason)
