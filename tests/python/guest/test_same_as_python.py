"""Programs that no rule concerns behave as under plain Python: each file in same_as_python/ is run both ways."""
from __future__ import annotations

from pathlib import Path

import pytest

from harness import HARM, without_addresses

PROGRAMS = sorted((Path(__file__).parent / "same_as_python").glob("*.py"))
STDIN = b"Ada\none\ntwo\n"
SOURCE = {program.stem: program.read_bytes() for program in PROGRAMS}


@pytest.mark.parametrize("name", SOURCE)
def test_as_a_file(name, python, run_file, tmp_path):
    ours = run_file(SOURCE[name], stdin=STDIN, rules=HARM)
    plain = python.plain(tmp_path / "prog.py", stdin=STDIN, cwd=tmp_path)
    assert without_addresses(ours.out) == without_addresses(plain.stdout.decode())
    assert without_addresses(ours.err) == without_addresses(plain.stderr.decode())
    assert ours.code == plain.returncode
    assert ours.findings + ours.claims == []


@pytest.mark.parametrize("source", [
    "x = 1\n1 / 0", "def f():\n    raise KeyError('k')\nf()", "import sys; sys.exit('no')",
    "print(sorted(globals()), __name__)", "x = (\n", "import warnings; warnings.warn('w')"])
def test_as_text(source, python, run, tmp_path):
    ours = run(source)
    plain = python.plain("-c", source, cwd=tmp_path)
    assert (ours.out, ours.err, ours.code) == (plain.stdout.decode(), plain.stderr.decode(), plain.returncode)


@pytest.mark.parametrize("source", [
    "print('unclosed\n", "def f(:\n    pass\n", "if True:\nprint(1)\n", "x = = 1\n", "return 1\n", "a = 1\n\tb = 2\n",
    "nonlocal x\n", "def f():\n\tx = 1\n        y = 2\n", "f(a for a in b, c)\n", "from __future__ import braces\n",
    "'\\N{no such name}'\n", "x = 0777\n", "await f()\n", "print 'old'\n", "'''never closed\n"])
def test_syntax_errors(source, python, run_file, tmp_path):
    ours = run_file(source, rules=HARM)
    plain = python.plain(tmp_path / "prog.py", cwd=tmp_path)
    assert (ours.out, ours.err, ours.code) == ("", plain.stderr.decode(), 1)
    assert ours.outcome == "syntax_error"
