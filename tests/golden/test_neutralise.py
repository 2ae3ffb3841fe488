"""Removal by example: each case of golden/neutralise/ gives its findings and its output, from end to end.

A case is a folder NN with before.py, the modules it imports, and expected.json: the policy's name, findings (line, or
"file:line"; rule; subject), stdout and exit_code.
"""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import driver

FOLDER = Path(__file__).parent / "neutralise"
IN_FORCE = range(1, 31)  # what the statements after these need comes later
CASES = [path for path in sorted(FOLDER.glob("[0-9]*")) if int(path.name) in IN_FORCE]
NOT_THE_PROGRAM = shutil.ignore_patterns("expected.json", "after.py", "__pycache__")


def place(line: int | str) -> tuple[str, int]:
    file, _, number = str(line).rpartition(":")
    return file or "before.py", int(number)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path, sandbox: driver.Sandbox) -> None:
    expected = json.loads((case / "expected.json").read_text())
    shutil.copytree(case, sandbox.workdir, ignore=NOT_THE_PROGRAM, dirs_exist_ok=True)
    # The account may not be able to read the tree: a clone below /root, for one.
    shutil.copytree(FOLDER / "policies", sandbox.workdir / "policies")
    result = sandbox.run_json("--policy", f"policies/{expected['policy']}.yaml", "before.py")
    assert result["stderr"] == ""
    assert result["stdout"] == expected["stdout"]
    assert result["exit_code"] == expected["exit_code"]
    assert driver.places(result["findings"]) == [
        (*place(f["line"]), f["rule"], f["subject"]) for f in expected["findings"]]


def test_no_case_is_missing() -> None:
    assert [int(case.name) for case in CASES] == list(IN_FORCE)
