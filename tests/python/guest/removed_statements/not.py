print(not R, not not R)
if not R:
    print('then')
else:
    print('else')
#> <removed> <removed>
#> else
