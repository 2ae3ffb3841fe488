"""Realistic programs with harm mixed in: their harmless part prints what it should, each harm is found.

A case is a folder in programs/: main.py and the modules it imports, args (one argument a line), stdin, policy.yaml
where the default policy is not the point, and expected.json:

    verdict, exit_code, stdout       exact
    findings                         of the static layer, in this order: {line, rule, subject, file when not main.py}
    dynamic                          all others, in any order: {layer, rule, subject}, with file and line where known
    left_behind                      files that the program leaves in its working directory
"""
from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

import driver

PROGRAMS = sorted(p for p in (Path(__file__).parent / "programs").iterdir() if p.is_dir())
NOT_THE_PROGRAM = shutil.ignore_patterns("args", "stdin", "policy.yaml", "expected.json", "__pycache__")


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def arguments_for(program: Path) -> list[str]:
    policy = program / "policy.yaml"
    return [*(["--policy", str(policy)] if policy.exists() else []), "main.py", *lines_of(program / "args")]


def stdin_for(program: Path) -> bytes:
    path = program / "stdin"
    return path.read_bytes() if path.exists() else b""


def expectation(program: Path) -> dict:
    return json.loads((program / "expected.json").read_text())


def expected_places(expected: dict) -> list[tuple[str, int, str, str]]:
    return driver.places({"file": "main.py", **finding} for finding in expected["findings"])


def is_static(finding: dict) -> bool:
    return finding["layer"] == "static" and finding["origin"] == "supervisor"


def dynamic(findings: list[dict]) -> Counter:
    """What was seen while the program ran, as often as it was seen, without regard to order."""
    return Counter((f["layer"], f["rule"], f["subject"], f.get("file", ""), f.get("line", 0)) for f in findings)


@pytest.fixture(params=PROGRAMS, ids=lambda path: path.name)
def program(request: pytest.FixtureRequest, workdir: Path) -> Path:
    shutil.copytree(request.param, workdir, ignore=NOT_THE_PROGRAM, dirs_exist_ok=True)
    return request.param


def test_harm_is_removed_and_the_rest_does_its_job(program: Path, sandbox: driver.Sandbox) -> None:
    expected = expectation(program)
    result = sandbox.run_json(*arguments_for(program), stdin=stdin_for(program))
    assert result["stderr"] == ""
    assert result["stdout"] == expected["stdout"]
    assert (result["verdict"], result["exit_code"]) == (expected["verdict"], expected["exit_code"])
    assert driver.places(filter(is_static, result["findings"])) == expected_places(expected)
    seen = [finding for finding in result["findings"] if not is_static(finding)]
    assert dynamic(seen) == dynamic(expected.get("dynamic", []))
    assert result["left_behind"]["files"] == expected.get("left_behind", [])


def test_plain_output_is_the_program_s_and_each_finding_is_one_line(
        program: Path, sandbox: driver.Sandbox) -> None:
    expected = expectation(program)
    done = sandbox.run(*arguments_for(program), stdin=stdin_for(program))
    assert done.out == expected["stdout"]
    assert done.code == expected["exit_code"]
    lines = done.err.splitlines()
    left = 1 if expected.get("left_behind") else 0
    assert len(lines) == len(expected["findings"]) + len(expected.get("dynamic", [])) + left
    for line, (file, number, rule, _) in zip(lines, expected_places(expected), strict=False):
        assert f"{file}:{number}:" in line
        assert rule in line


def test_every_program_has_an_expectation() -> None:
    assert len(PROGRAMS) >= 20
    assert [p.name for p in PROGRAMS if not (p / "expected.json").exists()] == []
