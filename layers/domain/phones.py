"""Phone numbers: checked by libphonenumber, kept in E.164 without the plus sign.

Telegram's test numbers 99966XYYYY (https://core.telegram.org/api/auth#test-accounts) belong to no country and are
accepted as they are.
"""

from __future__ import annotations

import re
from typing import Final

_TEST_NUMBER: Final = re.compile(r"99966\d{5,8}")
_MAX_TYPED: Final = 32
_SHOWN_DIGITS: Final = 3


def normalise(phone_number: str) -> str | None:
    """The number's digits with its country code, from any way a client writes it; None when there is no such number."""
    if len(phone_number) > _MAX_TYPED:
        return None
    digits = "".join(character for character in phone_number if "0" <= character <= "9")
    if _TEST_NUMBER.fullmatch(digits):
        return digits
    import phonenumbers  # 60 ms that only sign-in needs

    try:
        parsed = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


def mask(phone: str) -> str:
    """The number for a log: its last three digits."""
    return "*" * max(0, len(phone) - _SHOWN_DIGITS) + phone[-_SHOWN_DIGITS:]
