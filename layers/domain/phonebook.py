"""Telephone numbers as people write them in address books.

Accounts are stored under the digits of the international number, without "+". A book holds anything: +49 170 …,
0049170…, or the national form of the owner's own country.
"""

from __future__ import annotations

import re
from typing import Final

_DIGITS_MAX: Final = 20
_NOT_DIGITS: Final = re.compile(r"\D")


def digits_of(number: str) -> str:
    """The ASCII digits of a number; '' when there are none or too many for one."""
    digits = "".join(str(int(sign)) for sign in _NOT_DIGITS.sub("", number))
    return digits if len(digits) <= _DIGITS_MAX else ""


def candidates(number: str, owner_phone: str | None) -> list[str]:
    """Digits under which the number may be stored, the likeliest first.

    ``owner_phone`` says in which country the owner of the book writes national numbers.
    """
    digits = digits_of(number)
    if not digits:
        return []
    if number.lstrip().startswith(("+", "\uff0b")):
        return [digits]
    if digits.startswith("00"):
        return [digits[2:]]
    national = _international(digits, country_of(owner_phone or ""))
    if national is None:
        return [digits]
    return [digits, national] if country_of(digits) else [national, digits]


def country_of(phone: str) -> str | None:
    """The ISO 3166 code of the country of an international number, or None."""
    import phonenumbers  # 60 ms that most functions never need

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse("+" + phone)) if phone else None
    except phonenumbers.NumberParseException:
        return None


def _international(digits: str, country: str | None) -> str | None:
    import phonenumbers  # as above

    if country is None:
        return None
    try:
        parsed = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
