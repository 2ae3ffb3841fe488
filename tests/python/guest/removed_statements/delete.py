del R.a, R['k']
R.b = 1
R['c'] = 2
print(R.b, R['c'])
#> <removed> <removed>
