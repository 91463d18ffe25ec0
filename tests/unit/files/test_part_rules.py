"""checklist 91, 92: sizes and numbers of parts, as far as one node sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_tier.files.part_rules import PartRules
from layers.errors import RpcError

KIB = 1024


def refused(rules: PartRules, part: int, size: int, total: int | None = None, *, file_id: int = 1) -> str:
    with pytest.raises(RpcError) as caught:
        rules.check(7, file_id, part, size, total)
    assert caught.value.code == 400
    return caught.value.message


@pytest.mark.parametrize(
    ("part", "size", "total", "error"),
    [
        (0, 0, None, "FILE_PART_EMPTY"),
        (0, 512 * KIB + 1, None, "FILE_PART_TOO_BIG"),
        (-1, KIB, None, "FILE_PART_INVALID"),
        (4000, KIB, None, "FILE_PART_INVALID"),
        (3, KIB, 3, "FILE_PART_INVALID"),
        (0, KIB, 0, "FILE_PARTS_INVALID"),
        (0, KIB, -2, "FILE_PARTS_INVALID"),
        (0, KIB, 4001, "FILE_PARTS_INVALID"),
        (0, KIB + 1, 2, "FILE_PART_SIZE_INVALID"),
        (0, 3 * KIB, 2, "FILE_PART_SIZE_INVALID"),
    ],
)
def test_a_part_out_of_rule(part: int, size: int, total: int | None, error: str) -> None:
    assert refused(PartRules(), part, size, total) == error


def test_any_size_will_do_for_the_last_part() -> None:
    rules = PartRules()
    rules.check(7, 1, 2, 777, 3)
    rules.check(7, 1, 0, 4 * KIB, 3)
    rules.check(7, 2, 0, 1, None)


def test_a_size_that_changes() -> None:
    rules = PartRules()
    rules.check(7, 1, 0, 4 * KIB, 4)
    assert refused(rules, 1, 8 * KIB, 4) == "FILE_PART_SIZE_CHANGED"
    assert refused(rules, 3, 8 * KIB, 4) == "FILE_PART_SIZE_CHANGED"
    rules.check(7, 1, 1, 4 * KIB, 4)


def test_without_a_total_a_later_part_shows_that_one_was_not_the_last() -> None:
    rules = PartRules()
    rules.check(7, 1, 0, 1000, None)
    assert refused(rules, 1, 1000) == "FILE_PART_SIZE_INVALID"
    rules.check(7, 2, 5, 4 * KIB, None)
    assert refused(rules, 3, 2 * KIB, file_id=2) == "FILE_PART_SIZE_CHANGED"


def test_the_total_may_become_known_but_not_change() -> None:
    rules = PartRules()
    rules.check(7, 1, 0, KIB, None)
    rules.check(7, 1, 1, KIB, 3)
    assert refused(rules, 2, KIB, 4) == "FILE_PARTS_INVALID"


def test_uploads_do_not_mix() -> None:
    rules = PartRules()
    rules.check(7, 1, 0, KIB, 2)
    rules.check(7, 2, 0, 2 * KIB, 2)
    rules.check(8, 1, 0, 4 * KIB, 2)  # checklist 93: a file_id is the user's own


@given(
    st.sampled_from([KIB, 4 * KIB, 512 * KIB]),
    st.integers(1, 12),
    st.booleans(),
    st.randoms(use_true_random=False),
    st.data(),
)
def test_a_right_upload_passes_in_any_order_with_repeats(part_size, parts, knows_total, random, data) -> None:
    last_size = data.draw(st.integers(1, part_size))
    order = [*range(parts), *range(parts)]
    random.shuffle(order)
    rules = PartRules()
    for part in order:
        size = last_size if part == parts - 1 else part_size
        rules.check(7, 1, part, size, parts if knows_total else None)
