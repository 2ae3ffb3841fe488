"""The documents tell the truth about files: each path they name is there."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
PAGES = sorted([*TREE.glob("*.md"), *TREE.glob("docs/**/*.md")])
# `tests/e2e/test_cli.py`, `src/engine/verdict.*`, `tests/unit/<module>/*_test.cc`
NAMED = re.compile(r"`((?:\.ci|bench|cmake|docs|fuzz|policies|python|schemas|src|tests|tools)/[^`\s]*)`")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_every_promise_names_its_test() -> None:
    rows = re.findall(r"^\| ([A-Z]\d+) \|.*\| (.*) \|$", (TREE / "SPECIFICATION.md").read_text(), re.MULTILINE)
    assert len(rows) > 20
    assert len({number for number, _ in rows}) == len(rows)
    assert [number for number, shown_by in rows if "`" not in shown_by] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TREE)))
def test_every_path_in_a_page_exists(page: Path) -> None:
    text = page.read_text()
    named = [re.sub(r"<\w+>", "*", path).rstrip("/") for path in NAMED.findall(text)]
    missing = {path for path in named if not any(TREE.glob(path))}
    missing |= {path for path in LINKED.findall(text) if not (page.parent / path).exists()}
    assert missing == set()
