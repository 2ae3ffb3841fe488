from __future__ import annotations


def f(x: undefined) -> also_undefined:
    pass


print(f.__annotations__)
print(compile("def g(y: nothing): pass", "<s>", "exec").co_flags & 0x1000000 != 0)
exec("def g(y: nothing): pass\nprint(g.__annotations__)")
