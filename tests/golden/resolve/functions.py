import os


def default(cmd, module=os):
    module.system(cmd)  # finding: call.denied os.system


def passed(module):
    module.popen("id")  # finding: call.denied os.popen


def keyword(*, module=None):
    module.system("id")  # finding: call.denied os.system


def gives():
    return os


def closure():
    kept = os

    def inner():
        kept.system("id")  # finding: call.denied os.system

    return inner


def rest(*modules):
    modules[0].system("id")  # finding: call.denied os.system


def strange(module):
    module.system("id")


passed(os)
keyword(module=os)
rest(os)
gives().system("id")  # finding: call.denied os.system
(lambda m: m.system("id"))(os)  # finding: call.denied os.system
late = lambda: os
late().system("id")  # finding: call.denied os.system


def by_name(word):
    return getattr(os, word)("id")  # finding: call.denied os.system via getattr


by_name("system")
passed(*[os])
