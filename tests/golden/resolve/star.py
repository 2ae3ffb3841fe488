from os import *
from math import *

system("id")  # finding: call.denied os.system
print(sqrt(4), getcwd())
open("own.txt")


def later():
    popen("id")  # finding: call.denied os.popen
