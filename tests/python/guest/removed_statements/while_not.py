n = 0
while not R:
    n += 1
print(n)
#> 0
