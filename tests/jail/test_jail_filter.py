"""The system call filter in the kernel: every number, the doors for foreign ABIs, the calls that kill."""
from __future__ import annotations

import errno
import re
import subprocess
import warnings
from pathlib import Path

import pytest

from jail_driver import HERE, Jail, signal_name

LAST = 600
GOLDEN = (HERE.parent / "golden/seccomp/run.txt").read_text()
# Calls with all arguments 0 that would end the victim, block it, or change how it answers.
NOT_TRIED = {"exit", "exit_group", "rt_sigreturn", "pause", "select", "pselect6", "ppoll", "close", "close_range",
             "rt_sigsuspend"}
# Newer kernels let these past every filter, and refuse or end (SIGILL) whoever they did not send there themselves.
PROBES = {"uretprobe", "uprobe"}
SWEEP = """
for number in map(int, sys.argv[1:]):
    try:
        syscall(number, 0, 0, 0, 0, 0, 0)
        answer = "OK"
    except OSError as error:
        answer = errno.errorcode[error.errno]
    print(number, answer, flush=True)
"""


def golden_rules() -> dict[int, tuple[str, str]]:
    """Return name and rule by number."""
    rows = re.findall(r"^ *(\d+) (\w+): (.*)$", GOLDEN, re.M)
    return {int(number): (name, rule) for number, name, rule in rows}


def answer_to_zeros(rule: str) -> str:
    """Evaluate a rule of the golden list for arguments that are all 0."""
    for clause in rule.split(", "):
        action, when, tests = clause.removeprefix("else ").partition(" when ")
        values = [test.split("=", 1)[1].split("|") for test in tests.split(" and ")] if when else []
        if all("0x0" in each for each in values):
            return action
    raise ValueError(f"no answer in {rule}")


RULES = golden_rules()
KNOWN = {number: (name, answer_to_zeros(rule)) for number, (name, rule) in RULES.items()}
FATAL = sorted(name for name, answer in KNOWN.values() if answer == "kill")
NUMBERS = {name: number for number, (name, _) in RULES.items()}


def attacks(source: str) -> str:
    return (HERE / "attack.py").read_text() + source


def test_the_filter_in_the_kernel_is_the_golden_one(jail: Jail) -> None:
    name_of = {number: KNOWN.get(number, (str(number), "refuse ENOSYS")) for number in range(LAST + 1)}
    tried = {number: answer for number, (name, answer) in name_of.items()
             if name not in NOT_TRIED | PROBES and answer != "kill"}

    done = jail.python(attacks(SWEEP), *map(str, tried))

    assert done.report.get("exit") == 0, (done.report, done.stderr)
    answers = {int(number): answer for number, answer in map(str.split, done.lines)}
    assert answers.keys() == tried.keys()
    refused = {number: answer.split()[1] for number, answer in tried.items() if answer != "allow"}
    differing = {number: (answers[number], expected) for number, expected in refused.items()
                 if getattr(errno, answers[number], None) != getattr(errno, expected)}
    assert differing == {}
    # The kernel knows what is allowed; what it then says of senseless arguments is its own affair.
    assert [number for number in tried.keys() - refused.keys() if answers[number] == "ENOSYS"] == []
    told = {denial["number"] for denial in done.report["denials"]}
    assert told == {number for number, answer in tried.items() if answer.startswith("tell")}


def test_what_is_not_tried_is_allowed() -> None:
    assert {name: KNOWN[NUMBERS[name]][1] for name in NOT_TRIED} == dict.fromkeys(NOT_TRIED, "allow")


@pytest.mark.parametrize("name", sorted(PROBES))
def test_a_probe_call_does_nothing(name: str, jail: Jail) -> None:
    done = jail.python(attacks("syscall(int(sys.argv[1]), 0, 0, 0, 0, 0, 0)"), str(NUMBERS[name]))

    assert signal_name(done.report) == "SIGILL" or "OSError" in done.stderr


@pytest.mark.parametrize("name", FATAL)
def test_a_fatal_call_ends_the_program(name: str, jail: Jail) -> None:
    call = "print('before', flush=True)\nsyscall(int(sys.argv[1]), 0, 0, 0, 0, 0, 0)\nprint('after')"

    done = jail.python(attacks(call), str(NUMBERS[name]))

    assert done.lines == ["before"]
    assert signal_name(done.report) == "SIGSYS"


@pytest.mark.parametrize("door", ["i386", "x32"])
def test_a_foreign_abi_ends_the_program(door: str, jail: Jail, programs: Path) -> None:
    """The program lies in the jail as an interpreter would; outside, the kernel answers the same call."""
    program = programs / "foreign_abi"
    outside = jail.account.command([str(program), door])

    done = jail.run("/usr/bin/foreign_abi", door, options=["--bind", f"{program}=/usr/bin/foreign_abi"])

    assert done.stdout == ""
    assert signal_name(done.report) == "SIGSYS"
    control = subprocess.run(outside, capture_output=True, text=True, check=False).stdout
    if control != "worked\n":
        warnings.warn(f"no control: this kernel has no {door} calls", stacklevel=1)


def test_the_first_execve_alone_passes(jail: Jail) -> None:
    """As often as the program tries, and for its own interpreter."""
    done = jail.python("import os, sys\n"
                       "for _ in range(20):\n"
                       "    try:\n"
                       "        os.execv(sys.executable, [sys.executable, '-c', 'print(1)'])\n"
                       "    except PermissionError:\n"
                       "        print('refused')\n")

    assert done.lines == ["refused"] * 20
    assert [denial["syscall"] for denial in done.report["denials"]] == ["execve"] * 20


def test_denials_carry_number_and_arguments(jail: Jail) -> None:
    done = jail.python("import socket\n"
                       "try:\n"
                       "    socket.socket(socket.AF_INET6, socket.SOCK_STREAM)\n"
                       "except OSError as error:\n"
                       "    print(error.errno)")

    assert done.lines == [str(errno.EPERM)]
    denial, = done.report["denials"]
    assert (denial["syscall"], denial["number"], denial["arguments"][0]) == ("socket", 41, 10)


def test_harmless_programs_raise_no_alarm(jail: Jail) -> None:
    """Each line is something that programs do and that asks the kernel for more than it looks like."""
    done = jail.python("""
import asyncio, concurrent.futures, getpass, os, pwd, shutil, signal, sqlite3, tempfile, threading, time, zoneinfo
import ctypes, multiprocessing, socket, ssl, subprocess
print(getpass.getuser(), pwd.getpwuid(os.getuid()).pw_dir, os.path.expanduser("~root"))
with tempfile.TemporaryDirectory() as folder:
    open(folder + "/a", "w").write("a")
    shutil.copy2(folder + "/a", folder + "/b")
    shutil.copytree(folder, "/workspace/copy")
    shutil.move(folder + "/b", "/workspace/moved")
base = sqlite3.connect("/workspace/base")
base.execute("create table t(a)")
base.commit()
async def nap():
    await asyncio.gather(*(asyncio.sleep(0.001) for _ in range(5)))
    return await asyncio.to_thread(os.getpid)
asyncio.run(nap())
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    list(pool.map(time.sleep, [0.001] * 20))
signal.setitimer(signal.ITIMER_REAL, 0.01)
signal.signal(signal.SIGALRM, lambda *_: print("alarm"))
time.sleep(0.05)
print(os.get_terminal_size.__name__, os.isatty(0), os.cpu_count() > 0, ctypes.sizeof(ctypes.c_long))
one, other = multiprocessing.Pipe()
one.send("pipe")
print(other.recv(), socket.socketpair()[0].type.name)
""")

    assert done.stderr == ""
    assert done.lines[0] == "sandbox /workspace ~root"
    assert done.lines[-1] == "pipe SOCK_STREAM"
    assert done.report["denials"] == []
