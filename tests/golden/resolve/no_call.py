import os
from functools import partial


class Tricks:
    __add__ = os.system  # finding: call.denied os.system
    __class_getitem__ = exec  # finding: name.denied exec


Tricks() + "id"
Tricks["1"]
map(os.system, ["id"])  # finding: call.denied os.system
sorted(["id"], key=exec)  # finding: name.denied exec
partial(os.system, "id")()  # finding: call.denied os.system


@exec  # finding: call.denied exec (decorator)
@str
def text():
    pass


@os.system  # finding: call.denied os.system (decorator)
class Command:
    pass


def waits(run=exec):  # finding: name.denied exec
    run("1")


with os.popen("id") as pipe:  # finding: call.denied os.popen
    pipe.read()
for line in os.popen("id"):  # finding: call.denied os.popen
    print(line)
print(f"{os.popen('id')}")  # finding: call.denied os.popen
assert os.system  # finding: call.denied os.system
del os.system  # no finding: it takes nothing
match 1:
    case os.system:  # finding: call.denied os.system
        pass
    case object(__globals__=g):  # finding: attr.denied __globals__ in a class pattern
        pass
