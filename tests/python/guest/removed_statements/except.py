try:
    {}['k']
except R:
    print('removed')
except KeyError:
    print('key')
#> key
