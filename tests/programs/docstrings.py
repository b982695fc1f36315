# Docstrings, names and qualified names.
def documented():
    """The first line.

    More of it.
    """


def plain():
    return "not a docstring"


class Documented:
    """A class."""

    def method(self):
        "A method."

    class Inner:
        def deep(self):
            def deeper():
                pass

            return deeper


async def coroutine():
    """Async."""
    return 1


print(documented.__doc__, plain.__doc__, Documented.__doc__, Documented.method.__doc__, coroutine.__doc__)
print(documented.__name__, Documented.__name__, Documented.method.__qualname__, Documented.Inner.__qualname__)
print(Documented.Inner().deep().__qualname__, documented.__module__, __name__)
print(Documented().method.__name__, (lambda: 0).__name__, print.__name__, len.__name__, int.__name__, str.upper.__name__)
generator = (n for n in [])
print(generator.__name__, type(generator).__name__, type(documented).__name__, type(Documented).__name__)
print(type(None).__name__, type(...).__name__, type(type).__name__, ValueError.__name__, type(ValueError()).__name__)
c = coroutine()
print(c.__name__, type(c).__name__)
c.close()
