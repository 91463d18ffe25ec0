"""The protocol checklist's page: which tests name which item.

A test names items in a comment or docstring, as ``# checklist 49`` or ``checklist 29, 120``. ``python -m
tests.checklist`` writes the tests' column of docs/reference/protocol.md anew.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

ITEMS: Final = range(1, 134)
PAGE: Final = Path(__file__).parents[1] / "docs" / "reference" / "protocol.md"
_TESTS: Final = Path(__file__).parent
_MENTION: Final = re.compile(r"[Cc]hecklist[ \t]+(\d+(?:(?:,? and |, ?| |-|–)\d+)*)")
_RANGE: Final = re.compile(r"(\d+)[-–](\d+)")
_ROW: Final = re.compile(r"^\| (\d+) \| (.*?) \| (.*?) \| ?(.*?) ?\|$")


@dataclass(frozen=True, slots=True)
class Row:
    """One item: what it asks for, the test files that name it (relative to tests/), and what is missing or why."""

    item: int
    title: str
    tests: tuple[str, ...]
    note: str

    def __str__(self) -> str:
        tests = " ".join(f"`{name}`" for name in self.tests)
        return f"| {self.item} | {self.title} | {tests} | {self.note} |".replace("|  |", "| |")


def items_named(text: str) -> set[int]:
    """The items that a test file names."""
    found: set[int] = set()
    for mention in _MENTION.finditer(text):
        words = mention[1]
        for first, last in _RANGE.findall(words):
            found.update(range(int(first), int(last) + 1))
        found.update(int(number) for number in re.findall(r"\d+", words))
    return found


def mentions() -> dict[int, tuple[str, ...]]:
    """The test files that name each item."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for path in sorted(_TESTS.rglob("test_*.py")):
        if path.name == "test_checklist.py":
            continue
        for item in items_named(path.read_text(encoding="utf-8")):
            found[item].append(path.relative_to(_TESTS).as_posix())
    return {item: tuple(names) for item, names in found.items()}


def read_rows(page: str) -> list[Row]:
    """The rows of the page's tables, in their order."""
    rows = []
    for line in page.splitlines():
        match = _ROW.match(line.replace("| |", "|  |"))
        if match is not None:
            names = tuple(re.findall(r"`([^`]+)`", match[3]))
            rows.append(Row(int(match[1]), match[2], names, match[4].strip()))
    return rows


def rewrite(page: str) -> str:
    """The page with the tests that name each item now."""
    named = mentions()
    by_item = {row.item: replace(row, tests=named.get(row.item, ())) for row in read_rows(page)}
    lines = []
    for line in page.splitlines():
        match = _ROW.match(line.replace("| |", "|  |"))
        lines.append(line if match is None else str(by_item[int(match[1])]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(rewrite(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
