import atexit


def last(n):
    print("last", n)


def fails():
    raise ValueError("at exit")


atexit.register(last, 1)
atexit.register(fails)
atexit.register(last, 2)
print("end of the program")
