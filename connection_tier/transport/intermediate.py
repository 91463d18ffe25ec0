"""The intermediate transport.

Specification: https://core.telegram.org/mtproto/mtproto-transports#intermediate
"""

from typing import Final

from connection_tier.transport.base import Buffer, Framing, Header

QUICK_ACK: Final = 0x80000000


class Intermediate(Framing):
    """A four-byte little-endian length; its top bit asks for (client) or is (server) a quick acknowledgement."""

    __slots__ = ()

    name = "intermediate"
    tag = b"\xee\xee\xee\xee"
    obfuscated_tag = tag

    def encode(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Frame one payload."""
        return (len(payload) | (QUICK_ACK if quick_ack else 0)).to_bytes(4, "little") + payload

    def encode_quick_ack(self, token: bytes) -> bytes:
        """Return the token as it is: its set top bit is where a length has its own."""
        return token

    def _read_header(self, buffer: Buffer, offset: int) -> Header | None:
        start = offset + 4
        if len(buffer) < start:
            return None
        length = int.from_bytes(buffer[offset:start], "little")
        return Header(start, length & ~QUICK_ACK, length >= QUICK_ACK)
