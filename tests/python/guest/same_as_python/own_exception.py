class Odd(Exception):
    def __str__(self):
        print("asked for its text")
        return "odd one"


raise Odd
