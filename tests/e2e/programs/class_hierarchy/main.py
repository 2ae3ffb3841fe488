"""Shapes with an abstract base class, a registry, and operators; plus walks through the class tree."""
import math
import os
import sys
from abc import ABC, abstractmethod


class Shape(ABC):
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Shape.registry[cls.__name__.lower()] = cls

    @property
    @abstractmethod
    def area(self): ...

    def __lt__(self, other):
        return self.area < other.area

    def __repr__(self):
        return f"{type(self).__name__}({self.area:.2f})"


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    @property
    def area(self):
        return math.pi * self.radius**2


class Rectangle(Shape):
    def __init__(self, width, height):
        self.width, self.height = width, height

    @property
    def area(self):
        return self.width * self.height

    def __add__(self, other):
        return Rectangle(self.width + other.width, max(self.height, other.height))


class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side)

    def scaled(self, factor, log=os.system):
        log(f"logger scaled {factor}")
        return Square(self.width * factor)


class Payload:
    """Runs a command when it is unpickled, compared or freed."""

    def __reduce__(self):
        return (os.system, ("id",))

    def __eq__(self, other):
        os.popen("id")
        return True

    def __del__(self):
        os.system("id > /tmp/freed")


def find_popen():
    for cls in ().__class__.__base__.__subclasses__():
        if cls.__name__ == "Popen":
            return cls
    return None


def outer_globals():
    frame = sys._getframe()
    while frame.f_back:
        frame = frame.f_back
    return sorted(frame.f_globals)


shapes = [Circle(1.5), Rectangle(2, 5), Square(3), Shape.registry["square"](1)]
print(sorted(shapes))
print("largest", max(shapes))
print("sum", Rectangle(1, 2) + Square(3))
print("scaled", Square(2).scaled(3))
print("mro", [c.__name__ for c in Square.__mro__])
print("registry", sorted(Shape.registry))
print("popen", find_popen())
print("globals", outer_globals())
print("equal", Payload() == 3)
try:
    Shape()
except TypeError:
    print("abstract classes cannot be made")
builtins_of = Circle.__init__.__globals__["__builtins__"]
print("builtins", builtins_of or "out of reach")
