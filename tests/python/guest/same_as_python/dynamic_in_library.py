import code
import doctest
import inspect
import runpy
import threading
import timeit
import typing

with open("part.py", "w") as file:
    file.write("import sys\nprint('part', __name__, value if 'value' in globals() else None)\nresult = eval('6 * 7')\n")
print(runpy.run_path("part.py", {"value": 3}, "chosen")["result"])
print(sorted(runpy.run_module("colorsys"))[-3:])
thread = threading.Thread(target=exec, args=("print('in a thread')", {}))
thread.start()
thread.join()
print(timeit.timeit("pass", number=1) >= 0)
console = code.InteractiveInterpreter({"a": 5})
print(console.runsource("a + 1"), console.runsource("if a:"))


def f(x: "int", y: "typing.Optional[str]" = None):
    """
    >>> f(1)
    'f'
    """
    return "f"


print(typing.get_type_hints(f), doctest.testmod().attempted)
if hasattr(inspect, "get_annotations"):
    print(inspect.get_annotations(f, eval_str=True))
