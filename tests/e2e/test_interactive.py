"""`py_sandbox -i`: a conversation with one jailed interpreter, over a pipe and on a terminal."""
from __future__ import annotations

import fcntl
import os
import re
import select
import subprocess
import termios
import time
from collections.abc import Iterator

import pytest

import driver
from driver import Sandbox

PROMPT = "sandbox$ "
PROMPTS = re.compile(r"sandbox\$ |\.\.\. +")


def converse(sandbox: Sandbox, *lines: str, options: tuple[str, ...] = ()) -> driver.Finished:
    """Hand in the lines over a pipe."""
    return sandbox.run("-i", *options, stdin="".join(line + "\n" for line in lines).encode())


def answers(done: driver.Finished) -> list[str]:
    """Return what was printed, without the prompts."""
    return [line for line in PROMPTS.sub("", done.out).splitlines() if line]


def test_names_are_kept_and_expressions_echoed(sandbox: Sandbox) -> None:
    done = converse(sandbox, "x = 20", "x + 1", "None", "'text'", "print(x)")
    assert (done.code, done.err) == (0, "")
    assert answers(done) == ["21", "'text'", "20"]


def test_statements_of_several_lines(sandbox: Sandbox) -> None:
    done = converse(sandbox, "def double(n):", "    return 2 * n", "", "double(21)", "[1,", "2]")
    assert answers(done) == ["42", "[1, 2]"]


def test_the_last_value_has_its_name(sandbox: Sandbox) -> None:
    assert answers(converse(sandbox, "6 * 7", "_ + 1")) == ["42", "43"]


def test_an_error_ends_its_input_only(sandbox: Sandbox) -> None:
    done = converse(sandbox, "x = 1", "1 / 0", "x = = 2", "x")
    assert answers(done) == ["1"]
    assert "ZeroDivisionError: division by zero" in done.err
    assert 'File "<stdin>", line 1' in done.err
    assert "SyntaxError: invalid syntax" in done.err


def test_every_input_is_analysed_with_what_earlier_ones_bound(sandbox: Sandbox) -> None:
    done = converse(sandbox, "import os as tool", "go = tool.system", "go('id')", "tool.system('id') or 'inert'",
                    "tool.path.join('a', 'b')")
    assert answers(done)[-2:] == ["'inert'", "'a/b'"]
    told = done.err.splitlines()
    assert len(told) == 2
    assert all("os.system" in line for line in told)


def test_a_blocked_input_does_not_run_and_the_session_goes_on(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     "calls: {deny: [{name: os.getlogin, action: block}]}\n")
    done = converse(sandbox, "x = 1", "import os", "x = 2; os.getlogin()", "x", options=("--policy", str(policy)))
    assert answers(done) == ["1"]


def test_input_reads_the_next_line(sandbox: Sandbox) -> None:
    done = converse(sandbox, "name = input('who? ')", "Ada", "name.upper()")
    assert answers(done)[-1].endswith("'ADA'")


@pytest.mark.parametrize(("leave", "code"), [("exit()", 0), ("quit()", 0), ("import sys; sys.exit(3)", 3),
                                             ("raise SystemExit(4)", 4)])
def test_leaving(sandbox: Sandbox, leave: str, code: int) -> None:
    done = converse(sandbox, "import atexit; _ = atexit.register(print, 'bye')", leave, "print('never')")
    assert done.code == code
    assert answers(done)[-1] == "bye"


def test_a_file_stays_for_the_session_and_no_longer(sandbox: Sandbox) -> None:
    first = converse(sandbox, "n = open('f', 'w').write('kept')", "open('f').read()")
    assert answers(first) == ["'kept'"]
    assert list(sandbox.workdir.iterdir()) == []


def test_a_limit_stops_its_input_and_the_names_stay(sandbox: Sandbox) -> None:
    done = converse(sandbox, "x = 5", "while True: pass", "", "x", options=("--limit", "wall=500ms"))
    assert answers(done)[-1] == "5"
    assert done.code == 0


def test_an_input_that_cannot_be_stopped_costs_the_session_not_the_conversation(sandbox: Sandbox) -> None:
    done = converse(sandbox, "x = 5", "import signal; _ = signal.signal(signal.SIGINT, signal.SIG_IGN)",
                    "while True: pass", "", "'x' in globals()", options=("--limit", "wall=500ms"))
    assert answers(done)[-1] == "False"
    assert done.code == 0
    assert "new session" in done.err


def test_the_jail_holds_in_a_session(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\nlayers: {static: false, interpreter: false}\n")
    secret = sandbox.write("secret.txt", "the secret")
    done = converse(sandbox, "import os", "os.fork()", f"open({str(secret)!r}).read()", "'still here'",
                    options=("--policy", str(policy)))
    assert "the secret" not in done.out + done.err
    assert answers(done) == ["'still here'"]
    assert "clone" in done.err


class Terminal:
    """A person at a terminal, which is the controlling one of py_sandbox."""

    def __init__(self, sandbox: Sandbox, *options: str) -> None:
        self.master, slave = os.openpty()

        def take_terminal() -> None:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(sandbox.argv("-i", *options), stdin=slave, stdout=slave, stderr=slave,
                                        cwd=sandbox.workdir, env=sandbox.environment(), preexec_fn=take_terminal)
        os.close(slave)
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def wait_for(self, text: str, times: int = 1) -> None:
        """Read until the text was shown so many times."""
        deadline = time.monotonic() + driver.PATIENCE / 2
        while self.shown.count(text) < times:
            ready, _, _ = select.select([self.master], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"waited for {text!r}, saw {self.shown!r}"
            self.shown += os.read(self.master, 65536).decode(errors="replace")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal(sandbox: Sandbox) -> Iterator[Terminal]:
    known = driver.children()
    opened = Terminal(sandbox)
    yield opened
    opened.close()
    assert driver.reap_orphans(known) == []


def test_prompt_and_greeting_on_a_terminal(terminal: Terminal) -> None:
    terminal.wait_for(PROMPT)
    assert "Py Sandbox" in terminal.shown
    terminal.type("6 * 7\n")
    terminal.wait_for("42")
    terminal.wait_for(PROMPT, 2)


def test_control_c_stops_an_input_only(terminal: Terminal) -> None:
    terminal.wait_for(PROMPT)
    terminal.type("x = 99\n")
    terminal.wait_for(PROMPT, 2)
    terminal.type("print('begun'.upper())\nwhile True: pass\n\n")
    terminal.wait_for("BEGUN")
    terminal.wait_for("... ")
    time.sleep(0.5)  # until the loop runs; an interrupt before that only empties the input
    terminal.type("\x03")
    terminal.wait_for("KeyboardInterrupt")
    terminal.type("x + 1\n")
    terminal.wait_for("100")


def test_control_c_at_the_prompt_forgets_the_input(terminal: Terminal) -> None:
    terminal.wait_for(PROMPT)
    terminal.type("def half(\n")
    terminal.wait_for("... ")
    terminal.type("\x03")
    terminal.wait_for("KeyboardInterrupt")
    terminal.wait_for(PROMPT, 2)
    terminal.type("40 + 2\n")
    terminal.wait_for("42")


def test_end_of_file_leaves(terminal: Terminal) -> None:
    terminal.wait_for(PROMPT)
    terminal.type("\x04")
    assert terminal.process.wait(timeout=driver.PATIENCE) == 0
