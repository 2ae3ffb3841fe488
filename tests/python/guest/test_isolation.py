"""What of the guest a program can reach, and what it can do to the guest. None of this is a boundary: the jail is."""
from __future__ import annotations

import pytest

from harness import HARM, NONCE, places


def test_the_process_holds_four_descriptors(run):
    done = run("import os\ndef is_open(fd):\n    try:\n        return bool(os.fstat(fd))\n    except OSError:\n"
               "        return False\n"
               "print(list(filter(is_open, range(1000))))")
    assert done.out == "[0, 1, 2, 4]\n"


def test_nothing_of_the_start_is_left(run):
    done = run("import sys, gc\nprint(sorted(n for n in sys.modules if 'guest' in n or 'sandbox' in n))\n"
               "print([n for n in globals() if n in ('m', 'f', '_imp', '_frozen_importlib')])\n"
               "print([o for o in gc.get_objects() if 'guest' in str(getattr(o, '__name__', ''))\n"
               "       or type(o).__module__ == 'py_sandbox'])\n"
               "print(sys._getframe().f_back, sys.exc_info())\n"
               "print(hasattr(sys, 'last_value'), hasattr(sys, 'last_exc'), sys.excepthook is sys.__excepthook__)\n"
               "print([m for m in ('atexit', 'warnings', 'traceback') if m in sys.modules])")
    assert (done.out, done.err) == ("[]\n[]\n[]\nNone (None, None, None)\nFalse False True\n[]\n", "")


def test_helpers_lead_nowhere(run):
    done = run("import os\ndef f(): os.getlogin()\n"
               "h, = [c for c in f.__code__.co_consts if type(c).__name__ == 'function']\n"
               "print(h(), h(1, a=2), type(h).__module__)\nimport gc\nprint(gc.get_referents(h), gc.is_tracked(h))\n"
               "for name in ('__dict__', '__self__', '__globals__', '__code__', '__closure__', '__wrapped__'):\n"
               "    assert not hasattr(h, name), name\n"
               "for attempt in (lambda: type(h)(), lambda: object.__new__(type(h)),\n"
               "                lambda: type('S', (type(h),), {}), lambda: setattr(h, 'x', 1),\n"
               "                lambda: __import__('pickle').dumps(h)):\n"
               "    try:\n        attempt()\n    except Exception:\n        continue\n    print('went through')\n",
               rules=HARM)
    assert done.err == ""
    assert done.out == "<removed> <removed> py_sandbox\n[] False\n"


def test_a_placeholder_in_the_source_is_no_helper(run):
    """Only with the nonce of the run, which no program knows, would it be one."""
    fake = "frozenset({'\\0pysb:%016x:0'})" % (NONCE ^ 1)
    done = run(f"import os\nos.getlogin()\nx = 'a' in {{'\\0pysb:0:0'}}\ny = {fake}\nprint(x, type(y))", rules=HARM)
    assert done.out == "False <class 'frozenset'>\n"


@pytest.mark.parametrize("sabotage", [
    "import os\nos.close(4)",
    "import os\nos.dup2(os.open('mine.txt', os.O_WRONLY | os.O_CREAT), 4)",
    "import os, socket\na, b = socket.socketpair()\nos.dup2(a.fileno(), 4)",
])
def test_a_program_that_takes_the_channel_away(sabotage, run_file, tmp_path):
    done = run_file(f"{sabotage}\nprint(eval('os.' + 'getlogin()'))\nprint('end')", rules=HARM)
    assert (done.out, done.err, done.code) == ("<removed>\nend\n", "", 0)
    assert (done.claims, done.end) == ([], None)
    assert not (tmp_path / "mine.txt").exists() or (tmp_path / "mine.txt").read_bytes() == b""


def test_what_a_program_writes_to_the_channel_is_a_claim(start):
    forged = "import os, struct\nos.write(4, struct.pack('<IBB', 14, 3, 0) + bytes(12))\nprint('sent')"
    done = start(source=forged.encode()).finish()
    assert (done.out, done.code) == ("sent\n", 0)
    assert done.end == ("ok", "", "", 0)


@pytest.mark.parametrize("sabotage", [
    "import sys\nfor name in list(sys.modules):\n"
    "    if name not in ('builtins', 'sys', '__main__', 'os', 'posixpath'): sys.modules[name] = None",
    "import builtins\n"
    "vars(builtins).update({n: None for n in vars(builtins) if n not in ('print', 'eval', '__import__')})",
    "import sys\n"
    "for name in ('excepthook', 'unraisablehook', 'displayhook', 'meta_path', 'path_hooks', 'path'):\n"
    "    setattr(sys, name, None)",
    "import ast\nfor name in vars(ast): \n    if isinstance(getattr(ast, name), type): getattr(ast, name)._fields = ()",
    "import importlib._bootstrap_external as e\ne.SourceLoader.get_code = e.SourceLoader.source_to_code = None",
    "import gc\ngc.unfreeze()\ngc.disable()",
    "import sys\nsys.setrecursionlimit(150)",
    "import sys\nsys.addaudithook(lambda *a: None)\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)",
])
def test_rebinding_what_the_guest_could_look_up(sabotage, run_file):
    done = run_file(f"import os\nharm = 'os.' + 'getlogin()'\n{sabotage}\nprint(eval(harm))", rules=HARM)
    assert done.out == "<removed>\n"
    assert done.code == 0
    assert [f.rule for f in done.claims] == ["call.denied"]
    assert done.end == ("ok", "", "", 0)


def test_a_program_that_closes_everything(run):
    done = run("import os\nos.closerange(0, 100)")
    assert (done.out, done.err) == ("", "")
    assert done.end is None


def test_exit_without_python(run):
    done = run("import os\nprint('before')\nos._exit(9)")
    assert (done.code, done.out, done.end) == (9, "before\n", None)
    assert places(done.findings) == []


def test_finalizers_still_meet_the_guards(run):
    """User code that runs at the very end is guarded as ever."""
    done = run("import os, atexit\nclass D:\n    def __del__(self): print('del', eval('os.' + 'getlogin()'))\nd = D()\n"
               "atexit.register(lambda: print('exit', eval('os.' + 'getlogin()')))", rules=HARM)
    assert (done.out, done.err) == ("exit <removed>\ndel <removed>\n", "")
    assert len(done.claims) == 2
