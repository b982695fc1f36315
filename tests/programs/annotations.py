# Annotations are not evaluated where they stand, and change nothing.
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from somewhere import Undefined

count: int = 3
missing: Undefined
deep: dict[str, list[Nowhere | None]] = {}
(parenthesized): int = 4
deep["key"]: int = 5
print(count, deep, parenthesized)


def function(a: Unknown, b: Optional[Other] = None) -> "Forward":
    local: Nothing = 1
    only_annotated: Never
    return a, b, local


print(function(1))


class Holder:
    value: int
    other: Undefined = 2

    def method(self: "Holder") -> Holder:
        self.attribute: Whatever = 5
        return self


print(Holder().other, Holder().method().attribute, hasattr(Holder, "value"))
try:
    missing
except NameError as error:
    print(error)


async def coroutine(x: Later) -> Later: ...


for item in [1]:
    kept: str = "kept"
print(kept)
