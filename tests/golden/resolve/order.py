# What is bound later, or only perhaps, hides nothing.
import os

os.system("id")  # finding: call.denied os.system
import pathlib as os

exec("1")  # finding: call.denied exec


def exec(text):
    return text


exec("2")

if os:
    breakpoint = print
breakpoint()  # finding: name.denied breakpoint


def early():
    popen_it = lambda: exec_late("1")
    return popen_it


exec_late = print


class Body:
    copy = breakpoint  # finding: name.denied breakpoint
    breakpoint = 1
    after = breakpoint


def rebinds():
    global breakpoint
    breakpoint = 1


def uses():
    return breakpoint  # finding: name.denied breakpoint
