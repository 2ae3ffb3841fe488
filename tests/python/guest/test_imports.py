"""Modules of the program go through the analysis; those of the library do not."""
from __future__ import annotations

import os
import subprocess
import zipfile

import pytest

from harness import HARM, Rules, places

HELPER = """
import os
import colorsys
NAME = os.getlogin()
def f():
    return os.getlogin(), eval("__import__('os')." + "getlogin()")
"""


def test_a_module_beside_the_program(run_file, tmp_path):
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/__init__.py").write_text("from . import part\n")
    (tmp_path / "pack/part.py").write_text("import os\nWHO = os.getlogin()\n")
    done = run_file("import helper, pack\nprint(helper.NAME, helper.f(), pack.part.WHO, helper.colorsys)\n"
                    "print(helper.__file__, helper.__cached__ is not None, type(helper.__loader__).__name__)",
                    rules=HARM, display_dir="dir/")
    assert done.err == ""
    first, second = done.out.splitlines()
    assert first == "<removed> (<removed>, <removed>) <removed> <removed>"
    assert second == f"{tmp_path}/helper.py True SourceFileLoader"
    assert done.findings == []
    assert [p for p in places(done.claims) if not p[0].startswith("<")] == [
        ("dir/helper.py", 3, "import.denied", "colorsys"), ("dir/helper.py", 4, "call.denied", "os.getlogin"),
        ("dir/helper.py", 6, "call.denied", "os.getlogin"), ("dir/pack/part.py", 2, "call.denied", "os.getlogin")]
    assert {f.origin for f in done.claims} == {"guest"}
    assert not list(tmp_path.rglob("__pycache__"))


def test_a_module_written_at_run_time(run_file):
    done = run_file("open('late.py', 'w').write('import os\\nWHO = os.getlogin()')\nimport late\nprint(late.WHO)",
                    rules=HARM)
    assert (done.out, done.err) == ("<removed>\n", "")


@pytest.mark.parametrize("how", [
    "import importlib\nm = importlib.import_module('helper')",
    "m = __import__('helper')",
    "import importlib.util\nspec = importlib.util.spec_from_file_location('h', path)\n"
    "m = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(m)",
    "from importlib.machinery import SourceFileLoader\nimport types\nm = types.ModuleType('m')\n"
    "exec(SourceFileLoader('m', path).get_code('m'), m.__dict__)",
    "from importlib.machinery import SourceFileLoader\nm = SourceFileLoader('helper', path).load_module()",
    "import importlib.abc\nclass L(importlib.abc.SourceLoader):\n"
    "    def get_data(self, p): return open(path, 'rb').read()\n"
    "    def get_filename(self, n): return path\n"
    "import importlib.util\nspec = importlib.util.spec_from_loader('m', L())\n"
    "m = importlib.util.module_from_spec(spec)\n"
    "spec.loader.exec_module(m)",
    "import runpy, types\nm = types.SimpleNamespace(**runpy.run_path(path))",
    "import importlib\nimport helper\nm = importlib.reload(helper)",
    "import sys\nfrom importlib.machinery import PathFinder\nspec = PathFinder.find_spec('helper')\n"
    "import importlib.util\nm = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(m)",
])
def test_ways_to_import(how, run_file, tmp_path):
    (tmp_path / "helper.py").write_text(HELPER)
    done = run_file(f"path = {str(tmp_path / 'helper.py')!r}\n{how}\nprint(m.NAME, m.f())\n", rules=HARM)
    assert done.err == "" or "load_module" in done.err
    assert done.out == "<removed> (<removed>, <removed>)\n"


def test_a_cached_pyc_is_not_used(run_file, python, tmp_path):
    source = tmp_path / "helper.py"
    source.write_text("NAME = 'out of the cache.'")
    subprocess.run([python.path, "-I", "-m", "py_compile", "helper.py"], cwd=tmp_path, check=True)
    stat = source.stat()
    source.write_text("NAME = 'out of the source'")
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert len(source.read_bytes()) == stat.st_size  # the cache looks fresh: plain Python takes it
    assert python.plain("-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import helper; print(helper.NAME)",
                        cwd=tmp_path).stdout == b"out of the cache.\n"
    assert run_file("import helper\nprint(helper.NAME)").out == "out of the source\n"


def test_a_pyc_without_source_is_refused(run_file, python, tmp_path):
    (tmp_path / "bare.py").write_text("print('ran')")
    make = "import py_compile; py_compile.compile('bare.py', 'bare.pyc')"
    subprocess.run([python.path, "-I", "-c", make], cwd=tmp_path, check=True)
    (tmp_path / "bare.py").unlink()
    done = run_file("import bare")
    assert "ran" not in done.out
    assert done.err.endswith(f"ImportError: cannot import 'bare' from {tmp_path}/bare.pyc: compiled code without its "
                             "source cannot be analysed; bring the .py file\n")


def test_an_archive_is_refused(run_file, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inside.py", "print('ran')")
    done = run_file(f"import sys\nsys.path.insert(0, {str(tmp_path / 'a.zip')!r})\nimport inside")
    assert "ran" not in done.out
    assert done.err.endswith(f"ImportError: cannot import 'inside' from {tmp_path}/a.zip: modules in archives are not "
                             "run; unpack the archive\n")


def test_traps_in_paths(run_file, python, tmp_path):
    """Neither `..` nor a relative path nor a directory with a trusted one's name in front makes a module trusted."""
    (tmp_path / "helper.py").write_text(HELPER)
    library = python.trusted[0]
    up = library + "/.." * library.count("/")
    done = run_file(f"import sys\nsys.path.insert(0, {up + str(tmp_path)!r})\nimport helper\n"
                    f"print(helper.NAME, helper.__file__)\n"
                    "del sys.modules['helper']\nsys.path[0] = '.'\nimport helper\nprint(helper.NAME)", rules=HARM)
    assert [line.split()[0] for line in done.out.splitlines()] == ["<removed>", "<removed>"]


@pytest.mark.parametrize(("source", "error"), [
    (b"x = (\n", "SyntaxError"), (b"x = '\xff'", "SyntaxError: Non-UTF-8 code starting with '\\xff' in file"),
    (b"x = 1\0", "SyntaxError: source code cannot contain null bytes"),
    (b"# coding: utf_7\nx = 1", "SyntaxError: this source is not run: its first lines declare the encoding utf_7")])
def test_modules_that_do_not_compile(source, error, run_file, tmp_path):
    (tmp_path / "helper.py").write_bytes(source)
    done = run_file("print('before')\nimport helper")
    assert (done.out, done.code) == ("before\n", 1)
    assert error in done.err
    assert "importlib" not in done.err


def test_a_blocked_module(run_file, tmp_path):
    (tmp_path / "helper.py").write_text("print('ran')\nimport os\nos.getlogin()")
    done = run_file("try:\n    import helper\nexcept PermissionError as error:\n    print(error)",
                    rules=Rules(calls={"os.getlogin": "block"}))
    assert done.out == "helper.py is not run: the policy blocks what it does\n"


def test_the_library_is_left_alone(run_file):
    """Rules deny what the standard library itself uses; it goes on working."""
    done = run_file("import json, getpass, tempfile, random, dataclasses, logging, argparse, decimal, sqlite3\n"
                    "print(json.dumps([1]), random.Random(1).random() > 0, tempfile.gettempdir() != '')",
                    rules=Rules(calls={"os.getcwd": "remove", "os.stat": "block", "os.path.join": "block",
                                       "exec": "block"}))
    assert (done.out, done.err, done.claims) == ("[1] True True\n", "", [])


def test_tracebacks_through_modules_are_python_s(run_file, python, tmp_path):
    (tmp_path / "helper.py").write_text("def f(x):\n    return 1 / x\n\n\nf(0)\n")
    done = run_file("import helper\n")
    plain = python.plain("-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nimport helper", cwd=tmp_path)
    tail = plain.stderr.decode()
    assert done.err.splitlines()[3:] == tail[tail.index(f'  File "{tmp_path}/helper.py", line 5'):].splitlines()
