"""Every CPython from 3.10 to 3.13 on this machine runs the same programs with the same results.

PYSB_REQUIRE_PYTHONS="3.10 3.11 3.12 3.13" makes a missing one a failure: what CI asks for.
"""
from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import driver
import test_programs

SUPPORTED = ("3.10", "3.11", "3.12", "3.13")
ASK = "import platform; print(platform.python_implementation(), platform.python_version())"


def candidates() -> list[Path]:
    names = [name for version in SUPPORTED for name in [shutil.which(f"python{version}")] if name]
    names += [name for name in [shutil.which("python3", path=driver.SEARCH_PATH)] if name]
    pyenv = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3"))
    return [Path(name) for name in names if "/shims/" not in name] + pyenv


@functools.cache
def interpreters() -> dict[str, Path]:
    """Return one interpreter per exact version, by version."""
    found: dict[str, Path] = {}
    for path in candidates():
        asked = subprocess.run([path, "-I", "-c", ASK], capture_output=True, text=True, check=False)
        match = re.fullmatch(r"CPython (\d+\.\d+)(\.\S+)\n", asked.stdout)
        if match and match[1] in SUPPORTED:
            found.setdefault(match[1] + match[2], path)
    return found


@pytest.fixture(params=interpreters().items(), ids=lambda item: f"python-{item[0]}")
def python(request: pytest.FixtureRequest, account: driver.Account) -> tuple[str, Path]:
    version, path = request.param
    if not driver.readable_by(account, path):
        pytest.skip(f"{path} is not for {account.name} to read")
    return version, path


def test_the_required_versions_are_here(capsys: pytest.CaptureFixture[str]) -> None:
    minors = {version.rpartition(".")[0] for version in interpreters()}
    with capsys.disabled():
        print("\nCPythons:", ", ".join(f"{v} ({p})" for v, p in interpreters().items()))
    assert set(os.environ.get("PYSB_REQUIRE_PYTHONS", "").split()) - minors == set()
    assert minors


def test_the_interpreter_asked_for_is_the_one_that_runs(
        python: tuple[str, Path], sandbox: driver.Sandbox) -> None:
    version, path = python
    done = sandbox.run("--python", path, ASK)
    assert (done.code, done.err, done.out) == (0, "", f"CPython {version}\n")


def test_syntax_of_its_own_version(python: tuple[str, Path], sandbox: driver.Sandbox) -> None:
    version, path = python
    done = sandbox.run("--python", path, "type X = int\nprint(X)")
    assert (done.code == 0) == (tuple(map(int, version.split(".")[:2])) >= (3, 12))


@pytest.mark.parametrize("program", test_programs.PROGRAMS, ids=lambda p: p.name)
def test_programs_give_the_same_on_each_version(
        program: Path, python: tuple[str, Path], sandbox: driver.Sandbox) -> None:
    shutil.copytree(program, sandbox.workdir, ignore=test_programs.NOT_THE_PROGRAM, dirs_exist_ok=True)
    expected = test_programs.expectation(program)
    result = sandbox.run_json("--python", python[1], *test_programs.arguments_for(program),
                              stdin=test_programs.stdin_for(program))
    assert result["stdout"] == expected["stdout"]
    assert (result["verdict"], result["exit_code"]) == (expected["verdict"], expected["exit_code"])
    static = filter(test_programs.is_static, result["findings"])
    assert driver.places(static) == test_programs.expected_places(expected)


def test_a_venv_below_a_closed_directory_works_for_root(
        python: tuple[str, Path], sandbox: driver.Sandbox, tmp_path: Path) -> None:
    if sandbox.account.uid != 0:
        pytest.skip("an ordinary user cannot read below a closed directory, inside or outside")
    venv = tmp_path / "closed" / "venv"
    subprocess.run([python[1], "-m", "venv", "--without-pip", venv], check=True)
    [packages] = venv.glob("lib/python3.*/site-packages")
    (packages / "only_here.py").write_text("WHERE = 'in the venv'")
    venv.parent.chmod(0o700)
    interpreter = venv / "bin" / "python3"
    done = sandbox.run("--python", interpreter, "import only_here, sys; print(only_here.WHERE, sys.executable)")
    assert (done.code, done.err, done.out) == (0, "", f"in the venv {interpreter}\n")


def test_an_interpreter_that_the_user_cannot_read_is_refused_with_the_reason(
        sandbox: driver.Sandbox, tmp_path: Path) -> None:
    if sandbox.account.uid == 0:
        pytest.skip("root can read everything")
    if os.getuid() != 0:
        pytest.skip("takes root to make a directory that the user cannot read")
    venv = tmp_path / "venv"
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", venv], check=True)
    tmp_path.chmod(0o700)
    python = venv / "bin" / "python3"
    done = sandbox.run("--python", python, "print(1)")
    assert (done.code, done.out) == (125, "")
    assert str(python) in done.err
