"""What sets of stickers are of: https://core.telegram.org/api/stickers."""

from __future__ import annotations

import enum


class Kind(enum.IntEnum):
    """What a set is of; stored."""

    STICKERS = 0
    MASKS = 1
    EMOJI = 2
