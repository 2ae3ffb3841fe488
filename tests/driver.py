"""Runs the py_sandbox command the way people do, as root or as an ordinary user, and looks for leftovers."""
from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Somebody without a name, a home or rights on this machine.
ORDINARY_UID = 12345
# Debian's own tools only: no shims of version managers, which an ordinary user may not be able to read.
SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin"
PATIENCE = 120  # seconds; a run that takes longer hangs
PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


@dataclass(frozen=True)
class Account:
    """Who starts py_sandbox."""

    name: str
    uid: int

    def command(self, argv: Iterable[str]) -> list[str]:
        """Return argv, changed to run under this account."""
        if os.getuid() == self.uid:
            return list(argv)
        return ["setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups", "--", *argv]


def accounts() -> list[Account]:
    """Return root and an ordinary user when we are root, else just who we are."""
    if os.getuid() == 0:
        return [Account("root", 0), Account("user", ORDINARY_UID)]
    return [Account("user", os.getuid())]


def find_binary() -> Path | None:
    """Return the py_sandbox to test: $PYSB_BINARY, else the installed one."""
    named = os.environ.get("PYSB_BINARY") or shutil.which("py_sandbox")
    return Path(named).absolute() if named else None


def readable_by(account: Account, path: Path) -> bool:
    """Tell whether the account can run the file."""
    return subprocess.run(account.command(["/usr/bin/test", "-x", str(path)]), check=False).returncode == 0


@contextlib.contextmanager
def open_dir(account: Account) -> Iterator[Path]:
    """Make a directory that the account owns and everybody can enter; remove it afterwards."""
    path = Path(tempfile.mkdtemp(prefix="pysb-test-"))
    try:
        os.chmod(path, 0o755)
        if os.getuid() == 0:
            os.chown(path, account.uid, account.uid)
        yield path
    finally:
        shutil.rmtree(path)


def become_subreaper() -> None:
    """Make orphans of our children ours: what a run leaves running then shows up as our child."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def children() -> set[int]:
    """Return the pids of our children."""
    return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))


def command_line(pid: int) -> str:
    """Return what a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "?"


def reap_orphans(known: set[int], patience: float = 2.0) -> list[str]:
    """Wait for children beside the known ones to end; kill and return those that do not."""
    deadline = time.monotonic() + patience
    while True:
        orphans = children() - known
        for pid in list(orphans):
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG)[0] == pid:
                    orphans.discard(pid)
        if not orphans:
            return []
        if time.monotonic() > deadline:
            break
        time.sleep(0.01)
    survivors = [f"{pid}: {command_line(pid)}" for pid in orphans]
    for pid in orphans:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return survivors


@dataclass(frozen=True)
class Finished:
    """What a command came to."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()


@dataclass
class Sandbox:
    """The py_sandbox command in the hands of an account, started in a directory of its own."""

    binary: Path
    account: Account
    home: Path
    workdir: Path
    env: dict[str, str] = field(default_factory=dict)

    def argv(self, *arguments: str | Path) -> list[str]:
        """Return the whole command line for these arguments."""
        return self.account.command([str(self.binary), *map(str, arguments)])

    def environment(self) -> dict[str, str]:
        """Return the environment that py_sandbox is started with."""
        return {"PATH": SEARCH_PATH, "HOME": str(self.home), "LANG": "C.UTF-8", **self.env}

    def run(self, *arguments: str | Path, stdin: bytes = b"", timeout: float = PATIENCE) -> Finished:
        """Run to the end; fail when anything of it is still there."""
        return finish(self.argv(*arguments), stdin=stdin, cwd=self.workdir,
                      env=self.environment(), timeout=timeout)

    def run_json(self, *arguments: str | Path, stdin: bytes = b"") -> dict:
        """Run with --json; return the result object."""
        done = self.run("--json", *arguments, stdin=stdin)
        assert done.stdout, f"no result; standard error says: {done.err}"
        return json.loads(done.stdout)

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file into the working directory, readable by the account."""
        path = self.workdir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


def finish(argv: list[str], *, stdin: bytes = b"", cwd: Path, env: dict[str, str],
           timeout: float = PATIENCE) -> Finished:
    """Run a command to its end; fail when a process, a mount or a temporary file outlives it."""
    known = children()
    mounts = Path("/proc/self/mountinfo").read_text()
    with tempfile.TemporaryDirectory(prefix="pysb-tmp-") as tmp:
        os.chmod(tmp, 0o1777)
        done = subprocess.run(argv, input=stdin, capture_output=True, cwd=cwd,
                              env={"TMPDIR": tmp, **env}, timeout=timeout, check=False)
        left_files = os.listdir(tmp)
    survivors = reap_orphans(known)
    assert not survivors, f"still running after {argv}: {survivors}"
    assert Path("/proc/self/mountinfo").read_text() == mounts, f"{argv} changed this machine's mounts"
    assert not left_files, f"left in the temporary directory by {argv}: {left_files}"
    return Finished(done.returncode, done.stdout, done.stderr)


def places(findings: Iterable[dict]) -> list[tuple[str, int, str, str]]:
    """Return file, line, rule and subject of each finding: what expectations are written in."""
    return [(f["file"], f["line"], f["rule"], f["subject"]) for f in findings]
