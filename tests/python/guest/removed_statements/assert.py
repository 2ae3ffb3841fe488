assert R
assert R == 1, 'message'
print('goes on')
#> goes on
