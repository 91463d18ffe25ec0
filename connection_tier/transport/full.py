"""The full transport.

Specification: https://core.telegram.org/mtproto/mtproto-transports#full
"""

import os
from struct import Struct
from zlib import crc32

from connection_tier.crypto.randomness import RandomBytes
from connection_tier.transport.base import (
    MAX_PACKET_BYTES,
    MIN_CLIENT_PAYLOAD,
    TRANSPORT_ERROR_BYTES,
    Buffer,
    ErrorCode,
    Framing,
    Header,
    Packet,
    ServerEvent,
    cut,
)
from connection_tier.transport.errors import TransportError

_HEADER = Struct("<II")
_OVERHEAD = 12


class Full(Framing):
    """Length (which counts itself), a sequence number from 0 for each side, the payload, and a CRC-32 of all before."""

    __slots__ = ("_received", "_sent")

    name = "full"
    tag = b""
    obfuscated_tag = b""

    def __init__(self, *, max_packet_bytes: int = MAX_PACKET_BYTES, random: RandomBytes = os.urandom) -> None:
        super().__init__(max_packet_bytes=max_packet_bytes, random=random)
        self._sent = 0
        self._received = 0

    def encode(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Frame one payload and count it. ``quick_ack`` must be false: this transport has no bit for it."""
        if quick_ack:
            raise ValueError("the full transport has no quick acknowledgements")
        frame = _HEADER.pack(len(payload) + _OVERHEAD, self._sent) + payload
        self._sent = (self._sent + 1) & 0xFFFFFFFF
        return frame + crc32(frame).to_bytes(4, "little")

    def encode_quick_ack(self, token: bytes) -> bytes:
        """Return nothing: this transport has no quick acknowledgements."""
        return b""

    def read_packet(self, buffer: Buffer, offset: int) -> tuple[Packet, int] | None:
        """Read a packet, check its sequence number and CRC."""
        found = self._read(buffer, offset, MIN_CLIENT_PAYLOAD)
        return None if found is None else (Packet(found[0]), found[1])

    def read_event(self, buffer: Buffer, offset: int) -> tuple[ServerEvent, int] | None:
        """Read what a server sent; a four-byte payload is a transport error."""
        found = self._read(buffer, offset, TRANSPORT_ERROR_BYTES)
        if found is None:
            return None
        payload, end = found
        if len(payload) == TRANSPORT_ERROR_BYTES:
            return ErrorCode(int.from_bytes(payload, "little", signed=True)), end
        return Packet(payload), end

    def _read(self, buffer: Buffer, offset: int, minimum: int) -> tuple[bytes, int] | None:
        header = self._read_header(buffer, offset)
        if header is None:
            return None
        self._check_length(header.length, minimum)
        stop = header.start + header.length
        end = stop + 4
        if len(buffer) < end:
            return None
        if cut(buffer, stop, end) != crc32(memoryview(buffer)[offset:stop]).to_bytes(4, "little"):
            raise TransportError("wrong CRC-32")
        self._received = (self._received + 1) & 0xFFFFFFFF
        return cut(buffer, header.start, stop), end

    def _read_header(self, buffer: Buffer, offset: int) -> Header | None:
        start = offset + _HEADER.size
        if len(buffer) < start:
            return None
        length, seq = _HEADER.unpack_from(buffer, offset)
        if seq != self._received:
            raise TransportError(f"sequence number {seq} instead of {self._received}")
        return Header(start, length - _OVERHEAD, flag=False)
