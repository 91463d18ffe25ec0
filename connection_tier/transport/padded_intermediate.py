"""The padded intermediate transport.

Specification: https://core.telegram.org/mtproto/mtproto-transports#padded-intermediate
"""

from connection_tier.transport.base import Buffer, cut
from connection_tier.transport.intermediate import QUICK_ACK, Intermediate

_ENCRYPTED_HEADER = 24
_UNENCRYPTED_HEADER = 20
_NO_AUTH_KEY = bytes(8)


class PaddedIntermediate(Intermediate):
    """The intermediate framing whose length covers the payload and 0 to 15 random bytes after it."""

    __slots__ = ()

    name = "padded_intermediate"
    tag = b"\xdd\xdd\xdd\xdd"
    obfuscated_tag = tag
    max_padding = 15

    def encode(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Frame one payload with 0 to 3 random bytes.

        The specification allows 15, but Telethon strips the remainder modulo four only.
        """
        padding = self._random(self._random(1)[0] & 3)
        length = len(payload) + len(padding)
        return (length | (QUICK_ACK if quick_ack else 0)).to_bytes(4, "little") + payload + padding

    def encode_error(self, code: int) -> bytes:
        """Frame a transport error without padding: strict clients know an error by its four bytes."""
        return Intermediate.encode(self, code.to_bytes(4, "little", signed=True))

    def _payload(self, buffer: Buffer, start: int, end: int) -> bytes:
        return cut(buffer, start, start + unpadded_length(buffer, start, end))


def unpadded_length(buffer: Buffer, start: int, end: int) -> int:
    """Return the length of the message in ``buffer[start:end]`` without its 0 to 15 padding bytes.

    An encrypted message is 24 + 16n bytes; an unencrypted one tells its own length. A body which is neither keeps its
    length: the message layer refuses it.
    """
    length = end - start
    if length < _UNENCRYPTED_HEADER:
        return length
    if buffer[start : start + 8] == _NO_AUTH_KEY:
        own = _UNENCRYPTED_HEADER + int.from_bytes(buffer[start + 16 : start + _UNENCRYPTED_HEADER], "little")
        return own if 0 <= length - own <= PaddedIntermediate.max_padding else length
    return length - (length - _ENCRYPTED_HEADER) % 16 if length >= _ENCRYPTED_HEADER else length
