n = 5
n += R
s = 'a'
s += R
l = [1]
l += R
t = (1,)
t *= R
k = {1}
k |= R
d = {1: 2}
d |= R
f = 2.5
f //= R
f **= R
b = True
b &= R
print(n, s, l, t, k, d, f, b)
#> 5 a [1] (1,) {1} {1: 2} 2.5 True
