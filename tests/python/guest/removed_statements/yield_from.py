def g():
    x = yield from R
    yield x
print(list(g()))
#> [<removed>]
