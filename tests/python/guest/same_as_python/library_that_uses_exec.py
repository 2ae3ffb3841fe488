import collections
import contextlib
import dataclasses
import enum
import functools
import io
import pickle
import typing

Point = collections.namedtuple("Point", "x y", defaults=[5])
print(Point(1), Point(1, 2)._replace(x=3), pickle.loads(pickle.dumps(Point(4))))


@dataclasses.dataclass(order=True)
class Item:
    name: str
    price: float = 1.5
    tags: list = dataclasses.field(default_factory=list)


class Colour(enum.Enum):
    RED = 1
    GREEN = enum.auto()


class Typed(typing.NamedTuple):
    a: "int"
    b: "typing.List[Item]" = None


print(Item("a") < Item("b"), dataclasses.replace(Item("c"), price=2), Colour.GREEN, Colour["RED"])
print(Typed(1), typing.get_type_hints(Typed))


@functools.singledispatch
def show(value):
    return "object"


@show.register
def _(value: int):
    return "int"


print(show(1), show(""))
with contextlib.redirect_stdout(io.StringIO()) as text:
    exec("print('caught')")
print(repr(text.getvalue()))
