import sys

depths = []


def down(n):
    depths.append(n)
    down(n + 1)


try:
    down(0)
except RecursionError as error:
    print(len(depths), error)
print(sys.getrecursionlimit())
down(0)
