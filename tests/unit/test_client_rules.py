"""docs/reference/clients.md tells the truth: every rule of the clients has a test, and the tests it names exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parents[1]
PAGE: Final = TESTS.parent / "docs" / "reference" / "clients.md"
RULES: Final = range(1, 37)
_SHORT: Final = {"F": "functional/test_client_rules.py"}
_ROW: Final = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) \|$", re.MULTILINE)


def rows() -> dict[int, list[tuple[str, str]]]:
    """The tests of each rule, as file and name."""
    found = {}
    for number, _rule, _whose, tests in _ROW.findall(PAGE.read_text(encoding="utf-8")):
        named = [reference.split("::") for reference in re.findall(r"`([^`]+)`", tests)]
        found[int(number)] = [(_SHORT.get(file, file), name) for file, name in named]
    return found


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the test functions of a file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def test_every_rule_stands_there_once() -> None:
    numbers = [int(number) for number, *_ in _ROW.findall(PAGE.read_text(encoding="utf-8"))]
    assert numbers == list(RULES)


@pytest.mark.parametrize("number", RULES)
def test_a_rule_has_tests_that_exist(number: int) -> None:
    tests = rows()[number]
    assert tests, "a rule without a test"
    for file, name in tests:
        assert name in names_in(file), f"{file} has no {name}"


def test_no_test_of_a_rule_is_left_out() -> None:
    named = {test for tests in rows().values() for test in tests}
    for file in _SHORT.values():
        assert {(file, name) for name in names_in(file)} <= named
