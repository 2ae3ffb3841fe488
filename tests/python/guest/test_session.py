"""Interactive sessions: inputs, their completeness, what they keep, how they end."""
from __future__ import annotations

import os
import re
import signal
import threading
import time

import pytest

import harness
from harness import places


def talk(session, *inputs):
    """Give inputs; return their outcomes and all output."""
    outcomes = [session.run_cell(source + "\n") for source in inputs]
    return outcomes, *session.shown()


def test_names_are_kept_and_expressions_echoed(session):
    outcomes, out, err = talk(session, "x = 20", "x + 1", "None", "'text'", "_ + '!'", "print(x)", "# nothing", "",
                              "a = 1; a + 1")
    assert (set(outcomes), out, err) == ({"done"}, "21\n'text'\n'text!'\n20\n2\n", "")
    assert session.finish().code == 0


@pytest.mark.parametrize(("source", "outcome"), [
    ("def f():\n", "incomplete"), ("def f():\n    return 1\n", "incomplete"), ("def f():\n    return 1\n\n", "done"),
    ("if 1:\n", "incomplete"), ("(1,\n", "incomplete"), ("x = '''a\n", "incomplete"), ("x = \\\n", "incomplete"),
    ("for i in (1, 2):\n  i\n\n", "done"), ("@property\n", "incomplete"), ("class C: pass\n\n", "done"),
    ("x = = 1\n", "syntax_error"), ("  x = 1\n", "syntax_error"), ("'abc\n", "syntax_error"), ("1 +\n", "syntax_error"),
    ("return 1\n", "syntax_error"), (")\n", "syntax_error"), ("x = 1\ny = 2\n", "syntax_error"), ("[1,\n2]\n", "done"),
    ("try:\n    pass\nexcept:\n    pass\n\n", "done"), ("import os\n", "done"), ("await x\n", "syntax_error"),
])
def test_completeness(source, outcome, session):
    assert session.run_cell(source) == outcome
    if outcome == "incomplete":
        assert session.shown() == ("", "")
    session.finish()


def test_errors_look_like_those_of_python_s_prompt(session):
    outcomes, out, err = talk(session, "def f():\n    1 / 0\n", "f()", "x = = 2", "'alive'")
    assert outcomes == ["done", "error", "syntax_error", "done"]
    assert out == "'alive'\n"
    assert re.match(r'Traceback \(most recent call last\):\n  File "<stdin>", line 1, in <module>\n', err)
    assert 'File "<stdin>", line 2, in f\n' in err
    assert "ZeroDivisionError: division by zero\n" in err
    assert 'File "<stdin>", line 1\n    x = = 2\n        ^\nSyntaxError: invalid syntax\n' in err
    session.finish()


def test_every_input_is_analysed_with_what_earlier_ones_bound(session):
    outcomes, out, err = talk(session, "import os as tool", "go = tool.getlogin", "go()", "import colorsys",
                              "tool.path.sep", "eval('go' + '()')")
    assert (set(outcomes), err) == ({"done"}, "")
    assert out == "<removed>\n'/'\n<removed>\n"
    assert {f.origin for f in session.findings} == {"guest"}
    assert {f.subject.split()[0] for f in session.findings} == {"os.getlogin", "colorsys"}
    assert {f.file for f in session.findings if "inside" not in f.subject} == {"<stdin>"}
    session.finish()


def test_a_blocked_input_does_not_run(start):
    session = start(session=True, file_name="<stdin>", argv=[""], rules=harness.Rules(calls={"os.getlogin": "block"}))
    outcomes, out, err = talk(session, "x = 1", "import os", "x = 2; os.getlogin()", "x")
    assert (outcomes, out, err) == (["done", "done", "blocked", "done"], "1\n", "")
    assert places(session.findings) == [("<stdin>", 1, "call.denied", "os.getlogin")]
    session.finish()


def test_an_input_that_cannot_be_analysed_does_not_run(session):
    outcomes, out, err = talk(session, "x = 1", "x = 2; y = " + "1" + "+1" * 100_000, "x")
    assert outcomes[1] in ("blocked", "syntax_error")
    assert out == "1\n"
    session.finish()


def test_future_statements_hold_on(session):
    _, out, _ = talk(session, "from __future__ import annotations", "def f(x: undefined): pass\n", "f.__annotations__")
    assert out == "{'x': 'undefined'}\n"
    session.finish()


def test_input_asks_the_supervisor(session):
    assert session.run_cell("name = input('who? ')\n", ["Ada\n"]) == "done"
    assert session.run_cell("name, input(), input(5)\n", ["\n", "no end"]) == "done"
    assert session.run_cell("input()\n") == "error"
    out, err = session.shown()
    assert out == "who? 5('Ada', '', 'no end')\n"
    assert err.endswith("EOFError: EOF when reading a line\n")
    assert session.run_cell("input(1, 2)\n") == "error"
    assert "input expected at most 1 argument" in session.shown()[1]
    session.finish()


def test_input_reads_from_what_the_program_put_into_stdin(session):
    _, out, _ = talk(session, "import io, sys", "sys.stdin = io.StringIO('from the program\\n')", "input()")
    assert out == "'from the program'\n"
    session.finish()


@pytest.mark.parametrize(("source", "code"), [
    ("exit()", 0), ("quit(2)", 2), ("raise SystemExit(4)", 4), ("import sys; sys.exit('text')", 1),
    ("import sys; sys.exit(259)", 3)])
def test_leaving(source, code, session):
    outcomes, _, _ = talk(session, "import atexit; _ = atexit.register(print, 'bye')", source)
    assert (outcomes[-1], session.exit_code) == ("exit", code)
    done = session.finish(close=False)
    assert (done.code, done.out) == (code, "bye\n")


def test_the_end_of_the_channel_ends_the_session(session):
    talk(session, "import atexit; _ = atexit.register(print, 'bye')",
         "class D:\n    def __del__(self): print('del')\n", "d = D()")
    done = session.finish()
    assert (done.code, done.out, done.end) == (0, "bye\ndel\n", None)


def test_an_interrupt_ends_the_input_only(session):
    def interrupt():
        while "begun" not in session.shown()[0]:
            time.sleep(0.01)
        os.kill(session.pid, signal.SIGINT)
    threading.Thread(target=interrupt).start()
    outcomes, out, err = talk(session, "x = 5", "while True: print('begun', flush=True)\n", "x")
    assert outcomes == ["done", "error", "done"]
    assert out.endswith("5\n")
    assert err.endswith("KeyboardInterrupt\n")
    session.finish()


def test_an_interrupt_between_inputs_is_none(session):
    talk(session, "x = 1")
    os.kill(session.pid, signal.SIGINT)
    time.sleep(0.1)
    outcomes, out, err = talk(session, "x")
    assert (outcomes, out, err) == (["done"], "1\n", "")
    session.finish()


def test_threads_run_on_between_inputs(session):
    talk(session, "import threading, time, os", "e = threading.Event()",
         "t = threading.Thread(target=lambda: (e.wait(), print('from the thread', flush=True)))", "t.start()",
         "e.set()")
    deadline = time.monotonic() + harness.PATIENCE
    while "from the thread" not in session.shown()[0] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert "from the thread" in session.shown()[0]
    session.finish()


def test_the_namespace(session):
    _, out, _ = talk(session, "__name__, sorted(k for k in globals() if k != '__annotations__')",
                     "__file__ if '__file__' in dir() else 'none'", "import sys; sys.argv",
                     "__import__('inspect').stack().__len__()")
    assert out == ("('__main__', ['__builtins__', '__doc__', '__loader__', '__name__', '__package__', '__spec__'])\n"
                   "'none'\n['']\n1\n")
    session.finish()
