"""Pagination hashes of lists.

https://core.telegram.org/api/offsets#hash-generation: 64-bit, folded over the ids; a client that sends the hash of what
it holds gets *NotModified.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_MASK: Final = (1 << 64) - 1


def vector_hash(ids: Iterable[int]) -> int:
    """The hash of a list of ids, as a signed long."""
    value = 0
    for item in ids:
        value ^= value >> 21
        value ^= (value << 35) & _MASK
        value ^= value >> 4
        value = (value + item) & _MASK
    return value - (1 << 64) if value >= 1 << 63 else value
