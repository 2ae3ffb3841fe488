"""Limits hold inside, and the report tells how a run ended."""
from __future__ import annotations

import pytest

from jail_driver import Jail, signal_name

MIB = 1 << 20
THREADS = """
import threading
enough = threading.Event()
started = 0
try:
    for _ in range(100):
        threading.Thread(target=enough.wait, daemon=True).start()
        started += 1
except RuntimeError:
    pass
print(started)
enough.set()
"""
DESCRIPTORS = """
import os
opened = [0, 1, 2, 3, 4]
try:
    while True:
        opened.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print(error.errno == 24, len(opened))
"""
FILL = """
import os, sys
written = 0
try:
    for number in range(1000):
        with open(f"{sys.argv[1]}/{number}", "wb", buffering=0) as file:
            for _ in range(16):
                written += file.write(b"x" * 65536)
except OSError as error:
    print(error.errno == 28, written)
"""
MANY_FILES = """
import os, sys
made = 0
try:
    while True:
        open(f"{sys.argv[1]}/{made}", "w").close()
        made += 1
except OSError as error:
    print(error.errno == 28, made)
"""
BIG_FILE = """
written = 0
try:
    with open("/tmp/big", "wb", buffering=0) as file:
        while True:
            written += file.write(b"x" * 65536)
except OSError as error:
    print(error.errno == 27, written)
"""
LIFT = """
import resource
for name in sorted(name for name in dir(resource) if name.startswith("RLIMIT_")):
    number = getattr(resource, name)
    soft, hard = resource.getrlimit(number)
    if hard == resource.RLIM_INFINITY:
        continue
    try:
        resource.setrlimit(number, (hard + 1, hard + 1))
        print("lifted", name)
    except (ValueError, OSError):
        pass
print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_MEMLOCK))
"""


def test_threads(jail: Jail) -> None:
    done = jail.python(THREADS, options=["--limit", "threads=5"])

    assert done.lines == ["5"], done.stderr
    assert done.report["denials"] == []


def test_threads_of_one_run_are_not_those_of_another(jail: Jail) -> None:
    with jail.running(options=["--limit", "threads=5"]), jail.running(options=["--limit", "threads=5"]):
        assert jail.python(THREADS, options=["--limit", "threads=5"]).lines == ["5"]


def test_open_files(jail: Jail) -> None:
    assert jail.python(DESCRIPTORS, options=["--limit", "open_files=20"]).lines == ["True 20"]


@pytest.mark.parametrize("place", ["/tmp", "/workspace"])
def test_disk(place: str, jail: Jail) -> None:
    done = jail.python(FILL, place, options=["--limit", f"disk={4 * MIB}", "--limit", "files=50"])

    full, written = done.lines[0].split()
    assert full == "True"
    assert 3 * MIB < int(written) <= 4 * MIB


@pytest.mark.parametrize("place", ["/tmp", "/workspace"])
def test_number_of_files(place: str, jail: Jail) -> None:
    done = jail.python(MANY_FILES, place, options=["--limit", "files=50"])

    full, made = done.lines[0].split()
    assert full == "True"
    assert 40 <= int(made) <= 50


def test_size_of_a_file(jail: Jail) -> None:
    assert jail.python(BIG_FILE, options=["--limit", f"file_size={MIB}"]).lines == [f"True {MIB}"]


@pytest.mark.parametrize("how", ["bytearray(size)", "__import__('mmap').mmap(-1, size)"])
def test_memory(how: str, jail: Jail) -> None:
    limit = ["--limit", f"memory={128 * MIB}"]
    attack = (f"size = {{}} * {MIB}\n"
              f"try:\n    {how}\n    print('given')\n"
              "except (MemoryError, OSError):\n    print('refused')")

    assert jail.python(attack.format(1024), options=limit).lines == ["refused"]
    assert jail.python(attack.format(32), options=limit).lines == ["given"]


def test_processor_time(jail: Jail) -> None:
    done = jail.python("while True: pass", options=["--limit", "cpu=1000"])

    assert signal_name(done.report) in ("SIGXCPU", "SIGKILL")
    assert done.report["cpu_us"] >= 500_000  # the kernel's limit counts in ticks, its usage does not


def test_processor_time_of_a_program_that_ignores_the_signal(jail: Jail) -> None:
    done = jail.python("import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
                       options=["--limit", "cpu=1000"])

    assert signal_name(done.report) == "SIGKILL"


def test_limits_cannot_be_lifted(jail: Jail) -> None:
    assert jail.python(LIFT).lines == ["(0, 0) (0, 0)"]


def test_exit_status_and_signal_are_those_of_the_program(jail: Jail) -> None:
    assert jail.python("raise SystemExit(7)").report["exit"] == 7
    assert signal_name(jail.python("import os\nos.abort()").report) == "SIGABRT"
    assert signal_name(jail.python("import os\nos.kill(os.getpid(), 9)").report) == "SIGKILL"


def test_what_is_left_behind_is_named(jail: Jail) -> None:
    done = jail.python("import os\nos.makedirs('a/b')\nopen('a/b/c', 'w').close()\nopen('d', 'w').close()\n"
                       "os.symlink('/', 'link')")

    assert done.report["left_behind"] == ["a/b/c", "d", "link"]
    assert done.report["left_behind_total"] == 3


def test_many_files_left_behind_are_counted_and_a_few_named(jail: Jail) -> None:
    done = jail.python("for number in range(200): open(str(number), 'w').close()")

    assert len(done.report["left_behind"]) == 20
    assert done.report["left_behind_total"] == 200
