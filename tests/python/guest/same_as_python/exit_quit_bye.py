import sys

print("before")
quit('bye')
