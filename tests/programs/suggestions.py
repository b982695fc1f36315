import asyncio


class Account:
    limit = 10

    def __init__(self):
        self.balance = 5
        self._secret = 1

    def withdraw(self, amount):
        return self.balence - amount

    def show(self):
        return balance

    def hidden(self):
        return self.secret

    def deposit(self):
        pass


def shown(function):
    loop = asyncio.get_running_loop()
    try:
        function()
    except Exception as error:
        loop.call_exception_handler({"message": function.__name__, "exception": error})


def misspelt_builtin():
    pritn("hello")


def misspelt_local():
    counter = 1
    return countr


def misspelt_global():
    return shwon


def other_case():
    return account()


def forgotten_module():
    return time.monotonic()


def no_suggestion():
    return completely_unknown


def misspelt_method():
    Account().deposti()


def misspelt_class_attribute():
    return Account.limits


def other_hidden():
    return Account().secret


def list_method():
    [].apend(1)


def string_method():
    "a".uper()


def dict_method():
    {}.item()


def none():
    None.append(1)


def lock_method():
    asyncio.Lock().aquire()


def in_closure():
    value = 1

    def inner():
        print(value)
        return valeu
    inner()


def caught():
    try:
        print(countr)
    except NameError as error:
        print(error, error.name)
    try:
        Account().blance
    except AttributeError as error:
        print(error, error.name, type(error.obj).__name__)


def exceptions():
    raise ValueErorr("x")


async def main():
    account = Account()
    shown(account.show)
    shown(account.hidden)
    for function in [misspelt_builtin, misspelt_local, misspelt_global, other_case, forgotten_module, no_suggestion,
                     misspelt_method, misspelt_class_attribute, other_hidden, list_method, string_method, dict_method, none,
                     lock_method, in_closure, caught, exceptions]:
        shown(function)
    account.withdraw(1)


asyncio.run(main())
