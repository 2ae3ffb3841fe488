"""Describe the running interpreter: what a jail has to show so that it works there."""

import json
import os
import sys
import sysconfig


def shared_objects() -> list[str]:
    """Return the files that are mapped into this process, links resolved."""
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
        fields = [line.rstrip("\n").split(maxsplit=5) for line in maps]
    return sorted({f[5] for f in fields if len(f) == 6 and f[5].startswith("/") and "x" in f[1]})


def import_path() -> list[str]:
    """Return sys.path without the folder of the script that was started, which is no package folder."""
    start = 0 if sys.flags.isolated or getattr(sys.flags, "safe_path", False) else 1
    return [os.path.abspath(entry) for entry in sys.path[start:] if entry]


def description() -> dict[str, object]:
    """Return paths and versions of this interpreter, ready for JSON."""
    return {
        "executable": sys.executable,
        "real_executable": os.path.realpath(sys.executable),
        "version": "%d.%d.%d" % sys.version_info[:3],
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "stdlib": [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")],
        "sys_path": import_path(),
        "libraries": shared_objects(),
    }


def main() -> None:
    """Print the description as one JSON object."""
    print(json.dumps(description()))


if __name__ == "__main__":
    main()
