x, y = R
*p, q = R
print(x, y, p, q)
#> <removed> <removed> [] <removed>
