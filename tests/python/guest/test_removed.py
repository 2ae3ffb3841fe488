"""The inert value and the helpers that neutralised code calls: expressions in removed.cases, and programs in
removed_statements/, where R is the inert value and lines with #> are what they print."""
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


STATEMENTS = sorted((Path(__file__).parent / "removed_statements").glob("*.py"))


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_statements(path, run):
    source = path.read_text()
    done = run("import os\nR = os.getlogin()\n" + source, rules=HARM)
    assert done.out == "".join(line[3:] + "\n" for line in source.splitlines() if line.startswith("#> "))
    assert (done.err, done.code) == ("", 0)


def test_the_actions_of_rules(run):
    rules = Rules(calls={"os.getlogin": ("replace", {"names": ["Ada", 1, 2.5, None, True]}), "os.getpgrp": "raise",
                         "os.getppid": "alert"})
    done = run("import os\na, b = os.getlogin(), os.getlogin()\na['names'].append('x')\nprint(a, b, a is b)\n"
               "try:\n    os.getpgrp()\nexcept PermissionError as error:\n    print(type(error), error)\n"
               "print(type(os.getppid()))\nos.getpgrp()", rules=rules)
    assert done.out == ("{'names': ['Ada', 1, 2.5, None, True, 'x']} {'names': ['Ada', 1, 2.5, None, True]} False\n"
                        "<class 'py_sandbox.RemovedError'> os.getpgrp is denied by the policy\n<class 'int'>\n")
    assert done.err.startswith('Traceback (most recent call last):\n  File "<string>", line 10, in <module>\n')
    assert done.err.endswith("\npy_sandbox.RemovedError: os.getpgrp is denied by the policy\n")
    assert (done.code, done.end) == (1, ("error", "RemovedError", "os.getpgrp is denied by the policy", 10))
    assert [f.action for f in done.findings] == ["replace", "replace", "raise", "alert", "raise"]


def test_a_guarded_import_raises(run):
    done = run("try:\n    import colorsys\nexcept ImportError as error:\n"
               "    print(type(error).__name__, error, error.name)\n"
               "import colorsys\nprint(colorsys)", rules=HARM)
    assert done.out == "ModuleNotFoundError No module named 'colorsys' colorsys\n<removed>\n"


def test_a_warning_of_cpython_about_placeholders_is_not_shown(run_file):
    done = run_file("import os\nos.getlogin()\nprint(1 is 1)\ntry:\n    frozenset()()\nexcept TypeError:\n    pass\n",
                    rules=HARM)
    assert done.out == "True\n"
    assert "frozenset" not in done.err
    assert done.err.count("SyntaxWarning") == 1


def test_user_code_sees_no_placeholder(run):
    done = run("import os\ndef f():\n    return os.getlogin()\n"
               "print([type(c).__name__ for c in f.__code__.co_consts if c is not None])\nprint(f())", rules=HARM)
    assert done.out == "['function']\n<removed>\n"


def test_lines_stay_true(run_file):
    done = run_file("import os\nx = (1,\n     os.getlogin())\ndef f():\n    os.getlogin(\n      1)\n"
                    "    return 1 / 0\nf()\n", rules=HARM)
    assert 'line 8, in <module>' in done.err
    assert 'line 7, in f' in done.err
    assert done.end == ("error", "ZeroDivisionError", "division by zero", 7)
    assert harness.places(done.findings) == [("prog.py", 3, "call.denied", "os.getlogin"),
                                             ("prog.py", 5, "call.denied", "os.getlogin")]
