import ast
import sys


def show(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except BaseException as error:
        print(type(error).__name__, error, getattr(error, "lineno", ""), getattr(error, "filename", ""))


for call in (eval, exec):
    show(call)
    show(call, 1)
    show(call, None)
    show(call, "1 +")
    show(call, "x = = 1")
    show(call, "1", 5)
    show(call, "1", {}, 5)
    show(call, "\ud800")
    show(call, "undefined_name")
    show(call, "(" * 100 + ")" * 99)
show(exec, "return 1")
show(exec, "def f():\n    nonlocal q")
show(exec, "if 1:\nprint(2)")
show(compile)
show(compile, 1, "f", "exec")
show(compile, "1", "f", "no mode")
show(compile, "1", 5, "exec")
show(compile, "1", "f", "exec", 1 << 30)
show(compile, "1", "f", "exec", optimize=9)
show(compile, "1", "f", "exec", unknown=1)
show(compile, "1", "f", "func_type")
show(compile, ast.Expression(ast.Name("x")), "f", "eval")
show(compile, ast.parse("1"), "f", "eval")
show(compile, ast.Load(), "f", "exec")
show(compile, ast.Expression(body=ast.Constant(value=object(), lineno=1, col_offset=0)), "f", "eval")
print(ast.dump(compile("a + 1", "f", "eval", ast.PyCF_ONLY_AST)))
print(eval(compile(ast.parse("6 * 7", mode="eval"), "f", "eval")))
print(compile("assert 0\n'doc'", "f", "exec", optimize=2).co_consts, compile("", b"bytes", "exec").co_filename)
print(sys.getrecursionlimit())
exec("def outer():\n    inner()\ndef inner():\n    1 / 0\nouter()")
