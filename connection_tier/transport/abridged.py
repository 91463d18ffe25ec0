"""The abridged transport.

Specification: https://core.telegram.org/mtproto/mtproto-transports#abridged
"""

from connection_tier.transport.base import Buffer, Framing, Header

_LONG_FORM = 0x7F
_QUICK_ACK = 0x80


class Abridged(Framing):
    """One length byte in units of four bytes, or ``7f`` and a three-byte length in units."""

    __slots__ = ()

    name = "abridged"
    tag = b"\xef"
    obfuscated_tag = b"\xef\xef\xef\xef"

    def encode(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Frame one payload, whose length must be a multiple of four."""
        units, surplus = divmod(len(payload), 4)
        if surplus:
            raise ValueError("an abridged payload is a multiple of 4 bytes")
        flag = _QUICK_ACK if quick_ack else 0
        if units < _LONG_FORM:
            return bytes((units | flag,)) + payload
        return bytes((_LONG_FORM | flag,)) + units.to_bytes(3, "little") + payload

    def encode_quick_ack(self, token: bytes) -> bytes:
        """Return the token byte-swapped, so that the bit which tells it from a length comes first."""
        return token[::-1]

    def _quick_ack_token(self, wire: bytes) -> bytes:
        return wire[::-1]

    def _read_header(self, buffer: Buffer, offset: int) -> Header | None:
        available = len(buffer) - offset
        if available < 1:
            return None
        first = buffer[offset]
        units = first & _LONG_FORM
        start = offset + 1
        if units == _LONG_FORM:
            if available < 4:
                return None
            units = int.from_bytes(buffer[start : offset + 4], "little")
            start = offset + 4
        return Header(start, units * 4, first >= _QUICK_ACK)
