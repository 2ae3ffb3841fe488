"""The guest module without a jail: starts an interpreter with it, and is the supervisor at the other end.

Only harmless programs may be run like this.
"""
from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import re
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

SUPPORTED = ("3.10", "3.11", "3.12", "3.13")
PATIENCE = 60  # seconds
BOOT_FD, SESSION_FD = 3, 4
REQUEST, FINDING, COMMIT, END, CELL, CELL_DONE, READ_LINE, LINE = range(8)
OUTCOMES = ("run", "blocked", "syntax_error", "refused", "failed")
ENDINGS = ("ok", "exit", "error")
CELL_OUTCOMES = ("done", "incomplete", "error", "syntax_error", "blocked", "exit")
ACTIONS = ("remove", "raise", "replace", "block", "alert")
ORIGINS = ("supervisor", "kernel", "guest")
NONCE = 0x1234_5678_9ABC_DEF0
BOOT = ("import _imp,_frozen_importlib as f;m=_imp.create_dynamic(f.ModuleSpec('_guest',None,origin={!r}));"
        "_imp.exec_dynamic(m);m.main()")
DESCRIBE = ("import platform, sys, sysconfig; print(platform.python_version());"
            "print(*sorted({sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib'),"
            "*(p for p in sys.path if p)}), sep=chr(0))")


def guest_module() -> Path:
    """Return the module to test: $PYSB_GUEST, that of the build directory $PYSB_BUILD, or the installed one."""
    if "PYSB_GUEST" in os.environ:
        return Path(os.environ["PYSB_GUEST"]).absolute()
    if "PYSB_BUILD" in os.environ:
        return Path(os.environ["PYSB_BUILD"]).absolute() / "src/_guest.abi3.so"
    binary = os.environ.get("PYSB_BINARY") or shutil.which("py_sandbox")
    found = list(Path(binary).resolve().parent.parent.glob("lib/python3*/*-packages/py_sandbox/_guest.abi3.so")
                 ) if binary else []
    assert found, "no guest module to test: name one in PYSB_GUEST"
    return found[0]


@dataclass(frozen=True)
class Python:
    """An interpreter, and what of it is trusted."""

    path: str
    version: str
    trusted: tuple[str, ...]

    @property
    def minor(self) -> int:
        return int(self.version.split(".")[1])

    def plain(self, *argv: str | Path, stdin: bytes = b"", cwd: Path) -> subprocess.CompletedProcess:
        """Run the interpreter as it is, to compare with."""
        return subprocess.run([self.path, "-I", "-B", "-X", "utf8", *map(str, argv)], input=stdin, capture_output=True,
                              cwd=cwd, timeout=PATIENCE, check=False)


@functools.cache
def pythons() -> tuple[Python, ...]:
    """Return one interpreter per exact version."""
    paths = [shutil.which(f"python{version}", path="/usr/local/bin:/usr/bin") for version in SUPPORTED]
    paths += sorted(map(str, Path.home().glob(".pyenv/versions/3.1[0-3].*/bin/python3")))
    found: dict[str, Python] = {}
    for path in filter(None, paths):
        asked = subprocess.run([path, "-I", "-S", "-c", DESCRIBE], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            version, trusted = asked.stdout.splitlines()
            found.setdefault(version, Python(path, version, tuple(trusted.split("\0"))))
    return tuple(found.values())


def u8(value: int) -> bytes:
    return struct.pack("<B", value)


def u32(value: int) -> bytes:
    return struct.pack("<I", value)


def text(value: str | bytes) -> bytes:
    data = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    return u32(len(data)) + data


def texts(values: list[str]) -> bytes:
    return u32(len(values)) + b"".join(map(text, values))


def frame(kind: int, payload: bytes = b"") -> bytes:
    return u32(len(payload) + 1) + u8(kind) + payload


def literal(value: object) -> bytes:
    """Encode what a YAML file can hold."""
    if value is None:
        return u8(0)
    if isinstance(value, bool):
        return u8(1) + u8(value)
    if isinstance(value, int):
        return u8(2) + struct.pack("<q", value)
    if isinstance(value, float):
        return u8(3) + struct.pack("<d", value)
    if isinstance(value, str):
        return u8(4) + text(value)
    if isinstance(value, list):
        return u8(5) + u32(len(value)) + b"".join(map(literal, value))
    return u8(6) + u32(len(value)) + b"".join(text(key) + literal(item) for key, item in value.items())


def section(rules: dict[str, object]) -> bytes:
    """Encode denials: {name: action}, or {name: ("replace", value)}."""
    encoded = b""
    for name, action in rules.items():
        action, value = action if isinstance(action, tuple) else (action, None)
        encoded += text(name) + u8(0) + u8(ACTIONS.index(action)) + literal(value) + u8(3) + text("") + u32(0)
    return u8(0) + u8(0) + u32(len(rules)) + encoded


@dataclass(frozen=True)
class Rules:
    """What a policy denies, by section."""

    imports: dict = field(default_factory=dict)
    calls: dict = field(default_factory=dict)
    attributes: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)

    def encode(self) -> bytes:
        sections = (self.imports, self.calls, self.attributes, self.names)
        return b"".join(map(section, sections)) + texts(["/usr", "/root"]) + texts(["/tmp"]) + u8(0)


NOTHING = Rules()
# `os.getlogin` and `colorsys` stand for harm in the tests: denied here, harmless if it should fail.
HARM = Rules(imports={"colorsys": "remove"}, calls={"os.getlogin": "remove"})


class Reader:
    """Takes fields out of a payload."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def number(self, code: str) -> int:
        size = struct.calcsize(code)
        value, self.data = struct.unpack("<" + code, self.data[:size])[0], self.data[size:]
        return value

    def text(self) -> str:
        size = self.number("I")
        value, self.data = self.data[:size], self.data[size:]
        return value.decode()


@dataclass(frozen=True)
class Finding:
    rule: str
    subject: str
    action: str
    origin: str
    file: str
    line: int
    source: str


def decode_finding(payload: bytes) -> Finding:
    reader = Reader(payload)
    rule, _, _, subject = reader.text(), reader.number("B"), reader.text(), reader.text()
    action, _, origin, _ = (reader.number(code) for code in "BBBQ")
    file, line, *_ = reader.text(), *(reader.number("I") for _ in range(4))
    return Finding(rule, subject, ACTIONS[action], ORIGINS[origin], file, line, reader.text())


def decode_end(payload: bytes) -> tuple[str, str, str, int]:
    reader = Reader(payload)
    return ENDINGS[reader.number("B")], reader.text(), reader.text(), reader.number("I")


def read_frame(channel: socket.socket) -> tuple[int, bytes] | None:
    """Return the next frame, or None at the end of the channel."""
    def some(size: int) -> bytes:
        try:
            return channel.recv(size)
        except ConnectionResetError:  # said once, when the guest left something unread; what it sent is still there
            return channel.recv(size)

    def exactly(size: int) -> bytes:
        data = b""
        while len(data) < size and (more := some(size - len(data))):
            data += more
        return data
    header = exactly(4)
    if len(header) < 4:
        return None
    body = exactly(struct.unpack("<I", header)[0])
    return body[0], body[1:]


def high(fd: int) -> int:
    """Move a descriptor to where the guest's fixed numbers cannot collide with it."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 50)
    os.close(fd)
    return moved


def inherited() -> list[int]:
    """Return the descriptors that whoever started the tests has left open for all their children."""
    inheritable = []
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            if int(name) > SESSION_FD and os.get_inheritable(int(name)):
                inheritable.append(int(name))
    return inheritable


@dataclass
class Request:
    """What the supervisor asks for; see docs/formats/frames.md."""

    source: bytes = b""
    file_name: str = "<string>"
    display_name: str = ""
    display_dir: str = ""
    argv: list[str] = field(default_factory=lambda: ["-c"])
    sys_path: list[str] = field(default_factory=list)
    rules: Rules = NOTHING
    static_layer: bool = True
    interpreter_layer: bool = True
    session: bool = False

    def encode(self, python: Python) -> bytes:
        return (u8(self.session) + text(self.source) + text(self.file_name)
                + text(self.display_name or self.file_name) + text(self.display_dir) + texts(self.argv)
                + texts([*self.sys_path, *python.trusted]) + texts(list(python.trusted)) + text(python.path)
                + u8(self.static_layer) + u8(self.interpreter_layer) + text(self.rules.encode())
                + struct.pack("<Q", NONCE))


class Guest:
    """A started guest. Its two channels are sockets here."""

    def __init__(self, python: Python, request: Request, cwd: Path, first_frame: bytes | None = None) -> None:
        self.boot, boot = socket.socketpair()
        self.session, session = socket.socketpair()
        inner = [high(boot.detach()), high(session.detach())]
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        stdin, self.stdin = (high(fd) for fd in os.pipe())
        actions = [(os.POSIX_SPAWN_DUP2, stdin, 0), (os.POSIX_SPAWN_DUP2, self.out.fileno(), 1),
                   (os.POSIX_SPAWN_DUP2, self.err.fileno(), 2), (os.POSIX_SPAWN_DUP2, inner[0], BOOT_FD),
                   (os.POSIX_SPAWN_DUP2, inner[1], SESSION_FD)]
        actions += [(os.POSIX_SPAWN_CLOSE, fd) for fd in inherited()]
        argv = ["/usr/bin/env", "-i", "-C", str(cwd), python.path, "-I", "-S", "-X", "utf8", "-c",
                BOOT.format(str(guest_module()))]
        self.pid = os.posix_spawn(argv[0], argv, {}, file_actions=actions)
        for fd in (stdin, *inner):
            os.close(fd)
        payload = first_frame if first_frame is not None else frame(REQUEST, request.encode(python))
        # From a thread: a large request does not fit into the socket until the guest reads it.
        threading.Thread(target=self._send, args=(payload,), daemon=True).start()
        self.findings: list[Finding] = []
        self.commit = self._read_commit()

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # a guest that refuses reads no more
            self.boot.sendall(data)

    def _read_commit(self) -> tuple[str, str]:
        self.boot.settimeout(PATIENCE)
        while got := read_frame(self.boot):
            kind, payload = got
            if kind == FINDING:
                self.findings.append(decode_finding(payload))
                assert self.findings[-1].origin == "supervisor"
            else:
                assert kind == COMMIT
                reader = Reader(payload)
                outcome = OUTCOMES[reader.number("B")], reader.text()
                assert read_frame(self.boot) is None, "the boot channel stays open"
                return outcome
        return "nothing", ""

    def run_cell(self, source: str, lines: list[str] = ()) -> str:
        """Give a session an input; return its outcome. Questions of input() get the lines, then end of file."""
        lines = list(lines)
        self.session.settimeout(PATIENCE)
        self.session.sendall(frame(CELL, source.encode()))
        while got := read_frame(self.session):
            kind, payload = got
            if kind == FINDING:
                self.findings.append(decode_finding(payload))
            elif kind == READ_LINE:
                self.session.sendall(frame(LINE, (lines.pop(0) if lines else "").encode()))
            else:
                assert kind == CELL_DONE
                self.exit_code = payload[1]
                return CELL_OUTCOMES[payload[0]]
        return "gone"

    def shown(self) -> tuple[str, str]:
        """Return all that was written so far to standard output and error."""
        return tuple(os.pread(file.fileno(), 1 << 26, 0).decode("utf-8", "backslashreplace")
                     for file in (self.out, self.err))

    def finish(self, stdin: bytes = b"", close: bool = True) -> Finished:
        """Wait for the end of the process."""
        with contextlib.suppress(BrokenPipeError):  # the program may have ended without reading it
            os.write(self.stdin, stdin)
        os.close(self.stdin)
        if close:
            self.session.shutdown(socket.SHUT_WR)
        self.session.settimeout(PATIENCE)
        end = None
        claims = []
        while got := read_frame(self.session):
            kind, payload = got
            if kind == END:
                end = decode_end(payload)
            elif kind == FINDING:
                claims.append(decode_finding(payload))
        _, status = os.waitpid(self.pid, 0)
        out, err = self.shown()
        for channel in (self.out, self.err, self.boot, self.session):
            channel.close()
        return Finished(os.waitstatus_to_exitcode(status), out, err, self.commit, self.findings, claims, end)


@dataclass(frozen=True)
class Finished:
    """What a run came to."""

    code: int  # negative: the signal
    out: str
    err: str
    commit: tuple[str, str]
    findings: list[Finding]  # on the boot channel
    claims: list[Finding]    # on the session channel
    end: tuple[str, str, str, int] | None

    @property
    def outcome(self) -> str:
        return self.commit[0]


def places(findings: list[Finding]) -> list[tuple[str, int, str, str]]:
    return [(f.file, f.line, f.rule, f.subject) for f in findings]


def without_addresses(output: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x…", output)
