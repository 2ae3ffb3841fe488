"""Starts commands in the jail through jail_run, as root or as an ordinary user, and looks at the report."""
from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import driver

HERE = Path(__file__).parent
PYTHON = Path("/usr/bin/python3").resolve()
LIBRARIES = "/usr/lib/x86_64-linux-gnu"
LOADER = "/lib64/ld-linux-x86-64.so.2"
SLEEPER = "import time; print('ready', flush=True); time.sleep(600)"


def system_view() -> list[str]:
    """Return the options that show Debian's own Python and the libraries it stands on."""
    shown = [str(PYTHON), f"/usr/lib/{PYTHON.name}", LIBRARIES, "/etc/ld.so.cache"]
    return [*(word for path in shown for word in ("--bind", f"{path}={path}")),
            "--link", "usr/lib=/lib", "--link", f"{Path(LOADER).resolve()}={LOADER}"]


@dataclass(frozen=True)
class Jailed:
    """What came of a command in the jail."""

    code: int  # of jail_run
    stdout: str
    stderr: str
    report: dict

    @property
    def told(self) -> set[str]:
        """The system calls that the supervisor heard of."""
        return {denial["syscall"] for denial in self.report["denials"]}

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()


@dataclass
class Jail:
    """The jail in the hands of an account."""

    jail_run: Path
    account: driver.Account
    folder: Path  # the account's own
    options: list[str] = field(default_factory=system_view)

    def argv(self, options: list[str], command: list[str]) -> list[str]:
        return self.account.command([str(self.jail_run), *self.options, *options, "--", *command])

    def run(self, *command: str, options: list[str] | None = None) -> Jailed:
        """Run a command to its end; fail when anything of it is still there."""
        report = self.folder / "report.json"
        common = ["--report", str(report), "--limit", "wall=60000"]
        done = driver.finish(self.argv([*common, *(options or [])], list(command)),
                             cwd=self.folder, env={"PATH": driver.SEARCH_PATH, "PYSB_SECRET": "x"})
        return Jailed(done.code, done.out, done.err, json.loads(report.read_text()))

    def python(self, source: str, *arguments: str, options: list[str] | None = None) -> Jailed:
        """Run Python source, which is a file in the jail's working directory."""
        return self.run(str(PYTHON), "-I", "-S", "/workspace/program.py", *arguments,
                        options=["--file", f"/workspace/program.py={source}", *(options or [])])

    @contextlib.contextmanager
    def running(self, source: str = SLEEPER, options: list[str] | None = None) -> Iterator[Running]:
        """Start Python source and wait for its first line; kill what is left of it afterwards."""
        argv = self.argv(["--limit", "wall=600000", *(options or [])], [str(PYTHON), "-I", "-S", "-c", source])
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder) as supervisor:
            try:
                assert supervisor.stdout.readline() == b"ready\n", supervisor.stderr.read()
                init, = children_of(supervisor.pid)
                interpreter, = children_of(init)
                yield Running(supervisor, init, interpreter)
            finally:
                supervisor.kill()


@dataclass(frozen=True)
class Running:
    """A jail in the middle of a run, seen from outside."""

    supervisor: subprocess.Popen
    init: int
    interpreter: int

    def status(self) -> dict[str, str]:
        """Return what the kernel says of the interpreter."""
        return dict(line.split(":\t", 1) for line in proc(self.interpreter, "status").splitlines() if ":\t" in line)


def proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()


def children_of(pid: int) -> list[int]:
    return [int(child) for child in proc(pid, f"task/{pid}/children").split()]


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not just waiting to be reaped."""
    try:
        return proc(pid, "stat").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def all_end(pids: list[int], patience: float = 10.0) -> bool:
    """Wait until none of the processes runs any more."""
    deadline = time.monotonic() + patience
    while any(is_running(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def signal_name(report: dict) -> str | None:
    return signal.Signals(report["signal"]).name if report["signal"] else None


def built(name: str) -> Path:
    """Return a program of the build directory."""
    folder = os.environ.get("PYSB_BUILD")
    path = Path(folder or ".", "tests/jail", name)
    if not folder or not path.exists():
        raise FileNotFoundError(f"no {path}: build it (tools/dev build) and name the build directory in PYSB_BUILD")
    return path.absolute()
