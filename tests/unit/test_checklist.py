"""docs/reference/protocol.md tells the truth: every item has a test that names it or a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checklist import ITEMS, PAGE, Row, items_named, mentions, read_rows, rewrite

ROWS = read_rows(PAGE.read_text(encoding="utf-8"))


def test_every_item_stands_there_once() -> None:
    assert [row.item for row in ROWS] == list(ITEMS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.item))
def test_an_item_has_a_test_or_a_reason(row: Row) -> None:
    assert row.tests or row.note, "name the item in a test and run `python -m tests.checklist`, or write why not"
    named = mentions().get(row.item, ())
    assert set(row.tests) <= set(named), "a test that is shown does not name the item: run `python -m tests.checklist`"
    assert bool(row.tests) == bool(named), "tests name the item: run `python -m tests.checklist`"


def test_tests_name_only_items_that_exist() -> None:
    assert set(mentions()) <= set(ITEMS)


def test_decisions_and_page_exist() -> None:
    assert (Path(PAGE).parents[1] / "explanation" / "mtproto-decisions.md").exists()


def test_rewriting_keeps_all_but_the_tests() -> None:
    page = PAGE.read_text(encoding="utf-8")
    again = read_rows(rewrite(page))
    assert [(row.item, row.title, row.note) for row in again] == [(row.item, row.title, row.note) for row in ROWS]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("# checklist 49", {49}),
        ('"""Checklist 29, 120."""', {29, 120}),
        ("# checklist 30 31 120", {30, 31, 120}),
        ("# checklist 127-129 and 1", {1, 127, 128, 129}),
        ("# checklist 133, clients.md 13", {133}),
        ("the checklist", set()),
    ],
)
def test_reading_mentions(text: str, items: set[int]) -> None:
    assert items_named(text) == items
