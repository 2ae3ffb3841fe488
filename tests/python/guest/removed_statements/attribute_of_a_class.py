class C:
    x = R
    __add__ = R
print(C.x, C().x, C() + 1)
#> <removed> <removed> <removed>
