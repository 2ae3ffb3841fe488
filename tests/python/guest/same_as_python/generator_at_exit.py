import sys
import weakref


class Thing:
    pass


thing = Thing()
weakref.finalize(thing, print, "finalized")
for n in range(3):
    print(n)
print("to stderr", file=sys.stderr)
