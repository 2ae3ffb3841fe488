import sys

print(sorted(globals()))
print(__name__, __file__ == sys.argv[0], __doc__, __package__, __spec__, __annotations__)
print(type(__loader__).__name__, __loader__.name, __loader__.get_source("__main__")[:10] if __loader__ else None)
print(__builtins__, type(__builtins__), sys.modules["__main__"].__dict__ is globals())
print([name for name in dir(__builtins__) if name not in ("copyright", "credits", "license")])
print(exit, quit, help, eval, exec, compile, input)
print(eval.__module__, eval.__name__, eval.__self__.__name__, type(eval))
