# Attack: changes, moves and deletes files of the host.
# Source: CWE-73; MITRE ATT&CK T1485, T1565.
# Stopped by: kernel (the mount namespace does not have the directory; what it has is read-only).
# Must not happen: anything in the canary's directory changes.
# Arguments: canary
# Sentinel: tree
# Default policy: none
# Jail alone: none
import os
import shutil
import sys
from pathlib import Path

CANARY = Path(sys.argv[1])
DIRECTORY = CANARY.parent


def overwrite():
    CANARY.write_text("owned")


def append():
    descriptor = os.open(CANARY, os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, b"owned")


def create():
    (DIRECTORY / "owned").write_text("owned")


def through_link():
    os.symlink(DIRECTORY, "innocent")
    Path("innocent/linked").write_text("owned")


def permissions():
    os.chmod(CANARY, 0o777)


def times():
    os.utime(CANARY, (1, 1))


def move():
    os.rename(CANARY, DIRECTORY / "moved")


def cut():
    os.truncate(CANARY, 0)


def remove():
    os.unlink(CANARY)


def remove_tree():
    shutil.rmtree(DIRECTORY)


for way in (overwrite, append, create, through_link, permissions, times, move, cut, remove, remove_tree):
    try:
        way()
        print(way.__name__, "worked")
    except OSError as error:
        print(way.__name__, type(error).__name__)
