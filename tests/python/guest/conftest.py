"""Fixtures of the guest's tests: each runs on every supported CPython of this machine."""
from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest

import harness
from harness import Finished, Guest, Python, Request, Rules


@pytest.fixture(params=harness.pythons(), ids=lambda python: python.version)
def python(request: pytest.FixtureRequest) -> Python:
    return request.param


@pytest.fixture
def start(python: Python, tmp_path: Path) -> Callable[..., Guest]:
    """Start a guest in an empty directory."""
    return lambda **asked: Guest(python, Request(**asked), tmp_path)


@pytest.fixture
def run(start: Callable[..., Guest]) -> Callable[..., Finished]:
    """Run a program given as text, like `python -c`."""
    def run_text(source: str | bytes, stdin: bytes = b"", rules: Rules = harness.NOTHING, **asked: object) -> Finished:
        data = source if isinstance(source, bytes) else source.encode()
        return start(source=data, rules=rules, **asked).finish(stdin)
    return run_text


@pytest.fixture
def run_file(run: Callable[..., Finished], tmp_path: Path) -> Callable[..., Finished]:
    """Run a program that is a file, like `python prog.py`; modules beside it are importable."""
    def run_path(source: str | bytes, name: str = "prog.py", **asked: object) -> Finished:
        data = source if isinstance(source, bytes) else source.encode()
        path = tmp_path / name
        path.write_bytes(data)
        return run(data, file_name=str(path), display_name=name, argv=[str(path)], sys_path=[str(tmp_path)], **asked)
    return run_path


@pytest.fixture
def session(start: Callable[..., Guest]) -> Guest:
    """An interactive session under the rules of harness.HARM."""
    guest = start(session=True, file_name="<stdin>", argv=[""], sys_path=[""], rules=harness.HARM)
    assert guest.commit == ("run", "")
    return guest
