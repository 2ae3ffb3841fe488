x = "global"


def f():
    y = "local"
    exec("z = y + '!'")
    scope = {}
    exec("a = x if 'x' in globals() else 'none'\ndef g(): return a", scope)
    return eval("y + x"), sorted(locals()), scope["g"](), sorted(scope)


print(f())
print(list(map(eval, ["1 + 1", " x", b"x.upper()", bytearray(b"3"), memoryview(b"4")])))
print(eval("x", {"x": 1}), eval("x", {}, {"x": 2}), eval(compile("x", "<c>", "eval")))
exec("def h(): return 'made by exec'")
print(h(), h.__code__.co_filename, h.__module__)
exec(h.__code__)
class C:
    exec("attribute = 5")
    value = eval("attribute + 1")
print(C.attribute, C.value)
exec(compile("print('single', end='');3", "<s>", "single"))
