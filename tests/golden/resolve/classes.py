import os


class Holder:
    module = os
    run = os.system  # finding: call.denied os.system

    def __init__(self, given):
        self.given = given
        self.own = os

    def go(self):
        self.own.system("id")  # finding: call.denied os.system
        self.module.system("id")  # finding: call.denied os.system
        self.given.system("id")  # finding: call.denied os.system
        self.other(os)

    def other(self, module):
        module.popen("id")  # finding: call.denied os.popen

    def system(self, text):
        return text

    def quiet(self):
        self.system("this is mine")


Holder.module.system("id")  # finding: call.denied os.system
Holder(os).own.system("id")  # finding: call.denied os.system
Holder(os).system("fine")


class Private:
    __os = os

    def go(self):
        self.__os.system("id")  # finding: call.denied os.system


_Private__hidden = os


class Private2:
    def go(self):
        return 1


class Private:
    def again(self):
        __hidden.system("id")  # finding: call.denied os.system
