"""How a program gets into the guest: what is taken, what is refused, what it finds; and what the supervisor is told."""
from __future__ import annotations

import os
import time

import pytest

import harness
from harness import HARM, Guest, Request, Rules, frame, places


def test_findings_come_before_the_first_line_runs(start):
    guest = start(source=b"import os\nos.getlogin()\nimport time\ntime.sleep(0.2)\nprint('ran')", rules=HARM)
    assert guest.commit == ("run", "")
    assert places(guest.findings) == [("<string>", 2, "call.denied", "os.getlogin")]
    assert guest.shown() == ("", "")
    assert guest.finish().out == "ran\n"


def test_arguments_and_paths(run, python):
    done = run("import sys\nprint(sys.argv, sys.orig_argv, sys.path, sys.executable, sys.dont_write_bytecode)",
               argv=["prog", "a b", "ü", "\udcff"], sys_path=["/one", ""])
    argv = ["prog", "a b", "ü", "\udcff"]
    assert done.out == f"{argv} {[python.path, *argv]} {['/one', '', *python.trusted]} {python.path} True\n"


def test_standard_output_goes_out_line_by_line(start):
    guest = start(source=b"print('first')\nprint('no end yet', end='')\nimport time\ntime.sleep(60)")
    deadline = time.monotonic() + harness.PATIENCE
    while guest.shown()[0] != "first\n" and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(guest.pid, 9)
    assert guest.finish().out == "first\n"


@pytest.mark.parametrize(("source", "out"), [
    (b"\xef\xbb\xbfprint('mark')", "mark\n"),
    (b"\xef\xbb\xbf# coding: utf-8\nprint('mark and cookie')", "mark and cookie\n"),
    (b"x = 1\r\nif x:\r\n    print('crlf', '''a\r\nb''' == 'a\\nb')\r\n", "crlf True\n"),
    (b"print('cr')\rprint('twice')\r", "cr\ntwice\n"),
    (b"print('\xc3\xbc')", "ü\n"),
    (b"# -*- coding: latin-1 -*-\nprint('\xfc')", "ü\n"),
    (b"#!/usr/bin/python3\n# vim: set fileencoding=ISO_8859-1 :\nprint('\xfc')", "ü\n"),
    (b"\n# coding=utf8\nprint('\xc3\xbc')", "ü\n"),
    (b"# coding: ascii\nprint('plain')", "plain\n"),
    (b"print(1)\n# coding: utf_7\n", "1\n"),
    (b"\n\n# coding: utf_7\nprint(3)", "3\n"),
    (b"x = 1 # coding: utf_7\nprint(x)", "1\n"),
    (b"", ""),
    (b"# only a comment", ""),
    (b"print(1)\n\x0cprint(2)", "1\n2\n"),
])
def test_encodings(source, out, run_file):
    done = run_file(source)
    assert (done.out, done.err, done.code, done.outcome) == (out, "", 0, "run")


@pytest.mark.parametrize("cookie", ["utf_7", "utf-16", "cp1252", "rot13", "raw_unicode_escape", "punycode", "nonsense"])
def test_codecs_that_could_hide_code_are_refused(cookie, run):
    # As bytes the comment would be a second statement: +AAo- is a line end in UTF-7.
    done = run(b"# -*- coding: %s -*-\nx = 1 #+AAo-print('hidden')\nprint('seen')\n" % cookie.encode())
    assert done.outcome == "refused"
    assert cookie in done.commit[1] and "utf-8" in done.commit[1]
    assert (done.out, done.code, done.end) == ("", 126, None)


@pytest.mark.parametrize(("source", "message"), [
    (b"x = 1\0\nprint(x)", "source code cannot contain null bytes"),
    (b"x = 1\ny = '\xff'\n", "Non-UTF-8 code starting with '\\xff' in file <string> on line 2"),
    (b"ok = '\xc3\xbc'; y = '\xe2\x82'\n", "Non-UTF-8 code starting with '\\xe2'"),
    (b"# coding: ascii\nx = '\xc3\xbc'", "encoding problem: ascii"),
    (b"\xef\xbb\xbf# coding: latin-1\nx = 1", "encoding problem: latin-1 with BOM"),
])
def test_bytes_that_are_no_source(source, message, run):
    done = run(source)
    assert done.outcome == "syntax_error"
    assert message in done.commit[1]
    assert done.err.startswith("SyntaxError: " + message)
    assert (done.out, done.code) == ("", 1)


@pytest.mark.parametrize("source", ["-" * 400_000 + "1", "a" + "()" * 200_000, "1" + "+0" * 150_000,
                                    "(" * 9_000 + ")" * 9_000], ids=["minus", "calls", "sum", "parentheses"])
def test_what_is_too_deep_is_not_run(source, python, run):
    done = run("print('ran')\nx = " + source)
    assert (done.out, done.end) == ("", None)
    if python.minor == 10 and done.code == -11:
        # CPython 3.10 has no check in its own conversion of trees: it dies, the program with it.
        assert done.outcome == "nothing"
    else:
        assert (done.outcome, done.code) in (("refused", 126), ("syntax_error", 1))


def test_a_block_rule_keeps_everything_from_running(run):
    done = run("print('ran')\nimport os\nos.getlogin()", rules=Rules(calls={"os.getlogin": "block"}))
    assert (done.outcome, done.out, done.err, done.code, done.end) == ("blocked", "", "", 126, None)
    assert places(done.findings) == [("<string>", 3, "call.denied", "os.getlogin")]


def test_without_the_static_layer_the_text_runs_as_it_is(run, python):
    done = run("import os\nprint(len(eval('os.getcwd()')) > 1, eval.__self__ is __import__('builtins'))\n"
               "import colorsys",
               rules=Rules(imports={"colorsys": "remove"}, calls={"os.getcwd": "remove"}), static_layer=False)
    assert (done.out, done.findings, done.claims) == ("True True\n", [], [])


def test_without_the_static_layer_errors_are_python_s(run, python, tmp_path):
    source = "x = (" + "-" * 400_000 + "1)"
    (tmp_path / "deep.py").write_text(source)
    done = run(source, static_layer=False)
    assert (done.outcome, done.code) == ("syntax_error", 1)
    assert "MemoryError" in done.err or "SyntaxError" in done.err or "RecursionError" in done.err


@pytest.mark.parametrize(("data", "why"), [
    (b"\x00\x00\x00\x00", "malformed"),
    (b"\xff\xff\xff\xff\x00", "malformed"),
    (frame(harness.REQUEST, b"\x00\x01"), "malformed"),
    (frame(harness.CELL, b"print(1)"), "no request"),
    (frame(99, b""), "malformed"),
])
def test_a_bad_request_fails_loudly(data, why, python, tmp_path):
    done = Guest(python, Request(), tmp_path, first_frame=data).finish()
    assert done.outcome == "failed"
    assert why in done.commit[1]
    assert (done.code, done.out) == (125, "")


def test_malformed_rules_fail_loudly(python, tmp_path):
    class Broken(Rules):
        def encode(self):
            return super().encode() + b"more"
    done = Guest(python, Request(source=b"print(1)", rules=Broken()), tmp_path).finish()
    assert (done.outcome, done.code, done.out) == ("failed", 125, "")
    assert "rules" in done.commit[1]


@pytest.mark.parametrize(("source", "end"), [
    ("pass", ("ok", "", "", 0)),
    ("import sys\nsys.exit(0)", ("exit", "", "", 0)),
    ("raise SystemExit('text')", ("exit", "", "", 0)),
    ("def f():\n    raise KeyError('k')\nf()", ("error", "KeyError", "'k'", 2)),
    ("import json\n\njson.loads('{')", ("error", "JSONDecodeError", None, 3)),
    ("class E(Exception):\n    def __str__(self): return 'mine'\nraise E", ("error", "E", "", 3)),
    ("class S:\n    def __str__(self): return 'mine'\nraise ValueError(S())", ("error", "ValueError", "", 3)),
])
def test_the_claim_at_the_end(source, end, run):
    said = run(source).end
    assert said[:2] + said[3:] == end[:2] + end[3:]
    assert end[2] is None or said[2] == end[2]


def test_a_very_long_line_makes_no_oversized_frame(run):
    done = run("import os\nx = '" + "ü" * 2_000_000 + "'; os.getlogin()\nprint(len(x))", rules=HARM)
    assert done.out == "2000000\n"
    assert len(done.findings) == 1 and len(done.findings[0].source.encode()) <= 4096
