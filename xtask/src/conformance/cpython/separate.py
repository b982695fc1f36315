"""Takes CPython's own test modules apart: one program for every test, as a line of JSON.

    python3 separate.py STAND_IN,STAND_IN... FOLDER MODULE...

Without a FOLDER ("") the modules are the installed Python's. A program is the stand-ins, then the lines of the module
that the test needs, at their places, then a call. A line of the answer has the members `name`, `program` and
`obstacle`: why the test cannot be run, or nothing.
"""

import ast
import importlib.util
import json
import pathlib
import sys

PREPARATIONS = ["__init__", "setUp", "tearDown", "asyncSetUp", "asyncTearDown", "loop_factory"]

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# What the stand-ins have in the place of these packages.
REPLACED = ["unittest", "test", "re"]


def first_line(statement):
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno] + [decorator.lineno for decorator in decorators])


def bound_names(statement):
    """The names that a statement gives a meaning to."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).split(".")[0] for alias in statement.names]
    if isinstance(statement, FUNCTIONS + (ast.ClassDef,)):
        return [statement.name]
    stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return [node.id for node in stored if isinstance(node.ctx, ast.Store)]


def packages(statement):
    """The packages that an import is from."""
    if isinstance(statement, ast.Import):
        return [alias.name.split(".")[0] for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [(statement.module or "").split(".")[0]]
    return []


def is_test(member):
    return isinstance(member, FUNCTIONS) and member.name.startswith("test")


class Module:
    def __init__(self, text):
        self.lines = text.splitlines()
        self.statements = {}
        for statement in ast.parse(text).body:
            for name in bound_names(statement):
                self.statements.setdefault(name, []).append(statement)

    def cases(self):
        """The classes with tests, each with the names of its tests."""
        for statements in self.statements.values():
            for case in statements:
                if isinstance(case, ast.ClassDef) and self.is_case(case):
                    members = [member for part in self.ancestry(case) for member in part.body]
                    yield case, dict.fromkeys(member.name for member in members if is_test(member))

    def ancestry(self, case):
        """The class and those of the module that it inherits from, in the order in which they are asked."""
        found = [case]
        for base in case.bases:
            for parent in self.statements.get(getattr(base, "id", ""), []):
                found += [part for part in self.ancestry(parent) if part not in found]
        return found

    def is_case(self, case):
        bases = [base for part in self.ancestry(case) for base in part.bases]
        return any(ast.unparse(base).endswith("TestCase") for base in bases)


class Test:
    """What one test needs of its module."""

    def __init__(self, module, case, name, given):
        self.module = module
        self.given = given
        self.ancestry = module.ancestry(case)
        self.kept = set()
        self.done = set()
        self.obstacles = {}
        for part in self.ancestry:
            self.keep_class(part)
        for member in PREPARATIONS + [name]:
            self.keep_member(member)

    def keep_class(self, part):
        """Keeps a class of the ancestry without its functions."""
        self.kept.update(range(first_line(part), first_line(part.body[0])))
        for expression in part.bases + part.decorator_list:
            self.follow(expression)
        for statement in part.body:
            if not isinstance(statement, FUNCTIONS):
                self.keep(statement)

    def keep_member(self, name):
        for part in self.ancestry:
            for member in part.body:
                if isinstance(member, FUNCTIONS) and member.name == name:
                    self.keep(member)

    def keep(self, statement):
        if id(statement) not in self.done:
            self.done.add(id(statement))
            self.kept.update(range(first_line(statement), statement.end_lineno + 1))
            self.follow(statement)

    def follow(self, node):
        """Keeps what this part of the program refers to, and notes why it cannot be run."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                self.keep_name(inner.id)
            elif isinstance(inner, ast.Attribute):
                is_own = isinstance(inner.value, ast.Name) and inner.value.id in ("self", "cls")
                if is_own:
                    self.keep_member(inner.attr)
                elif inner.attr.startswith("_") and not inner.attr.endswith("__"):
                    self.obstacles["touches " + inner.attr] = None

    def keep_name(self, name):
        for statement in self.module.statements.get(name, []):
            if statement in self.ancestry:
                continue
            if not any(package in REPLACED for package in packages(statement)):
                self.keep(statement)
            elif name not in self.given:
                self.obstacles["needs " + name] = None

    def text(self):
        lines = enumerate(self.module.lines, start=1)
        return "\n".join(line if number in self.kept else "" for number, line in lines)


def main():
    stand_ins, folder, *names = sys.argv[1:]
    start = "\n".join(pathlib.Path(path).read_text() for path in stand_ins.split(","))
    given = {name for statement in ast.parse(start).body for name in bound_names(statement)}
    if not folder:
        found = importlib.util.find_spec("test.test_asyncio")
        folder = found.submodule_search_locations[0]
    for name in names:
        path = pathlib.Path(folder, name + ".py")
        if not path.exists():
            continue
        module = Module(path.read_text())
        for case, tests in module.cases():
            for test_name in tests:
                test = Test(module, case, test_name, given)
                program = f'{start}\n{test.text()}\n\nrun_test({case.name}, "{test_name}")\n'
                answer = {"name": f"{name}.{case.name}.{test_name}", "program": program}
                print(json.dumps(answer | {"obstacle": ", ".join(test.obstacles)}))


main()
