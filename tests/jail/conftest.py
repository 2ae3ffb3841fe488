"""The jail without engine and guest, for root and for an ordinary user."""
from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import driver
import jail_driver


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    """Copies of the test programs where every account can run them."""
    with driver.open_dir(driver.accounts()[0]) as folder:
        for name in ("jail_run", "foreign_abi"):
            try:
                shutil.copy(jail_driver.built(name), folder)
            except FileNotFoundError as missing:
                pytest.fail(str(missing))
        yield folder


@pytest.fixture(scope="session", params=driver.accounts(), ids=lambda account: account.name)
def jailer(request: pytest.FixtureRequest) -> driver.Account:
    """Who builds the jail: root and an ordinary user, as far as we can be both."""
    return request.param


@pytest.fixture
def folder(jailer: driver.Account) -> Iterator[Path]:
    """A directory of the account's own."""
    with driver.open_dir(jailer) as path:
        yield path


@pytest.fixture
def jail(programs: Path, jailer: driver.Account, folder: Path) -> jail_driver.Jail:
    """The jail in the hands of the account."""
    return jail_driver.Jail(programs / "jail_run", jailer, folder)
