#!/usr/bin/python3
"""Fail when a file of src/ includes what its module may not know. The table is the architecture.

A test (CTest `layers`) and `tools/dev layers` run it; `--self-test` shows that it finds what it looks for.
"""

import pathlib
import re
import sys
import tempfile

# Each module and what it may include beside itself. CMake's links in src/CMakeLists.txt repeat it.
LAYERS = {
    "base": (),
    "protocol": ("base",),
    "policy/rules": ("base", "protocol"),
    "policy": ("base", "protocol", "policy/rules"),
    "analysis": ("base", "protocol", "policy/rules"),
    "guest": ("base", "protocol", "policy/rules", "analysis"),
    "jail": ("base", "protocol", "policy", "policy/rules"),
    "engine": ("base", "protocol", "policy", "policy/rules", "jail"),
    "alerts": ("base", "protocol", "policy", "policy/rules"),
    "cli": ("base", "protocol", "policy", "policy/rules", "jail", "engine", "alerts"),
}
# Hostile source is parsed in the jailed child alone: nothing outside it may know CPython.
PYTHON_FOLDERS = ("analysis/ast/", "guest/")
PYTHON_HEADERS = {"Python.h", "structmember.h", "marshal.h", "frameobject.h"}

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def module_of(path: str) -> str | None:
    """Return the module that a path below src/ belongs to: the longest name in the table."""
    folders = path.rpartition("/")[0] + "/"
    return max((name for name in LAYERS if folders.startswith(name + "/")), key=len, default=None)


def objection(path: str, header: str) -> str | None:
    """Say why the file at `path` may not include `header`; None when it may."""
    module = module_of(path)
    if module is None:
        return f"{path.partition('/')[0]} is no module of the table in tools/check_layers.py"
    if header in PYTHON_HEADERS and not path.startswith(PYTHON_FOLDERS):
        return f"{module} may not include {header}: only {' and '.join(PYTHON_FOLDERS)} know CPython"
    target = module_of(header)
    if target is None or target in (module, *LAYERS[module]):
        return None
    return f"{module} may not include {target} (allowed: {', '.join(LAYERS[module]) or 'nothing'})"


def objections(source: pathlib.Path) -> list[str]:
    """Return `file:line: message` for each forbidden include below `source`."""
    found = []
    for file in sorted(p for p in source.rglob("*") if p.suffix in (".h", ".cc", ".def", ".inc")):
        path = file.relative_to(source).as_posix()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            included = INCLUDE.match(line)
            why = included and objection(path, included[1] or included[2])
            if why:
                found.append(f"src/{path}:{number}: {why}")
    return found


def self_test() -> None:
    """Plant one offence of each kind, and one include that is right, and look for them."""
    planted = {
        "base/a.h": '#include "protocol/wire.h"',
        "engine/b.cc": "#include <Python.h>",
        "jail/c.cc": ' # include "analysis/analysis.h"',
        "analysis/d.cc": '#include "policy/load.h"',
        "analysis/checks/e.cc": "#include <Python.h>",
        "guest/right.cc": '#include "policy/rules/rules.h"\n#include <Python.h>\n#include "base/text.h"',
    }
    with tempfile.TemporaryDirectory() as folder:
        for path, text in planted.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        found = objections(pathlib.Path(folder))
    expected = ["src/analysis/checks/e.cc:1", "src/analysis/d.cc:1", "src/base/a.h:1",
                "src/engine/b.cc:1", "src/jail/c.cc:1"]
    places = [":".join(line.split(":")[:2]) for line in found]
    assert places == expected, found


def main() -> int:
    """Check src/ beside this file's folder."""
    if "--self-test" in sys.argv:
        self_test()
        return 0
    found = objections(pathlib.Path(__file__).resolve().parent.parent / "src")
    print("\n".join(found) or "layers: every include goes the right way")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
