"""Numbers as people write them, and birthdays as they are stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.domain.birthdays import days_around, pack_birthday, unpack_birthday
from layers.domain.phonebook import candidates, country_of, digits_of
from layers.errors import RpcError
from tests.harness import START
from tl import api


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("+49 170 1234567", ["491701234567"]),
        ("0049-170-1234567", ["491701234567"]),
        ("491701234567", ["491701234567", "49491701234567"]),
        ("0170 1234567", ["491701234567", "01701234567"]),
        ("+99966 1 0001", ["9996610001"]),
        ("٠١٧٠١٢٣٤٥٦٧", ["491701234567", "01701234567"]),
        ("", []),
        ("no number", []),
        ("1" * 30, []),
    ],
)
def test_forms_of_a_number_in_a_german_book(written: str, forms: list[str]) -> None:
    assert candidates(written, "4915112345678") == forms


def test_national_numbers_of_an_owner_without_a_country() -> None:
    assert candidates("0170 1234567", "9996610001") == ["01701234567"]
    assert candidates("0170 1234567", None) == ["01701234567"]


@given(st.text(max_size=40), st.none() | st.from_regex(r"\d{1,15}", fullmatch=True))
def test_anything_may_stand_in_a_book(written: str, owner: str | None) -> None:
    for form in candidates(written, owner):
        assert form.isascii()
        assert form.isdigit() or not form
    assert len(digits_of(written)) <= 20


def test_country() -> None:
    assert country_of("491701234567") == "DE"
    assert country_of("9996610001") is None
    assert country_of("") is None


def test_birthday_round_trip() -> None:
    for birthday in (api.Birthday(day=29, month=2, year=None), api.Birthday(day=1, month=12, year=1999)):
        assert unpack_birthday(pack_birthday(birthday)) == birthday
    assert unpack_birthday(None) is None


@pytest.mark.parametrize(("day", "month", "year"), [(30, 2, None), (0, 1, None), (1, 13, 2000), (29, 2, 1999)])
def test_no_such_day(day: int, month: int, year: int | None) -> None:
    with pytest.raises(RpcError, match="BIRTHDAY_INVALID"):
        pack_birthday(api.Birthday(day=day, month=month, year=year))


def test_days_around_the_turn_of_a_month() -> None:
    assert days_around(START) == {920, 921, 922}
    assert days_around(1_798_675_200) == {1230, 1231, 101}
