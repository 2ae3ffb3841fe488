"""Nothing outlives a run, however it ends. (That no process, mount or file is left is checked after every run.)"""
from __future__ import annotations

import os
import signal

from jail_driver import Jail, all_end, children_of, is_running

STUBBORN = """
import signal, threading, time
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
threading.Thread(target=lambda: time.sleep(600)).start()
print("ready", flush=True)
time.sleep(600)
"""
FLOOD = """
import os
print("ready", flush=True)
while True:
    try:
        os.fork()
    except OSError:
        pass
"""


def test_all_ends_when_the_supervisor_is_killed(jail: Jail) -> None:
    with jail.running(STUBBORN) as run:
        assert is_running(run.init) and is_running(run.interpreter)
        os.kill(run.supervisor.pid, signal.SIGKILL)
        run.supervisor.wait()
        assert all_end([run.init, run.interpreter])


def test_all_ends_when_the_supervisor_is_killed_while_the_program_floods_it(jail: Jail) -> None:
    """A program that waits for the answer to a refused call must not wait for ever."""
    with jail.running(FLOOD) as run:
        os.kill(run.supervisor.pid, signal.SIGKILL)
        run.supervisor.wait()
        assert all_end([run.init, run.interpreter])


def test_all_ends_when_init_is_killed(jail: Jail) -> None:
    with jail.running(STUBBORN) as run:
        os.kill(run.init, signal.SIGKILL)
        assert all_end([run.interpreter])
        assert run.supervisor.wait(timeout=10) == 1


def test_all_ends_when_the_time_is_up(jail: Jail) -> None:
    done = jail.python(STUBBORN, options=["--limit", "wall=500"])

    assert done.lines == ["ready"]
    assert "time is up" in done.report["failure"]


def test_threads_end_with_the_program(jail: Jail) -> None:
    done = jail.python("import os, threading, time\n"
                       "threading.Thread(target=lambda: [time.sleep(1), print('late')] and None, daemon=True).start()\n"
                       "print('end', flush=True)\nos._exit(0)")

    assert done.lines == ["end"]
    assert done.report["exit"] == 0


def test_a_run_leaves_no_trace_for_the_next(jail: Jail) -> None:
    leave = "import os\nopen('/tmp/trace', 'w').close()\nopen('/workspace/trace', 'w').close()\n"
    look = "import os\nprint(os.listdir('/tmp'), os.listdir('/workspace'))"

    assert jail.python(leave).report["exit"] == 0
    assert jail.python(look).lines == ["[] ['program.py']"]


def test_the_supervisor_has_one_child(jail: Jail) -> None:
    with jail.running() as run:
        assert children_of(run.supervisor.pid) == [run.init]
        assert children_of(run.init) == [run.interpreter]
        assert children_of(run.interpreter) == []


def test_a_program_that_cannot_start_is_told(jail: Jail) -> None:
    done = jail.run("/nothing")

    assert done.report["failure"] == "execve(/nothing): No such file or directory"
    assert done.report["remedy"]
