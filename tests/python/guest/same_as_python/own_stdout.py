import sys


class Upper:
    def __init__(self, file):
        self.file = file

    def write(self, text):
        return self.file.write(text.upper())

    def flush(self):
        self.file.write("(flush)\n")
        self.file.flush()


sys.stdout = Upper(sys.stdout)
print("shown in capitals")
