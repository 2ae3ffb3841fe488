"""Text that a program gives to eval, exec and compile is analysed when it is reached."""
from __future__ import annotations

import pytest

from harness import HARM, Rules, places

# The text is put together at run time, so that the analysis of the program itself cannot know it.
READ = "import sys\ntext = sys.stdin.read()\n"


@pytest.fixture
def go(run_file):
    """Run a program that finds the text in `text`."""
    return lambda text, source, rules=HARM: run_file(READ + source, stdin=text.encode(), rules=rules)


@pytest.mark.parametrize(("source", "name"), [
    ("print(eval(text))", "eval"),
    ("print(eval(text, {}))", "eval"),
    ("print(eval(text.encode()))", "eval"),
    ("print(eval(bytearray(text, 'ascii'), globals(), {}))", "eval"),
    ("class T(str): pass\nprint(eval(T(text)))", "eval"),
    ("print(*map(eval, [text]))", "eval"),
    ("f = [eval][0]\nprint(f(text))", "eval"),
    ("print(__builtins__.eval(text))", "eval"),
    ("import builtins\nprint(vars(builtins)['ev' + 'al'](text))", "eval"),
    ("print(eval(compile(text, '<x>', 'eval')))", "compile"),
    ("import ast\nprint(eval(compile(ast.parse(text, mode='eval'), '<x>', 'eval')))", "compile"),
    ("import functools\nprint(functools.partial(eval, text)())", "eval"),
    ("import pickle\nprint(pickle.loads(pickle.dumps(eval))(text))", "eval"),
    ("class A:\n    __add__ = staticmethod(eval)\nprint(A() + text)", "eval"),
    ("exec('result = ' + text)\nprint(result)", "exec"),
    ("exec('exec(\"print(\" + text + \")\")')", "exec"),
    ("print(eval('eval(text)'))", "eval"),
    ("import threading\nt = threading.Thread(target=exec, args=('print(' + text + ')',))\nt.start()\nt.join()", "exec"),
    ("import threading\nt = threading.Thread(target=exec, args=('exec(\"print(' + text + ')\")', {}))\nt.start()\n"
     "t.join()", "exec"),
    ("import timeit\ntimeit.timeit('print(' + text + ')', number=1)", "compile"),
    ("import code\ncode.InteractiveInterpreter().runsource('print(' + text + ')')", "compile"),
    ("import typing\nprint(typing.get_type_hints(type('C', (), {'__annotations__': {'x': text}}))['x'])", "compile"),
    ("open('part.py', 'w').write('print(' + text + ')')\nimport runpy\nrunpy.run_path('part.py')", "compile"),
])
def test_harm_in_text_is_removed(source, name, go):
    done = go("__import__('os').getlogin()", source)
    assert done.err == ""
    assert done.out.strip() in ("<removed>", "typing.Optional[<removed>]")
    assert done.findings == []
    assert {f.rule for f in done.claims} == {"call.denied"}
    assert {f.origin for f in done.claims} == {"guest"}
    assert done.claims[-1].subject.startswith(f"os.getlogin (inside {name}, <{name}:")


def test_text_is_understood_with_what_an_unread_program_binds(run_file):
    """No word of the policy occurs in this program, so it is not analysed until it runs a text."""
    done = run_file("import os as o, time, timeit\n"
                    "print(timeit.timeit('o.getlog' + 'in()', 'pass', time.perf_counter, 1, {'o': o}) >= 0)\n", rules=HARM)
    assert (done.out, done.err, done.findings) == ("True\n", "", [])
    assert {f.rule for f in done.claims} == {"call.denied"}
    assert done.claims[-1].subject.startswith("os.getlogin (inside compile")


def test_text_is_not_run_when_the_unread_program_before_it_cannot_be_analysed(run_file):
    """The program has no word of the policy, and takes the analysis more than it is given."""
    done = run_file("x = 'a' * 60000\n" + "y = x + 'b'\n" * 5000 +
                    "import os as o, time, timeit\nfor _ in range(2):\n    try:\n"
                    "        timeit.timeit('print(o.getlog' + 'in())', 'pass', time.perf_counter, 1, {'o': o})\n"
                    "    except PermissionError as error:\n        print(type(error).__name__)\n", rules=HARM)
    assert (done.out, done.err) == ("RemovedError\nRemovedError\n", "")


def test_place_and_subject_of_a_finding(go):
    done = go("a = 1\nimport os\nprint(os.getlogin(), a)\n", "\n\nexec(\n  text)\n")
    assert done.out == "<removed> 1\n"
    line = done.claims[0].file
    assert line in ("<exec:5>", "<exec:6>")
    assert places(done.claims) == [(line, 3, "call.denied", f"os.getlogin (inside exec, {line}:3)")]


def test_a_block_rule_in_text(go):
    done = go("print('ran')\nimport os\nos.getlogin()",
              "try:\n    exec(text)\nexcept PermissionError as error:\n    print(type(error).__name__, error)",
              rules=Rules(calls={"os.getlogin": "block"}))
    assert done.out == "RemovedError <exec:4> is not run: the policy blocks what it does\n"
    assert [f.action for f in done.claims] == ["block"]


@pytest.mark.parametrize("source", [
    "import marshal\nc = marshal.loads(marshal.dumps(compile('1', 's', 'eval')))\neval(c)",
    "def f(): pass\nexec(f.__code__.replace(co_name='g'))",
    "exec(type((lambda: 0).__code__)(0, 0, 0, 0, 0, 0, b'', (), (), (), 's', 'n', 1, b''))",
    "import dis\nexec(dis.dis.__code__)",
])
def test_code_that_never_was_text_here_is_refused(source, run):
    done = run(f"try:\n    {source!r} and exec({source!r})\nexcept (PermissionError, TypeError) as error:\n"
               f"    print(type(error).__name__)")
    assert done.out in ("RemovedError\n", "TypeError\n")


def test_own_code_objects_run(run):
    done = run("def f():\n    def g(): print('inner')\n    return g\n"
               "exec(f().__code__)\nexec(compile('print(1)', 's', 'exec'))\n"
               "exec('def h(): print(2)')\nexec(h.__code__)\neval((lambda: print(3)).__code__)\n"
               "codes = [compile(f'print({n})', 's', 'exec') for n in range(300)]\n[exec(c) for c in codes[::100]]")
    assert (done.out, done.err) == ("inner\n1\n2\n3\n0\n100\n200\n", "")


def test_an_object_that_gives_another_text_each_time_is_read_once(go, python):
    if python.minor < 12:
        pytest.skip("classes of Python can have a buffer since 3.12")
    done = go("__import__('os').getlogin()",
              "class Shifty:\n    n = 0\n    def __buffer__(self, flags):\n        self.n += 1\n"
              "        return memoryview(b'1' if self.n % 2 else text.encode())\n"
              "    def __release_buffer__(self, b): pass\n"
              "s = Shifty()\nprint(eval(s), eval(s), s.n)")
    assert done.out == "1 <removed> 2\n"


def test_a_tree_that_lies_is_read_once(go):
    done = go("__import__('os').getlogin()",
              "import ast\nharm = ast.parse(text, mode='eval').body\n"
              "class Shifty(ast.Expression):\n    n = 0\n    @property\n    def body(self):\n        self.n += 1\n"
              "        return ast.copy_location(ast.Constant(1), harm) if self.n % 2 else harm\n"
              "    @body.setter\n    def body(self, value): pass\n"
              "tree = Shifty()\nprint(eval(compile(tree, 's', 'eval')), eval(compile(tree, 's', 'eval')), tree.n)")
    assert done.out == "1 <removed> 2\n"


def test_a_tree_of_the_user_is_not_changed(go):
    done = go("__import__('os').getlogin()",
              "import ast\ntree = ast.parse(text)\nbefore = ast.dump(tree)\nexec(compile(tree, 's', 'exec'))\n"
              "print(ast.dump(tree) == before)")
    assert (done.out, len(done.claims)) == ("True\n", 1)


def test_foreign_codecs_in_bytes_are_refused(run):
    done = run("try:\n    exec(b'# coding: utf_7\\nx = 1 #+AAo-print(2)')\nexcept SyntaxError as error:\n"
               "    print(error)\n"
               "exec(b'# coding: latin-1\\nprint(\"\\xfc\")')")
    assert done.out == ("this source is not run: its first lines declare the encoding utf_7, and only utf-8, ascii and "
                        "latin-1 are taken; save it as UTF-8 and remove the declaration\nü\n")


def test_what_is_too_deep_raises(go):
    done = go("(" * 5000, "try:\n    eval(text)\nexcept BaseException as error:\n    print(type(error).__name__)\n"
              "try:\n    eval('1' + '+1' * 100_000)\nexcept BaseException as error:\n"
              "    print(type(error).__name__)\nprint('goes on')")
    first, second, last = done.out.splitlines()
    assert first in ("SyntaxError", "MemoryError", "RecursionError")
    assert second in ("RecursionError", "RemovedError", "MemoryError")
    assert last == "goes on"


def test_a_lowered_recursion_limit_opens_nothing(go):
    done = go("print(__import__('os').getlogin())",
              "import sys\ndef down(n):\n    try:\n        exec(text)\n"
              "    except (RecursionError, PermissionError) as e:\n"
              "        pass\n    if n: down(n - 1)\nsys.setrecursionlimit(80)\ntry:\n    down(100)\n"
              "except RecursionError:\n    pass\n"
              "sys.setrecursionlimit(1000)\n")
    assert set(done.out.splitlines()) == {"<removed>"}


def test_many_findings_do_not_hold_the_program_up(go):
    done = go("__import__('os').getlogin()", "for n in range(3000):\n    eval(text)\nprint('end')")
    assert (done.out, len(done.claims)) == ("end\n", 3000)


def test_warnings_and_filters_of_the_program_survive(go):
    done = go("__import__('os').getlogin()",
              "import warnings\nwarnings.simplefilter('error')\nbefore = list(warnings.filters)\nprint(eval(text))\n"
              "print(warnings.filters == before)\ntry:\n    eval('1 is 1')\nexcept SyntaxError as error:\n"
              "    print('error')")
    assert done.out == "<removed>\nTrue\nerror\n"


def test_a_restricted_namespace_stays_as_it_is(run):
    """Text run by text that has builtins of its own sees the names of that text."""
    done = run("exec('x = 5\\nprint(eval(\"x + 1\"))', {'__builtins__': {'print': print, 'eval': eval}})\n"
               "try:\n    eval('len(x)', {'__builtins__': {}, 'x': []})\nexcept NameError as error:\n    print(error)")
    assert done.out == "6\nname 'len' is not defined\n"


def test_without_the_interpreter_layer_dynamic_code_is_python_s(run_file, tmp_path):
    (tmp_path / "helper.py").write_text("import os\nprint(os.getppid.__name__)\n")
    done = run_file("import builtins\nbuiltins.exec('print(1)')\nf = getattr(builtins, 'eval')\nprint(f('2'))\n"
                    "import helper\n"
                    "print(eval.__self__ is builtins, isinstance(__builtins__.__spec__, object))",
                    rules=Rules(calls={"os.getppid": "remove"}), interpreter_layer=False)
    assert (done.out, done.err, done.claims) == ("1\n2\ngetppid\nTrue True\n", "", [])
