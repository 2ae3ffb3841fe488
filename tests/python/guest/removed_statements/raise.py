try:
    raise R
except RuntimeError as error:
    print(type(error).__name__, error)
#> PySandboxRemoved removed by policy
