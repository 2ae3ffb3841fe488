"""What is installed: complete, readable by all, free of what would tie it to one Python or one machine."""
from __future__ import annotations

import glob
import json
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

import driver

TREE = Path(__file__).resolve().parents[2]
# Of libc alone, and the loader: the module is loaded into any interpreter, with the jail's few libraries.
LIBC = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}
LOAD = """
import importlib.machinery, importlib.util, sys
spec = importlib.util.spec_from_file_location("_guest", sys.argv[1],
    loader=importlib.machinery.ExtensionFileLoader("_guest", sys.argv[1]))
print(hasattr(importlib.util.module_from_spec(spec), "main"))
"""


@pytest.fixture(scope="module")
def prefix(binary: Path) -> Path:
    return binary.resolve().parent.parent


@pytest.fixture(scope="module")
def package(prefix: Path) -> Path:
    found = list(prefix.glob("lib/python3*/*-packages/py_sandbox"))
    assert len(found) == 1, f"{prefix} holds {len(found)} py_sandbox packages"
    return found[0]


def output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=driver.PATIENCE).stdout


def needed(file: Path) -> set[str]:
    return set(re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "--dynamic", "--wide", file)))


def pythons() -> list[str]:
    found = [f"{folder}/python3.{minor}" for minor in range(10, 14) for folder in os.environ["PATH"].split(":")]
    found += glob.glob(os.path.expanduser("~/.pyenv/versions/3.1[0-3].*/bin/python3"))
    return sorted({os.path.realpath(path) for path in found if os.path.exists(path) and "/shims/" not in path})


def test_the_package_is_complete(package: Path) -> None:
    for name in ("__init__.py", "_interpreter.py", "py.typed", "_guest.abi3.so"):
        assert (package / name).is_file(), name
    presets = {path.name for path in (package / "policies").iterdir()}
    assert presets == {path.name for path in (TREE / "policies").iterdir()}


def test_everything_is_readable_by_all(prefix: Path) -> None:
    for path in (prefix, *prefix.rglob("*")):
        if not path.is_symlink():
            wanted = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
            assert path.stat().st_mode & wanted == wanted, path


def test_the_binary_needs_no_library(binary: Path) -> None:
    assert needed(binary) == set()


def test_the_guest_needs_libc_alone_and_shows_its_entry_alone(package: Path) -> None:
    guest = package / "_guest.abi3.so"
    assert needed(guest) <= LIBC
    symbols = output("nm", "--dynamic", "--defined-only", "--format=just-symbols", guest).split()
    assert symbols == ["PyInit__guest"]


@pytest.mark.parametrize("python", pythons())
def test_the_guest_loads_in_each_python(package: Path, python: str) -> None:
    assert output(python, "-I", "-c", LOAD, package / "_guest.abi3.so") == "True\n"


def test_every_required_python_is_here() -> None:
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    versions = {output(python, "-c", asked).strip() for python in pythons()}
    assert set(os.environ.get("PYSB_REQUIRE_PYTHONS", "").split()) <= versions


def test_the_version_is_the_same_everywhere(binary: Path) -> None:
    declared = re.search(r"project\(py_sandbox VERSION ([\d.]+)", (TREE / "CMakeLists.txt").read_text())[1]
    python = binary.resolve().with_name("python")
    assert output(binary, "--version") == f"py_sandbox {declared}\n"
    assert output(python, "-I", "-c", "import py_sandbox; print(py_sandbox.__version__)") == f"{declared}\n"


def test_the_script_describes_the_interpreter_of_its_first_line(binary: Path) -> None:
    script = binary.resolve().with_name("py-sandbox-python")
    told = json.loads(output(script))
    assert script.read_text().splitlines()[0] == f"#!{told['executable']}"
    assert all(Path(folder).is_dir() for folder in told["stdlib"][:1])
    assert str(script.parent) not in told["sys_path"]
    assert any(Path(library).name.startswith("libc.so") for library in told["libraries"])


@pytest.mark.skipif(os.getuid() != 0, reason="tools/install asks for root first")
@pytest.mark.parametrize(("arguments", "complaint"), [
    (["--python", "/nowhere/python3"], "error: --python /nowhere/python3: No such file or directory\n"),
    (["--python", "/bin/true"], "error: --python /bin/true is not CPython 3.10 or later\n"),
    (["--prefix", "/etc"], "error: /etc is there and was not made by this tool\n"),
])
def test_install_says_what_is_wrong_and_touches_nothing(arguments: list[str], complaint: str) -> None:
    done = subprocess.run([TREE / "tools/install", *arguments], capture_output=True, text=True, timeout=driver.PATIENCE)
    assert (done.returncode, done.stderr.startswith(complaint)) == (1, True), done.stderr
