def deep(n):
    if n == 0:
        return {}["missing"]
    return deep(n - 1)


print("before")
try:
    deep(2)
except KeyError as error:
    raise ValueError("wrapped") from error
