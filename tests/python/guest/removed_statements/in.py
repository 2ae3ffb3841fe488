print(R in [1], 1 in R, R not in [1], 1 not in R)
#> <removed> <removed> <removed> <removed>
