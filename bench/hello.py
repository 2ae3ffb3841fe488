#!/usr/bin/env python3
"""Time of one jailed hello against bare Python and bubblewrap, interleaved in one run.

    bench/hello.py [--runs 30] [--binary py_sandbox] [--python /usr/bin/python3]

Prints median and p99 of each in milliseconds, and each median as a multiple of bare Python.
"""

import argparse
import shutil
import statistics
import subprocess
import time
from pathlib import Path

HELLO = "print('Hello World')"


def bubblewrap(python: str) -> list[str]:
    """The jail that people write by hand: every namespace, the system read-only, nothing else."""
    prefix = str(Path(python).resolve().parents[1])
    return ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr",
            "--ro-bind", prefix, prefix, "--symlink", "usr/lib", "/lib",
            "--symlink", "usr/lib64", "/lib64", "--tmpfs", "/tmp", "--dev", "/dev",
            python, "-I", "-S", "-c", HELLO]


def time_once(command: list[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    elapsed = time.perf_counter() - start
    if done.stdout != b"Hello World\n":
        raise SystemExit(f"{command[0]} printed {done.stdout!r}, {done.stderr.decode()}")
    return elapsed * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--binary", default="py_sandbox")
    parser.add_argument("--python", default="/usr/bin/python3")
    options = parser.parse_args()
    commands = {
        "python3 -I -S -c": [options.python, "-I", "-S", "-c", HELLO],
        "py_sandbox": [options.binary, "--python", options.python, HELLO],
    }
    if shutil.which("bwrap"):
        commands["bubblewrap + python3"] = bubblewrap(options.python)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for name, command in commands.items():
        time_once(command)  # fills caches, and the description of the interpreter
    for _ in range(options.runs):
        for name, command in commands.items():
            times[name].append(time_once(command))
    bare = statistics.median(times["python3 -I -S -c"])
    for name, values in times.items():
        values.sort()
        median = statistics.median(values)
        p99 = values[min(len(values) - 1, int(len(values) * 0.99))]
        print(f"{name:22} median {median:6.2f} ms   p99 {p99:6.2f} ms   {median / bare:4.2f} x")


if __name__ == "__main__":
    main()
