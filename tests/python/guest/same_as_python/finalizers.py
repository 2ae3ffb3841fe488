NAME = "a global"


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, NAME)


def generator():
    try:
        yield 1
    finally:
        print("generator closed")


kept = Loud("kept")
in_a_ring = Loud("in a ring")
in_a_ring.me = in_a_ring
suspended = generator()
next(suspended)
print("end")
