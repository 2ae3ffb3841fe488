"""Attacks from inside, one mechanism a file in victims/: each attempt is refused there and works outside.

A victim prints a line for each attempt, `worked: NAME` or `refused: NAME ERRNO`. Its header comment tells:

    Arguments   what it is given: canary shared pid
    Told        the system calls that the supervisor must hear of, no more and no fewer
    Control     how it is run outside: plain, or in throw-away namespaces where that is needed to do no harm
"""
from __future__ import annotations

import re
import subprocess
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import driver
from jail_driver import HERE, PYTHON, Jail

VICTIMS = sorted((HERE / "victims").glob("*.py"))
THROW_AWAY = "unshare --user --map-root-user --mount --pid --uts --fork --mount-proc --".split()
IO_URING_SWITCH = Path("/proc/sys/kernel/io_uring_disabled")


def header(victim: Path) -> dict[str, str]:
    return dict(re.findall(r"^# ([A-Z][a-z ]+): (.*)$", victim.read_text(), re.M))


def words(fields: dict[str, str], name: str) -> list[str]:
    return [] if fields[name] == "none" else fields[name].split()


def program_of(victim: Path) -> str:
    return (HERE / "attack.py").read_text() + victim.read_text()


def outcomes(output: str) -> dict[str, dict[str, str]]:
    """Return the attempts by what came of them: worked or refused, name to errno."""
    found = {"worked": {}, "refused": {}}
    for kind, name, error in re.findall(r"^(worked|refused): (.+?)(?: (E[A-Z0-9]+))?$", output, re.M):
        found[kind][name] = error
    return found


@dataclass
class World:
    """What lies outside, for all to use: only the jail is in the way."""

    canary: Path
    shared: Path
    victim: subprocess.Popen

    def arguments(self, names: list[str]) -> list[str]:
        values = {"canary": self.canary, "shared": self.shared, "pid": self.victim.pid}
        return [str(values[name]) for name in names]


@pytest.fixture
def world() -> Iterator[World]:
    ordinary = driver.accounts()[-1]
    with driver.open_dir(ordinary) as outside:
        shared = outside / "shared"
        shared.mkdir()
        for path in (outside / "canary", shared / "file"):
            path.write_text("precious")
            path.chmod(0o666)
        outside.chmod(0o777)
        shared.chmod(0o777)
        sleeper = subprocess.Popen(ordinary.command(["sleep", "600"]))
        yield World(outside / "canary", shared, sleeper)
        sleeper.kill()
        sleeper.wait()


def run_outside(victim: Path, world: World) -> dict[str, dict[str, str]]:
    fields = header(victim)
    argv = [str(PYTHON), "-I", "-S", "-c", program_of(victim), *world.arguments(words(fields, "Arguments"))]
    command = driver.accounts()[-1].command([*(THROW_AWAY if fields["Control"] == "throw-away" else []), *argv])
    done = driver.finish(command, cwd=world.canary.parent, env={"PATH": driver.SEARCH_PATH})
    assert done.code == 0, done.err
    return outcomes(done.out)


@pytest.fixture(params=VICTIMS, ids=lambda path: path.stem)
def victim(request: pytest.FixtureRequest) -> Path:
    return request.param


def switched_off() -> set[str]:
    """Return the attempts that this host refuses to everybody, so that nothing can show what the jail adds."""
    if not IO_URING_SWITCH.exists() or IO_URING_SWITCH.read_text().strip() == "0":
        return set()
    warnings.warn(f"no control for io_uring_setup: {IO_URING_SWITCH} switches it off on this host", stacklevel=1)
    return {"io_uring_setup"}


def test_every_attempt_works_outside_and_is_refused_inside(victim: Path, jail: Jail, world: World) -> None:
    fields = header(victim)
    arguments = world.arguments(words(fields, "Arguments"))
    shared = ["--bind", f"{world.shared}={world.shared}"] if "shared" in fields["Arguments"] else []

    inside = jail.python(program_of(victim), *arguments, options=shared)
    outside = run_outside(victim, world)

    assert inside.report.get("exit") == 0, (inside.report, inside.stderr)
    attempts = outcomes(inside.stdout)
    assert attempts["worked"] == {}
    assert set(outside["refused"]) <= switched_off(), "the control must show that there is something to stop"
    assert set(attempts["refused"]) == set(outside["worked"]) | set(outside["refused"])
    assert inside.told == set(words(fields, "Told"))


def test_every_victim_says_what_it_is_about() -> None:
    needed = {"Attack", "Source", "Stopped by", "Arguments", "Told", "Control"}
    assert {victim.name: needed - header(victim).keys() for victim in VICTIMS if needed - header(victim).keys()} == {}
