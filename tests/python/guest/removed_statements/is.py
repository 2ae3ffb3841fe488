print(R is None, R is not None, R is R)
#> <removed> <removed> True
