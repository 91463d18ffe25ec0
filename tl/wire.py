"""Wire-level tables shared by the generated decoders and encoders.

https://core.telegram.org/mtproto/serialize
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from tl.exceptions import DecodeError

VECTOR_ID: Final = 0x1CB5C415
BOOL_TRUE_ID: Final = 0x997275B5
BOOL_FALSE_ID: Final = 0xBC799737

BOOL_IDS: Final = {True: BOOL_TRUE_ID, False: BOOL_FALSE_ID}


class _Bools(dict[int, bool]):
    def __missing__(self, constructor_id: int) -> bool:
        raise DecodeError(f"{constructor_id:#010x} where Bool is declared")


BOOLS: Final = _Bools({BOOL_TRUE_ID: True, BOOL_FALSE_ID: False})
"""Values of the ids of Bool."""

MAX_DEPTH: Final = 128
"""Boxed values may nest this deep: far more than any real object, far less than the interpreter's stack."""

MAX_SHORT: Final = 253
"""Longest string whose length fits one byte; longer ones start with 254 and three bytes of length."""

FIXED: Final = {"int": "i", "long": "q", "double": "d", "#": "I", "Bool": "I", "int128": "16s", "int256": "32s"}
"""`struct` codes of the types of fixed size."""

SHORT_PADDING: Final = tuple(bytes(-(length + 1) & 3) for length in range(MAX_SHORT + 1))
"""Padding after a short string, by its length."""

LONG_PADDING: Final = tuple(bytes(-length & 3) for length in range(4))
"""Padding after a long string, by its length modulo 4."""

UINT: Final = Struct("<I")


def pack_bytes(value: bytes) -> bytes:
    """Serialize a TL string: length, bytes, zeros up to a multiple of four. At most 2**24 - 1 bytes."""
    length = len(value)
    if length <= MAX_SHORT:
        return b"%c%b%b" % (length, value, SHORT_PADDING[length])
    return UINT.pack(length << 8 | 254) + value + LONG_PADDING[length & 3]
