"""The client's half of a stream transport, for tests, benchmarks and raw clients.

Specification: https://core.telegram.org/mtproto/mtproto-transports
"""

import os

from connection_tier.crypto.randomness import RandomBytes
from connection_tier.transport.base import MAX_PACKET_BYTES, ServerEvent
from connection_tier.transport.detect import FRAMINGS
from connection_tier.transport.obfuscated import Obfuscation


class ClientTransport:
    """Speaks one transport to a server.

    Args:
        kind: ``abridged``, ``intermediate``, ``padded_intermediate`` or ``full``.
        obfuscated: open with an obfuscation header. The full transport cannot be obfuscated.
        dc_id: the data centre named in that header.
        secret: the 16 bytes of an MTProxy's secret.
    """

    __slots__ = ("_buffer", "_framing", "_greeting", "_obfuscation")

    def __init__(
        self,
        kind: str,
        *,
        obfuscated: bool = False,
        dc_id: int = 2,
        secret: bytes = b"",
        max_packet_bytes: int = MAX_PACKET_BYTES,
        random: RandomBytes = os.urandom,
    ) -> None:
        self._framing = FRAMINGS[kind](max_packet_bytes=max_packet_bytes, random=random)
        self._obfuscation: Obfuscation | None = None
        self._greeting = self._framing.tag
        if obfuscated:
            tag = self._framing.obfuscated_tag
            if not tag:
                raise ValueError(f"the {kind} transport cannot be obfuscated")
            self._obfuscation, self._greeting = Obfuscation.open(tag, dc_id, random, secret)
        self._buffer = bytearray()

    def connect_bytes(self) -> bytes:
        """Return what must be sent first: the transport's tag or the obfuscation header."""
        return self._greeting

    def encode(self, payload: bytes, *, quick_ack: bool = False) -> bytes:
        """Return one framed packet, to be written in the order of the calls."""
        frame = self._framing.encode(payload, quick_ack=quick_ack)
        return self._obfuscation.encrypt(frame) if self._obfuscation else frame

    def receive_data(self, data: bytes) -> list[ServerEvent]:
        """Take bytes from the server and return the packets, quick acks and errors they complete.

        Raises:
            TransportError: the server broke the transport.
        """
        self._buffer += self._obfuscation.decrypt(data) if self._obfuscation else data
        events: list[ServerEvent] = []
        offset = 0
        while (found := self._framing.read_event(self._buffer, offset)) is not None:
            events.append(found[0])
            offset = found[1]
        del self._buffer[:offset]
        return events
