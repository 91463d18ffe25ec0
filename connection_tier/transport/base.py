"""What all transports share: packets, bounds, and the base class of a framing.

Specification: https://core.telegram.org/mtproto/mtproto-transports

A *framing* cuts one direction of a byte stream into packets. It sees plain bytes: obfuscation is a layer below it.
"""

import os
import struct
from abc import ABC, abstractmethod
from typing import ClassVar, Final, NamedTuple, TypeAlias

from connection_tier.crypto.randomness import RandomBytes
from connection_tier.transport.errors import TransportError

MAX_PACKET_BYTES: Final = 16 << 20
"""The largest payload, in both directions: what official clients accept."""

MIN_CLIENT_PAYLOAD: Final = 8
"""A client's packet holds at least an auth key id."""

TRANSPORT_ERROR_BYTES: Final = 4

MIN_MESSAGE_BYTES: Final = 20
"""No MTProto message is shorter than the header of an unencrypted one; what is shorter is a transport error."""

Buffer: TypeAlias = bytes | bytearray


class Packet(NamedTuple):
    """One transport packet. ``quick_ack``: the client asks for the token of its message as soon as it is accepted."""

    payload: bytes
    quick_ack: bool = False


class QuickAck(NamedTuple):
    """A quick acknowledgement a client received. ``token``: four bytes in the order of the SHA-256, top bit set."""

    token: bytes


class ErrorCode(NamedTuple):
    """A transport error a client received, such as -404."""

    code: int


ServerEvent: TypeAlias = Packet | QuickAck | ErrorCode
"""What a client can read from a server."""


class Header(NamedTuple):
    """A decoded packet header: where the body starts, its length in bytes, and whether the quick-ack bit is set."""

    start: int
    length: int
    flag: bool


def cut(buffer: Buffer, start: int, stop: int) -> bytes:
    """Return ``buffer[start:stop]`` as bytes with a single copy."""
    if isinstance(buffer, bytes):
        return buffer[start:stop]
    return bytes(memoryview(buffer)[start:stop])


class Framing(ABC):
    """Cuts a stream into packets and back. One object serves one connection (the full transport counts packets)."""

    __slots__ = ("_max_packet_bytes", "_random")

    name: ClassVar[str]
    tag: ClassVar[bytes]
    """What the client sends before its first packet; empty when the transport has none."""
    obfuscated_tag: ClassVar[bytes]
    """The four bytes which name the framing inside an obfuscation header; empty when it cannot be obfuscated."""

    max_padding: ClassVar[int] = 0
    """How many random bytes a body may carry after its payload."""

    def __init__(self, *, max_packet_bytes: int = MAX_PACKET_BYTES, random: RandomBytes = os.urandom) -> None:
        self._max_packet_bytes = max_packet_bytes
        self._random = random

    @abstractmethod
    def encode(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Frame one payload. ``quick_ack`` is the client's request for a quick acknowledgement."""

    @abstractmethod
    def encode_quick_ack(self, token: bytes) -> bytes:
        """Return the bytes which acknowledge a message; empty when the transport knows no quick acks.

        ``token``: the first four bytes of the message's SHA-256 with the top bit of the last one set.
        """

    def encode_error(self, code: int) -> bytes:
        """Frame a transport error, such as -404."""
        return self.encode(struct.pack("<i", code))

    def read_packet(self, buffer: Buffer, offset: int) -> tuple[Packet, int] | None:
        """Read a client's packet at ``offset``: the packet and the offset behind it, None when it is incomplete.

        Raises:
            TransportError: the length is out of bounds, or the packet is damaged.
        """
        header = self._read_header(buffer, offset)
        if header is None:
            return None
        self._check_length(header.length, MIN_CLIENT_PAYLOAD)
        end = header.start + header.length
        if len(buffer) < end:
            return None
        return Packet(self._payload(buffer, header.start, end), header.flag), end

    def read_event(self, buffer: Buffer, offset: int) -> tuple[ServerEvent, int] | None:
        """Read what a server sent at ``offset``; the client's half of :meth:`read_packet`."""
        header = self._read_header(buffer, offset)
        if header is None:
            return None
        if header.flag:
            end = offset + 4
            if len(buffer) < end:
                return None
            return QuickAck(self._quick_ack_token(cut(buffer, offset, end))), end
        self._check_length(header.length, TRANSPORT_ERROR_BYTES)
        end = header.start + header.length
        if len(buffer) < end:
            return None
        payload = self._payload(buffer, header.start, end)
        if len(payload) < MIN_MESSAGE_BYTES:
            return ErrorCode(int.from_bytes(payload[:TRANSPORT_ERROR_BYTES], "little", signed=True)), end
        return Packet(payload), end

    @abstractmethod
    def _read_header(self, buffer: Buffer, offset: int) -> Header | None:
        """Decode the header at ``offset``; None when it is incomplete."""

    def _quick_ack_token(self, wire: bytes) -> bytes:
        return wire

    def _payload(self, buffer: Buffer, start: int, end: int) -> bytes:
        return cut(buffer, start, end)

    def _check_length(self, length: int, minimum: int) -> None:
        if not minimum <= length <= self._max_packet_bytes + self.max_padding:
            raise TransportError(f"packet of {length} bytes")
        if length % 4 and not self.max_padding:
            raise TransportError(f"packet length {length} is not a multiple of 4")
