"""The README shows what really happens: its files are written down, its commands run, their output compared.

A block that starts with `# NAME` is a file of that name; a block whose lines start with `$ py_sandbox` is a
terminal. A line `[...]` in its output stands for any lines.
"""
from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

import driver

README = (Path(__file__).resolve().parents[2] / "README.md").read_text()
BLOCKS = [match[1] for match in re.finditer(r"^```\w*\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]
FILES = {block.split("\n", 1)[0].removeprefix("# "): block
         for block in BLOCKS if re.match(r"# [\w.-]+\n", block)}
TERMINALS = [block for block in BLOCKS if block.startswith("$ py_sandbox")]


def commands(terminal: str) -> list[tuple[str, str]]:
    """Cut a terminal into commands and what each printed."""
    parts = re.split(r"^\$ (.*)\n", terminal, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2]))


def printed(command: str, sandbox: driver.Sandbox) -> str:
    """Run a command as a person at a terminal sees it: both streams in one."""
    argv = sandbox.argv(*shlex.split(command.removeprefix("py_sandbox ")))
    return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=sandbox.workdir,
                          env=sandbox.environment(), timeout=driver.PATIENCE, check=False).stdout


def as_pattern(shown: str) -> str:
    return re.escape(shown).replace(re.escape("[...]\n"), r"(?:.*\n)*")


def test_there_is_something_to_try() -> None:
    assert FILES.keys() >= {"report.py", "policy.yaml"}
    assert len(TERMINALS) >= 3


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: terminal.split("\n", 1)[0])
def test_a_terminal_of_the_readme_is_true(terminal: str, sandbox: driver.Sandbox) -> None:
    for name, text in FILES.items():
        (sandbox.workdir / name).write_text(text)
    for command, shown in commands(terminal):
        got = printed(command, sandbox)
        if shown.startswith("{"):
            assert example_of(json.loads(got)) == json.loads(shown)
        else:
            assert re.fullmatch(as_pattern(shown), got), f"$ {command}\n{got}"


def example_of(result: dict) -> dict:
    """Make what differs from run to run what the README shows."""
    fixed = {"run_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "usage": {"wall_ms": 34, "cpu_ms": 21, "max_rss_bytes": 12582912}}
    assert result.keys() >= fixed.keys() and result["usage"].keys() == fixed["usage"].keys()
    mechanisms = result["isolation"]
    assert mechanisms
    return result | fixed | {"isolation": "…", "policy_hash": "…"}
