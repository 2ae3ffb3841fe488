try:
    with R:
        raise KeyError(1)
except KeyError:
    print('passes')
#> passes
