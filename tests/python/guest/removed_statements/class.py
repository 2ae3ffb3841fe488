class C(R, metaclass=R):
    x = 1
print(C.x, C.__mro__[1:])
#> 1 (<class 'object'>,)
