try:
    raise ValueError(1) from R
except ValueError as error:
    print('caught', error)
#> caught 1
