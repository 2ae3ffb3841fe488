# The program's own names are its own.
class Engine:
    def system(self, text):
        return text

    def popen(self):
        return self


os = Engine()
os.system("start")
os.popen().popen()


def exec(text):
    return text


exec("mine")


def main():
    eval_me = compile_it("1")
    return eval_me


def compile_it(text):
    return breakpoint(text)


def breakpoint(text):
    return text


def parameter(exec):
    return exec("1")


def local():
    exec = print
    exec("1")


print([exec for exec in (1, 2)])
main()


class Descriptor:
    @property
    def exec(self):
        return 1

    @exec.setter
    def exec(self, value):
        pass


subprocess = {"popen": 1}
subprocess["popen"]
