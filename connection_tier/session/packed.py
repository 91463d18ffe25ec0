"""gzip_packed, both ways: https://core.telegram.org/mtproto/service_messages#packed-object.

Inflation is bounded in bytes, not in ratio: each object and each packet has a cap.
"""

import zlib
from typing import Final

from connection_tier.session.wire import GZIP_PACKED, constructor_id, read_tl_bytes, tl_bytes

_AUTO_DETECT: Final = 47
"""zlib's window bits that accept both formats: TDLib packs with zlib headers, others with gzip headers."""

_GZIP_FORMAT: Final = 31
_FAST_LEVEL: Final = 1
_PACKED_HEADER: Final = GZIP_PACKED.to_bytes(4, "little")

_FILE_CONSTRUCTORS: Final = frozenset((0x096A18D5, 0xA99FCA4F, 0x21E753BC))
"""upload.file, upload.cdnFile, upload.webFile: media is compressed already."""


class InflateFailed(ValueError):
    """Packed data is damaged, incomplete, or beyond a cap."""


class InflateBudget:
    """What the packed objects of one packet may still inflate to, in bytes."""

    __slots__ = ("_max_message", "inflated", "remaining")

    def __init__(self, max_message: int, max_frame: int) -> None:
        self._max_message = max_message
        self.remaining = max_frame
        self.inflated = 0
        """Bytes that were inflated, also in vain."""

    def inflate(self, body: bytes) -> bytes:
        """Return the object that gzip_packed `body` holds.

        Raises:
            InflateFailed: damaged data, or a cap is exceeded.
        """
        try:
            data, _ = read_tl_bytes(body, 4)
        except ValueError as problem:
            raise InflateFailed(str(problem)) from problem
        cap = min(self._max_message, self.remaining)
        inflater = zlib.decompressobj(_AUTO_DETECT)
        try:
            inflated = inflater.decompress(data, cap + 1)
        except zlib.error as problem:
            raise InflateFailed(str(problem)) from problem
        self.inflated += len(inflated)
        if len(inflated) > cap:
            self.remaining = 0
            raise InflateFailed(f"more than {cap} bytes")
        self.remaining -= len(inflated)
        if not inflater.eof:
            raise InflateFailed("incomplete data")
        return inflated


def unpack_gzip(body: bytes, *, max_message: int = 2 * 1024 * 1024, max_depth: int = 4) -> bytes:
    """Return `body` itself, or the object inside when it is gzip_packed (TDLib packs queries inside their wrappers).

    Raises:
        InflateFailed: damaged data, too big, or nested too deep.
    """
    budget = InflateBudget(max_message, max_message)
    for _ in range(max_depth):
        if constructor_id(body) != GZIP_PACKED:
            return body
        body = budget.inflate(body)
    if constructor_id(body) == GZIP_PACKED:
        raise InflateFailed("nested too deep")
    return body


def pack_gzip(body: bytes, minimum: int, maximum: int) -> bytes:
    """Return gzip_packed of `body` when its size is in minimum..maximum, it is no file and shrinks; else `body`."""
    if not minimum or not minimum <= len(body) <= maximum or constructor_id(body) in _FILE_CONSTRUCTORS:
        return body
    packed = zlib.compress(body, _FAST_LEVEL, _GZIP_FORMAT)
    return _PACKED_HEADER + tl_bytes(packed) if len(packed) + 8 < len(body) else body
