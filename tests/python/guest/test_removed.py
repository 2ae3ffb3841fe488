"""The inert value and the helpers that neutralised code calls: removed.cases, and whole statements."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

import harness
from harness import HARM, Rules

CASES = [tuple(part.strip() for part in line.split(" => "))
         for line in (Path(__file__).parent / "removed.cases").read_text().splitlines()
         if line and not line.startswith("#")]
# Only what the guest itself does is under test here, so it must not be helped by the analysis of the expression.
PROGRAM = """
import json, os
def evaluate(text):
    try:
        return repr(calls[text](R))
    except BaseException as error:
        return type(error).__name__
R = os.getlogin()
calls = {%s}
print(json.dumps({text: evaluate(text) for text in calls}))
"""


def test_values(run):
    calls = ",".join(f"{text!r}: (lambda R: ({text}))" for text, _ in CASES)
    done = run(PROGRAM % calls, rules=HARM)
    assert done.err == ""
    assert json.loads(done.out) == dict(CASES)


STATEMENTS = {
    "with": ("with R as f, R:\n    print('body', f)", "body <removed>\n"),
    "with an exception": ("try:\n    with R:\n        raise KeyError(1)\nexcept KeyError:\n    print('passes')", "passes\n"),
    "for": ("for x in R:\n    print(x)\nelse:\n    print('none')", "none\n"),
    "not": ("print(not R, not not R)\nif not R:\n    print('then')\nelse:\n    print('else')", "<removed> <removed>\nelse\n"),
    "while not": ("n = 0\nwhile not R:\n    n += 1\nprint(n)", "0\n"),
    "is": ("print(R is None, R is not None, R is R)", "<removed> <removed> True\n"),
    "in": ("print(R in [1], 1 in R, R not in [1], 1 not in R)", "<removed> <removed> <removed> <removed>\n"),
    "unpack": ("x, y = R\n*p, q = R\nprint(x, y, p, q)", "<removed> <removed> [] <removed>\n"),
    "augment": ("n = 5\nn += R\ns = 'a'\ns += R\nl = [1]\nl += R\nt = (1,)\nt *= R\nk = {1}\nk |= R\nd = {1: 2}\nd |= R\n"
                "f = 2.5\nf //= R\nf **= R\nb = True\nb &= R\nprint(n, s, l, t, k, d, f, b)",
                "5 a [1] (1,) {1} {1: 2} 2.5 True\n"),
    "raise": ("try:\n    raise R\nexcept RuntimeError as error:\n    print(type(error).__name__, error)",
              "PySandboxRemoved removed by policy\n"),
    "raise from": ("try:\n    raise ValueError(1) from R\nexcept ValueError as error:\n    print('caught', error)", "caught 1\n"),
    "except": ("try:\n    {}['k']\nexcept R:\n    print('removed')\nexcept KeyError:\n    print('key')", "key\n"),
    "assert": ("assert R\nassert R == 1, 'message'\nprint('goes on')", "goes on\n"),
    "class": ("class C(R, metaclass=R):\n    x = 1\nprint(C.x, C.__mro__[1:])", "1 (<class 'object'>,)\n"),
    "decorator": ("@R\ndef f():\n    return 1\nprint(f())", "1\n"),
    "match": ("match R:\n    case 1:\n        print('one')\n    case [a]:\n        print('list')\n    case {}:\n        print('dict')\n"
              "    case _:\n        print('other')", "other\n"),
    "await": ("import asyncio\nasync def main():\n    print(await R, await asyncio.gather(R, asyncio.sleep(0, 1)))\n"
              "    async with R as x:\n        print('with', x)\n    async for y in R:\n        print(y)\n    else:\n        print('end')\n"
              "    print([z async for z in R], await asyncio.create_task(R), await asyncio.wait_for(R, 5))\nasyncio.run(main())",
              "<removed> [<removed>, 1]\nwith <removed>\nend\n[] <removed> <removed>\n"),
    "yield from": ("def g():\n    x = yield from R\n    yield x\nprint(list(g()))", "[<removed>]\n"),
    "delete": ("del R.a, R['k']\nR.b = 1\nR['c'] = 2\nprint(R.b, R['c'])", "<removed> <removed>\n"),
    "attribute of a class": ("class C:\n    x = R\n    __add__ = R\nprint(C.x, C().x, C() + 1)", "<removed> <removed> <removed>\n"),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements(name, run):
    source, out = STATEMENTS[name]
    done = run("import os\nR = os.getlogin()\n" + source, rules=HARM)
    assert (done.out, done.err, done.code) == (out, "", 0)


def test_the_actions_of_rules(run):
    rules = Rules(calls={"os.getlogin": ("replace", {"names": ["Ada", 1, 2.5, None, True]}), "os.getpgrp": "raise",
                         "os.getppid": "alert"})
    done = run("import os\na, b = os.getlogin(), os.getlogin()\na['names'].append('x')\nprint(a, b, a is b)\n"
               "try:\n    os.getpgrp()\nexcept PermissionError as error:\n    print(type(error), error)\n"
               "print(type(os.getppid()))\nos.getpgrp()", rules=rules)
    assert done.out == ("{'names': ['Ada', 1, 2.5, None, True, 'x']} {'names': ['Ada', 1, 2.5, None, True]} False\n"
                        "<class 'py_sandbox.RemovedError'> os.getpgrp is denied by the policy\n<class 'int'>\n")
    assert done.err == ('Traceback (most recent call last):\n  File "<string>", line 10, in <module>\n'
                        + ("    os.getpgrp()\n" if "os.getpgrp()\n" in done.err else "")
                        + (done.err[done.err.index("    ~~~"):done.err.index("py_sandbox.R")] if "~~~" in done.err else "")
                        + "py_sandbox.RemovedError: os.getpgrp is denied by the policy\n")
    assert (done.code, done.end) == (1, ("error", "RemovedError", "os.getpgrp is denied by the policy", 10))
    assert [f.action for f in done.findings] == ["replace", "replace", "raise", "alert", "raise"]


def test_a_guarded_import_raises(run):
    done = run("try:\n    import colorsys\nexcept ImportError as error:\n    print(type(error).__name__, error, error.name)\n"
               "import colorsys\nprint(colorsys)", rules=HARM)
    assert done.out == "ModuleNotFoundError No module named 'colorsys' colorsys\n<removed>\n"


def test_a_warning_of_cpython_about_placeholders_is_not_shown(run_file):
    done = run_file("import os\nos.getlogin()\nprint(1 is 1)\ntry:\n    frozenset()()\nexcept TypeError:\n    pass\n", rules=HARM)
    assert done.out == "True\n"
    assert "frozenset" not in done.err
    assert done.err.count("SyntaxWarning") == 1


def test_user_code_sees_no_placeholder(run):
    done = run("import os\ndef f():\n    return os.getlogin()\n"
               "print([type(c).__name__ for c in f.__code__.co_consts if c is not None])\nprint(f())", rules=HARM)
    assert done.out == "['function']\n<removed>\n"


def test_lines_stay_true(run_file):
    done = run_file("import os\nx = (1,\n     os.getlogin())\ndef f():\n    os.getlogin(\n      1)\n    return 1 / 0\nf()\n", rules=HARM)
    assert 'line 8, in <module>' in done.err
    assert 'line 7, in f' in done.err
    assert done.end == ("error", "ZeroDivisionError", "division by zero", 7)
    assert harness.places(done.findings) == [("prog.py", 3, "call.denied", "os.getlogin"),
                                             ("prog.py", 5, "call.denied", "os.getlogin")]
