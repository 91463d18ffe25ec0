"""Emoji in a text: https://core.telegram.org/api/custom-emoji."""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINER: Final = "\u200d"
_VARIATION: Final = "\ufe0f"
_KEYCAP: Final = "\u20e3"
_REGIONS: Final = range(0x1F1E6, 0x1F200)
_TONES: Final = range(0x1F3FB, 0x1F400)
_TAGS: Final = range(0xE0020, 0xE0080)


def split_emoji(text: str) -> list[str] | None:
    """The emoji of a text, without their variation selectors; None when there is anything else in it."""
    found: list[str] = []
    joined = False
    for character in text.replace(_VARIATION, ""):
        code = ord(character)
        if found and (joined or code in _TONES or code in _TAGS or character in {_JOINER, _KEYCAP}):
            found[-1] += character
            joined = character == _JOINER
        elif found and code in _REGIONS and len(found[-1]) == 1 and ord(found[-1]) in _REGIONS:
            found[-1] += character
        elif _begins_emoji(character):
            found.append(character)
        elif not character.isspace():
            return None
    if any(len(emoji) == 1 and emoji in "0123456789#*" for emoji in found):
        return None
    return found


def _begins_emoji(character: str) -> bool:
    return (
        character in "0123456789#*©®"
        or unicodedata.category(character) in {"So", "Sk", "Sm"}
        or (ord(character) >= 0x1F000)
    )
