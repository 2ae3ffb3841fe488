import sys

name = input("name? ")
print("hi", name)
print([line.rstrip() for line in sys.stdin])
print(input())
