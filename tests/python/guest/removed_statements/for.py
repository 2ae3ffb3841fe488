for x in R:
    print(x)
else:
    print('none')
#> none
