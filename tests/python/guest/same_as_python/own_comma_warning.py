try:
    [1, 2](3, 4)
    (lambda: 0)()
except TypeError as error:
    print(error)
