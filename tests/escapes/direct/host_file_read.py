# Attack: reads a file of the host.
# Source: CWE-22; MITRE ATT&CK T1005.
# Stopped by: kernel (the mount namespace does not have the file; no /proc). A path that is only known at run time
#   is left to the jail, and a missing file tells nobody.
# Must not happen: the content of the canary file is printed.
# Arguments: canary
# Sentinel: stdout SECRET
# Default policy: none
# Jail alone: none
import io
import linecache
import mmap
import os
import sqlite3
import sys
from pathlib import Path

CANARY = sys.argv[1]
RELATIVE = "../" * 20 + CANARY.lstrip("/")


def by_descriptor(path):
    descriptor = os.open(path, os.O_RDONLY)
    return os.read(descriptor, 4096)


def by_map(path):
    with open(path, "rb") as handle:
        return mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)[:]


def by_link(path):
    link = "innocent"
    if os.path.lexists(link):
        os.unlink(link)
    os.symlink(path, link)
    return open(link).read()


def by_copy(path):
    os.link(path, "hard")
    return open("hard").read()


def by_sqlite(path):
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("SELECT * FROM sqlite_master").fetchall()


ways = [lambda p: open(p).read(), by_descriptor, lambda p: Path(p).read_text(), lambda p: io.FileIO(p).read(),
        linecache.getlines, by_map, by_link, by_copy, by_sqlite]
paths = [CANARY, RELATIVE, "/proc/self/root" + CANARY, "/proc/1/root" + CANARY, "/proc/self/cwd/" + RELATIVE]
for path in paths:
    for way in ways:
        try:
            print(way(path))
        except Exception as error:
            print(type(error).__name__)
for directory in ("/", "/root", "/home", "/proc", os.path.dirname(CANARY)):
    try:
        print(directory, sorted(os.listdir(directory)))
    except OSError as error:
        print(directory, type(error).__name__)
