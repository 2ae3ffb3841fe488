"""What the jail looks like from inside and from outside: root, mounts, descriptors, identity, namespaces."""
from __future__ import annotations

import ctypes
import dataclasses
import errno
import os
import subprocess
from pathlib import Path

import pytest

import driver
from jail_driver import PYTHON, Jail, proc

NAMESPACES = ("user", "pid", "mnt", "net", "ipc", "uts")
CAPABILITY_SETS = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")


def mounts_of(pid: int) -> dict[str, tuple[set[str], list[str]]]:
    """Return the options and the propagation of each mount point that a process sees."""
    found = {}
    for line in proc(pid, "mountinfo").splitlines():
        before = line.partition(" - ")[0].split()
        found[before[4]] = (set(before[5].split(",")), before[6:])
    return found


def started_by(jail: Jail, shell: str) -> Jail:
    """Return the same jail, built by a supervisor that this line of shell starts: `exec … "$@"`."""
    starter = jail.folder / "starter"
    starter.write_text(f"#!/bin/sh\n{shell}\n")
    starter.chmod(0o755)
    return dataclasses.replace(jail, jail_run=starter)


def test_the_root_holds_what_was_asked_for(jail: Jail) -> None:
    done = jail.python("import os\n"
                       "print(*(sorted(os.listdir(place)) for place in ('/', '/dev', '/etc', '/tmp', '/usr/bin')), "
                       "os.getcwd())")

    assert done.lines == ["['dev', 'etc', 'lib', 'lib64', 'tmp', 'usr', 'workspace'] "
                          "['full', 'null', 'random', 'urandom', 'zero'] "
                          "['group', 'hosts', 'ld.so.cache', 'nsswitch.conf', 'passwd'] "
                          f"[] ['{PYTHON.name}'] /workspace"]


def test_mounts_are_private_and_either_read_only_or_not_executable(jail: Jail) -> None:
    """Also where the host shares its mounts, as systemd does; only root can make it so here."""
    if jail.account.uid == 0:
        jail = started_by(jail, f'exec unshare --mount --propagation shared {jail.jail_run} "$@"')
    with jail.running() as run:
        mounts = mounts_of(run.interpreter)
    devices = {place for place in mounts if place.startswith("/dev/")}

    assert {"/", "/tmp", "/workspace", "/dev/null"} <= mounts.keys()
    assert {place for place, (_, propagation) in mounts.items() if propagation} == set()
    assert {place for place, (options, _) in mounts.items() if "nosuid" not in options} == set()
    assert {place for place, (options, _) in mounts.items() if "nodev" not in options} == devices
    assert {place for place, (options, _) in mounts.items() if "ro" not in options} == {"/tmp", "/workspace"}
    assert {"noexec" in mounts[place][0] for place in ("/", "/tmp", "/workspace", *devices)} == {True}


def test_a_writable_bind_is_written_but_not_executed(jail: Jail) -> None:
    with driver.open_dir(driver.accounts()[0]) as shared:
        os.chmod(shared, 0o777)
        done = jail.python("import mmap, sys\n"
                           "with open('/workspace/out/made', 'wb+') as file:\n"
                           "    file.write(b'x' * 4096)\n"
                           "    file.flush()\n"
                           "    try:\n"
                           "        mmap.mmap(file.fileno(), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_EXEC)\n"
                           "    except PermissionError:\n"
                           "        print('refused')\n",
                           options=["--writable", f"{shared}=/workspace/out"])
        assert done.lines == ["refused"], done.stderr
        assert (shared / "made").read_bytes() == b"x" * 4096
        (shared / "made").unlink()


OPEN_DESCRIPTORS = """
import os
def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
print([fd for fd in range(4096) if is_open(fd)])
"""


def test_exactly_five_descriptors_are_open(jail: Jail) -> None:
    """Also when the caller holds others that do not close on exec (CVE-2024-21626)."""
    careless = started_by(jail, f'exec 7</etc/passwd 9</\nexec {jail.jail_run} "$@"')

    done = careless.python(OPEN_DESCRIPTORS)

    assert done.lines == ["[0, 1, 2, 3, 4]"]


def test_the_environment_is_what_was_given(jail: Jail) -> None:
    """Not PATH and not PYSB_SECRET, which jail_run itself has."""
    done = jail.python("import os\nprint(dict(os.environ))", options=["--env", "A=1", "--env", "B=x=y"])

    assert done.lines == ["{'A': '1', 'B': 'x=y'}"]


def test_the_program_is_nobody_special(jail: Jail) -> None:
    done = jail.python("import os\n"
                       "print(os.getresuid(), os.getresgid(), os.getpid(), os.getppid(), os.uname().nodename)")

    assert done.lines == ["(1000, 1000, 1000) (1000, 1000, 1000) 2 1 sandbox"]


def test_the_kernel_holds_it(jail: Jail) -> None:
    """What the kernel says of the interpreter, seen from outside. Its supervisor has groups to give up."""
    if jail.account.uid == 0:
        jail = started_by(jail, f'exec setpriv --groups 4,24 {jail.jail_run} "$@"')
    with jail.running() as run:
        status = run.status()
        ours = {name: os.readlink(f"/proc/self/ns/{name}") for name in NAMESPACES}
        theirs = {name: os.readlink(f"/proc/{run.interpreter}/ns/{name}") for name in NAMESPACES}

    assert {name: status[name] for name in CAPABILITY_SETS} == dict.fromkeys(CAPABILITY_SETS, "0" * 16)
    assert (status["NoNewPrivs"], status["Seccomp"], status["Seccomp_filters"]) == ("1", "2", "1")
    assert [name for name in NAMESPACES if ours[name] == theirs[name]] == []
    host_ids = {int(number) for number in status["Uid"].split()}
    assert len(host_ids) == 1
    if jail.account.uid == 0:
        assert host_ids.isdisjoint({0, driver.ORDINARY_UID, 65534}), "as root a run has a uid of its own"
        assert status["Groups"].strip() == ""
    else:
        assert host_ids == {jail.account.uid}


def test_no_namespace_can_be_made_below(jail: Jail) -> None:
    """The second fence behind the filter; where /proc/sys is read-only the report says so."""
    with jail.running() as run:
        limit = namespace_limit(run.interpreter)
    done = jail.python("")

    expected = "enforced" if limit == "0" else "reduced"
    assert done.report["mechanisms"]["no_further_namespaces"] == expected
    if os.access("/proc/sys/user/max_user_namespaces", os.W_OK):
        assert limit == "0"


def namespace_limit(pid: int) -> str:
    """Read user.max_user_namespaces as it is in the user namespace of a process."""
    done = driver.finish(["nsenter", f"--user=/proc/{pid}/ns/user", "--preserve-credentials", "cat",
                          "/proc/sys/user/max_user_namespaces"], cwd=Path("/"), env={"PATH": "/usr/bin:/bin"})
    return done.out.strip()


def test_runs_of_root_have_different_ids(jail: Jail) -> None:
    """An ordinary user has one id to give: its own."""
    with jail.running() as one, jail.running() as other:
        assert (one.status()["Uid"] != other.status()["Uid"]) == (jail.account.uid == 0)


def test_the_kernel_refuses_executable_gain_itself(jail: Jail) -> None:
    """PR_SET_MDWE, the second fence behind the filter's W^X."""
    get_mdwe = 66  # prctl(2)
    if ctypes.CDLL(None).prctl(get_mdwe, 0, 0, 0, 0) < 0:
        pytest.skip("PR_SET_MDWE: Linux 6.3")

    assert jail.python(f"import ctypes\nprint(ctypes.CDLL(None).prctl({get_mdwe}, 0, 0, 0, 0))").lines == ["1"]


SIGNALS = """
import signal
print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
      [number for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGHUP)
       if signal.getsignal(number) != signal.SIG_DFL])
"""


def test_signals_are_as_at_the_start_of_a_program(jail: Jail) -> None:
    """Whatever the supervisor ignores: dispositions are inherited over execve."""
    assert started_by(jail, f'trap "" USR1 TERM HUP\nexec {jail.jail_run} "$@"').python(SIGNALS).lines == ["[] []"]


def test_the_program_has_a_session_of_its_own(jail: Jail) -> None:
    with jail.running() as run:
        assert os.getsid(run.interpreter) == run.interpreter


LANDLOCK = """
import os, termios
try:
    termios.tcgetattr(os.open("/dev/zero", os.O_RDONLY))
except termios.error as error:
    print(error.args[0])
try:
    os.kill(1, 0)
except OSError as error:
    print(error.errno)
"""


def test_landlock_stands_behind_the_mounts(jail: Jail) -> None:
    """What Landlock alone refuses here: a device's own requests (EACCES), a signal to init (EPERM)."""
    abi = landlock_abi()
    if abi < 6:
        pytest.skip(f"Landlock ABI 6 (Linux 6.12): this kernel has {abi}")

    assert jail.python(LANDLOCK).lines == [str(errno.EACCES), str(errno.EPERM)]


def landlock_abi() -> int:
    create_ruleset, version = 444, 1  # landlock_create_ruleset(2)
    return ctypes.CDLL(None).syscall(create_ruleset, None, 0, version)


END_ALL = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for pid, number in ((1, signal.SIGKILL), (1, signal.SIGTERM), (-1, signal.SIGTERM)):
    try:
        os.kill(pid, number)
    except OSError:
        pass
print("still here")
"""


def test_init_cannot_be_ended_from_inside(jail: Jail) -> None:
    done = jail.python(END_ALL)

    assert done.lines == ["still here"]
    assert done.report["exit"] == 0


def test_init_holds_nothing_of_the_program(jail: Jail) -> None:
    """The ends of the pipes must close with the program, or who reads them waits for ever."""
    with jail.running() as run:
        if os.getuid() == 0:
            links = [os.readlink(path) for path in Path(f"/proc/{run.init}/fd").iterdir()]
            assert [link for link in links if not link.startswith("socket:")] == []


def test_nobody_but_root_looks_into_init(jail: Jail) -> None:
    """Its memory is a copy of the supervisor's; being not dumpable keeps those of the same user out."""
    with jail.running() as run:
        look = jail.account.command(["ls", f"/proc/{run.init}/fd"])
        seen = subprocess.run(look, capture_output=True, check=False).returncode == 0
    assert seen == (jail.account.uid == 0)
