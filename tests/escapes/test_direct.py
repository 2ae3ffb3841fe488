"""Direct attacks, one a file in direct/: each fails, with all layers and with the jail alone, and works outside.

What an attack did is judged by things outside the jail (the secret, the listener, the victim, the canary's directory,
the marker file, what came out), never by what the attack says of itself. An attack's header comment tells:

    Arguments        what of the world below it is given: canary port unix_path pid marker
    Sentinel         which effects must not be seen; the positive control must show every one of them
    Options          for py_sandbox; none when absent
    Verdict          the verdicts allowed, "ok error exit" when absent
    Default policy   findings that must be among those reported, layer:rule:subject with globs, with all layers on
    Jail alone       the same with layers 1 and 2 switched off
"""
from __future__ import annotations

import base64
import fnmatch
import functools
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import driver

ATTACKS = sorted((Path(__file__).parent / "direct").glob("*.py"))
JAIL_ALONE = "version: 1\nextends: default\nlayers: {static: false, interpreter: false}\n"
FLOOD = 4 << 20  # bytes: four times the default output limit
THREADS = 16  # the default limit
DAEMON_DELAY = 1.0  # seconds: surviving_daemon acts after 0.3
CONTROL_TIME = 3.0  # seconds after which the control of an endless loop is taken as endless
# Attacks on the machine itself work outside the jail only where they can do no harm: in namespaces of their own.
THROW_AWAY = ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--mount-proc", "--"]
IN_THROW_AWAY = {"mount.py", "ptrace.py", "environment_secret.py"}


def header(attack: Path) -> dict[str, str]:
    """Return the fields of the comment that an attack begins with."""
    lines = []
    for line in attack.read_text().splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].strip())
    fields = re.findall(r"^([A-Z][a-z ]+): (.*?)(?=^[A-Z][a-z ]+: |\Z)", "\n".join(lines), re.M | re.S)
    return {name: " ".join(text.split()) for name, text in fields}


def words(fields: dict[str, str], name: str, default: str = "none") -> list[str]:
    text = fields.get(name, default)
    return [] if text == "none" else text.split()


def tree_of(directory: Path) -> dict[str, tuple]:
    """Return all that an attack on files could change."""
    return {str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns,
                        path.read_bytes() if path.is_file() else None)
            for path in [directory, *sorted(directory.rglob("*"))] if path.exists()}


class Listener:
    """Hears every attempt to talk to this host: TCP and UDP on one port, a path name, an abstract name."""

    def __init__(self, directory: Path) -> None:
        self.unix_path = str(directory / "listener")
        tcp = socket.create_server(("127.0.0.1", 0))
        self.port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", self.port))
        self.sockets = {"tcp": tcp, "udp": udp}
        for kind, name in (("path", self.unix_path), ("abstract", "\0" + self.unix_path)):
            self.sockets[kind] = socket.socket(socket.AF_UNIX)
            self.sockets[kind].bind(name)
            self.sockets[kind].listen()
        os.chmod(self.unix_path, 0o777)
        for each in self.sockets.values():
            each.setblocking(False)

    def heard(self, kind: str) -> bool:
        """Tell whether somebody talked to the socket of this kind since the last time."""
        return self._was_talked_to(self.sockets[kind])

    @staticmethod
    def _was_talked_to(each: socket.socket) -> bool:
        try:
            if each.type == socket.SOCK_DGRAM:
                return bool(each.recv(100))
            each.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        for each in self.sockets.values():
            each.close()


class World:
    """What an attack may aim at, and whether it hit."""

    def __init__(self, outside: Path, owner: driver.Account) -> None:
        self.secret = "secret-" + secrets.token_hex(8)
        self.directory = outside / "precious"
        self.directory.mkdir()
        self.canary = self.directory / "canary.txt"
        self.canary.write_text(self.secret)
        self.marker = outside / "marker"
        for path in (outside, self.directory, self.canary):
            if os.getuid() == 0:
                os.chown(path, owner.uid, owner.uid)
        self.listener = Listener(outside)
        self.port, self.unix_path = self.listener.port, self.listener.unix_path
        self.victim = subprocess.Popen(owner.command(["sleep", "600"]), start_new_session=True)
        self.pid = self.victim.pid
        self.tree = tree_of(self.directory)

    def arguments(self, names: list[str]) -> list[str]:
        return [str(getattr(self, name)) for name in names]

    def harm(self, sentinels: list[str], output: bytes, ended: bool) -> list[str]:
        """Return those of the sentinels that show an effect."""
        seen = {
            "tree": lambda: tree_of(self.directory) != self.tree,
            "victim": lambda: self._victim_state() in "TtZX",
            "marker": self.marker.exists,
            "ends": lambda: not ended,
            "flood": lambda: len(output) > FLOOD,
            "processes": lambda: output.count(b"process\n") > 1 or output.count(b"thread\n") > THREADS,
            "SECRET": lambda: self.secret.encode() in output,
            **{kind: functools.partial(self.listener.heard, kind) for kind in self.listener.sockets},
        }
        return [name for name in sentinels
                if (seen[name]() if name in seen else name.encode() in output)]

    def _victim_state(self) -> str:
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def close(self) -> None:
        self.victim.kill()
        self.victim.wait()
        self.listener.close()


def sentinels_of(fields: dict[str, str]) -> list[str]:
    return [word.strip(",") for word in fields["Sentinel"].split() if word != "stdout"]


def output_of(result: dict) -> bytes:
    def stream(name: str) -> bytes:
        encoded = result.get(name + "_base64")
        return base64.b64decode(encoded) if encoded is not None else result[name].encode()

    return stream("stdout") + stream("stderr")


def missing(findings: list[dict], wanted: list[str]) -> list[str]:
    seen = [f"{f['layer']}:{f['rule']}:{f['subject']}" for f in findings]
    return [pattern for pattern in wanted if not fnmatch.filter(seen, pattern)]


@pytest.fixture
def ordinary() -> driver.Account:
    """Who owns the world, and who runs the positive controls: never root when that can be avoided."""
    return driver.accounts()[-1]


@pytest.fixture
def world(ordinary: driver.Account) -> Iterator[World]:
    with driver.open_dir(ordinary) as outside:
        made = World(outside, ordinary)
        yield made
        made.close()


@pytest.fixture(params=ATTACKS, ids=lambda path: path.stem)
def attack(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.mark.parametrize("layers", ["all layers", "jail alone"])
def test_attack_fails(attack: Path, layers: str, sandbox: driver.Sandbox, world: World) -> None:
    fields = header(attack)
    policy = []
    if layers == "jail alone":
        policy = ["--policy", sandbox.write("policy.yaml", JAIL_ALONE)]
    sandbox.env["PYSB_CANARY"] = world.secret
    shutil.copy(attack, sandbox.workdir)

    result = sandbox.run_json(*policy, *words(fields, "Options"), attack.name,
                              *world.arguments(words(fields, "Arguments")))

    if "marker" in sentinels_of(fields):
        time.sleep(DAEMON_DELAY)
    output = output_of(result)
    assert world.harm(sentinels_of(fields), output, ended=True) == [], output
    assert result["verdict"] in words(fields, "Verdict", "ok error exit"), output
    wanted = words(fields, "Default policy" if layers == "all layers" else "Jail alone")
    assert missing(result["findings"], wanted) == [], result["findings"]
    expected = {"static": layers == "all layers", "interpreter": layers == "all layers"}
    assert result["isolation"]["layers"] == expected

    assert sandbox.run("print('alive')").out == "alive\n"


def control_command(attack: Path, arguments: list[str]) -> list[str]:
    command = ["/usr/bin/python3", attack.name, *arguments]
    if attack.name == "ptrace.py":  # its victim must be in the same pid namespace: a child of the shell, which is init
        return [*THROW_AWAY, "sh", "-c", f"sleep 600 & {shlex.join(command[:-1])} $!"]
    return [*THROW_AWAY, *command] if attack.name in IN_THROW_AWAY else command


def test_attack_works_outside(attack: Path, ordinary: driver.Account, world: World) -> None:
    """The positive control: what the jail prevents is there to be prevented."""
    fields = header(attack)
    arguments = world.arguments(words(fields, "Arguments"))
    with driver.open_dir(ordinary) as workdir:
        shutil.copy(attack, workdir)
        argv = ordinary.command(control_command(attack, arguments))
        environment = {"PATH": driver.SEARCH_PATH, "HOME": str(workdir), "PYSB_CANARY": world.secret}
        try:
            done = driver.finish(argv, cwd=workdir, env=environment,
                                 timeout=CONTROL_TIME if "ends" in sentinels_of(fields) else driver.PATIENCE)
            output, ended = done.stdout + done.stderr, True
        except subprocess.TimeoutExpired as late:
            output, ended = late.stdout or b"", False
        assert world.harm(sentinels_of(fields), output, ended) == sentinels_of(fields), output[:4000]


def test_every_attack_says_what_it_is_about() -> None:
    assert len(ATTACKS) >= 15
    needed = {"Attack", "Source", "Stopped by", "Must not happen", "Arguments", "Sentinel", "Default policy",
              "Jail alone"}
    assert {attack.name: needed - header(attack).keys() for attack in ATTACKS
            if needed - header(attack).keys()} == {}


