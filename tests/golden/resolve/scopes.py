import os as module


def outer():
    module = None

    def inner():
        nonlocal module
        import os
        module = os

    inner()
    module.system("id")  # finding: call.denied os.system


def sets_global():
    global shared
    import os
    shared = os


def uses_global():
    shared.system("id")  # finding: call.denied os.system


class Hides:
    module = "text"

    def method(self):
        module.system("id")  # finding: call.denied os.system

    values = [module.system for _ in (1,)]  # finding: call.denied os.system


def walrus():
    [y := module for _ in (1,)]
    y.system("id")  # finding: call.denied os.system


def shadowed(module):
    module.system("id")


lambda module: module.system("id")
{module: 1 for module in ("a",)}
try:
    pass
except ValueError as error:
    error.system("id")
with module.scandir("/data") as entries:
    entries.system("id")
