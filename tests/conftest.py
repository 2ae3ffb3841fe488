"""Fixtures that all kinds of tests share: which py_sandbox, started by whom, and where."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import driver


def pytest_report_header() -> list[str]:
    who = ", ".join(f"{a.name} (uid {a.uid})" for a in driver.accounts())
    why = "" if os.getuid() == 0 else "; not root, so what root sees is not tested"
    return [f"py_sandbox: {driver.find_binary() or 'none found'}", f"accounts: {who}{why}"]


@pytest.fixture(scope="session", autouse=True)
def _subreaper() -> None:
    driver.become_subreaper()


@pytest.fixture(scope="session")
def binary() -> Path:
    """The py_sandbox to test."""
    found = driver.find_binary()
    if found is None or not found.exists():
        pytest.fail("no py_sandbox to test: install it (tools/install) or name one in PYSB_BINARY")
    return found


@pytest.fixture(scope="session", params=driver.accounts(), ids=lambda account: account.name)
def account(request: pytest.FixtureRequest, binary: Path) -> driver.Account:
    """Root and an ordinary user, as far as we can be both."""
    if not driver.readable_by(request.param, binary):
        pytest.fail(f"{binary} cannot be run by uid {request.param.uid}: an ordinary user needs an installed "
                    "py_sandbox, readable by all (tools/install)")
    return request.param


@pytest.fixture(scope="session")
def home(account: driver.Account) -> Iterator[Path]:
    """A home directory for the account: py_sandbox keeps its cache there."""
    with driver.open_dir(account) as path:
        yield path


@pytest.fixture
def workdir(account: driver.Account) -> Iterator[Path]:
    """The directory py_sandbox is started in."""
    with driver.open_dir(account) as path:
        yield path


@pytest.fixture
def sandbox(binary: Path, account: driver.Account, home: Path, workdir: Path) -> driver.Sandbox:
    """The command, in the hands of the account."""
    return driver.Sandbox(binary, account, home, workdir)
