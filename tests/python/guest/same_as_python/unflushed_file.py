import atexit


class Holder:
    def __init__(self):
        self.me = self
        self.file = open("unflushed.txt", "w")
        self.file.write("written at the end")


holder = Holder()


class Check:
    def __del__(self, path="unflushed.txt", open=open):
        with open(path) as file:
            print(repr(file.read()))


atexit.register(print, "exit")
