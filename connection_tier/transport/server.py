"""The server's half of a stream transport: it detects which one the client speaks, then reads and writes packets.

Specification: https://core.telegram.org/mtproto/mtproto-transports
"""

import os
from collections.abc import Mapping, Sequence
from typing import Final

from connection_tier.crypto.randomness import RandomBytes
from connection_tier.transport.base import MAX_PACKET_BYTES, Buffer, Framing, Packet
from connection_tier.transport.detect import FRAMINGS, detect
from connection_tier.transport.errors import TransportError
from connection_tier.transport.obfuscated import Obfuscation
from connection_tier.transport.padded_intermediate import PaddedIntermediate
from connection_tier.transport.secret import ProxySecret

_BY_OBFUSCATED_TAG: Final[Mapping[bytes, type[Framing]]] = {
    framing.obfuscated_tag: framing for framing in FRAMINGS.values() if framing.obfuscated_tag
}


class ServerTransport:
    """One client connection as packets. Nothing depends on how the stream is cut into ``receive_data`` calls.

    Args:
        require_obfuscation: take the first 64 bytes for an obfuscation header, as inside a WebSocket.
        secrets: those of an MTProxy; a client may use one of them or none.
        max_packet_bytes: payloads beyond it are refused by their header, before they are buffered.
        random: fills the padding of the padded transport.
    """

    __slots__ = (
        "_buffer",
        "_failure",
        "_framing",
        "_max_packet_bytes",
        "_obfuscation",
        "_random",
        "_require_obfuscation",
        "_secrets",
        "dc_id",
    )

    def __init__(
        self,
        *,
        require_obfuscation: bool = False,
        secrets: Sequence[ProxySecret] = (),
        max_packet_bytes: int = MAX_PACKET_BYTES,
        random: RandomBytes = os.urandom,
    ) -> None:
        self._require_obfuscation = require_obfuscation
        self._secrets = secrets
        self._max_packet_bytes = max_packet_bytes
        self._random = random
        self._buffer = bytearray()
        self._framing: Framing | None = None
        self._obfuscation: Obfuscation | None = None
        self._failure: str | None = None
        self.dc_id: int | None = None
        """The data centre named by an obfuscation header: +10000 is a test one, a negative one serves media."""

    @property
    def detected(self) -> bool:
        """Whether the client's transport is known."""
        return self._framing is not None

    @property
    def name(self) -> str:
        """The transport, such as ``obfuscated+abridged``; empty until it is detected."""
        if self._framing is None:
            return ""
        return f"obfuscated+{self._framing.name}" if self._obfuscation else self._framing.name

    @property
    def buffered_bytes(self) -> int:
        """Bytes of an incomplete packet held in memory."""
        return len(self._buffer)

    @property
    def failed(self) -> bool:
        """Whether the client broke the transport: process the packets returned so far, then close."""
        return self._failure is not None

    def receive_data(self, data: bytes) -> list[Packet]:
        """Take bytes from the client and return the packets they complete.

        Packets which precede a violation are returned, and the next call raises: what a client sent before it does
        not depend on how the network cut it.

        Raises:
            HttpDetected: the client speaks HTTP.
            TransportError: the client broke the transport, now or earlier. Close the connection.
        """
        if self._failure is not None:
            raise TransportError(self._failure)
        try:
            return self._receive(data)
        except TransportError as error:
            self._failure = str(error)
            self._buffer = bytearray()
            raise

    def encode(self, payload: bytes) -> bytes:
        """Return one framed packet, to be written in the order of the calls."""
        return self._seal(self._detected_framing().encode(payload))

    def encode_quick_ack(self, token: bytes) -> bytes:
        """Return a quick acknowledgement in the transport's byte order; empty where the transport has none."""
        return self._seal(self._detected_framing().encode_quick_ack(token))

    def encode_error(self, code: int) -> bytes:
        """Return a transport error such as -404; empty before detection, when no framing is common to both sides."""
        return b"" if self._framing is None else self._seal(self._framing.encode_error(code))

    def _detected_framing(self) -> Framing:
        if self._framing is None:
            raise RuntimeError("the client's transport is not yet detected")
        return self._framing

    def _seal(self, frame: bytes) -> bytes:
        return self._obfuscation.encrypt(frame) if self._obfuscation else frame

    def _receive(self, data: bytes) -> list[Packet]:
        framing = self._framing
        if framing is None:
            self._buffer += data
            framing = self._detect()
            if framing is None:
                return []
        else:
            if self._obfuscation is not None:
                data = self._obfuscation.decrypt(data)
            if not self._buffer:
                return self._cut_fresh(framing, data)
            self._buffer += data
        packets, offset = self._read_packets(framing, self._buffer)
        del self._buffer[:offset]
        return packets

    def _cut_fresh(self, framing: Framing, data: bytes) -> list[Packet]:
        """Read packets straight from ``data``, which saves small ones the way through the buffer."""
        packets, offset = self._read_packets(framing, data)
        if offset < len(data):
            self._buffer += memoryview(data)[offset:]
        return packets

    def _read_packets(self, framing: Framing, source: Buffer) -> tuple[list[Packet], int]:
        packets: list[Packet] = []
        offset = 0
        try:
            while (found := framing.read_packet(source, offset)) is not None:
                packets.append(found[0])
                offset = found[1]
        except TransportError as error:
            if not packets:
                raise
            self._failure = str(error)
            offset = len(source)
        return packets, offset

    def _detect(self) -> Framing | None:
        buffer = self._buffer
        detection = detect(buffer, require_obfuscation=self._require_obfuscation)
        if detection is None:
            return None
        kind = detection.framing
        if kind is None:
            self._obfuscation, kind, self.dc_id = self._accept(bytes(buffer[: detection.consumed]))
            self._buffer = bytearray(self._obfuscation.decrypt(bytes(buffer[detection.consumed :])))
        else:
            del buffer[: detection.consumed]
        self._framing = kind(max_packet_bytes=self._max_packet_bytes, random=self._random)
        return self._framing

    def _accept(self, init: bytes) -> tuple[Obfuscation, type[Framing], int]:
        """Find the secret, if any, under which the header names a framing."""
        for secret in (None, *self._secrets):
            obfuscation, tag, dc_id = Obfuscation.accept(init, b"" if secret is None else secret.secret)
            framing = _BY_OBFUSCATED_TAG.get(tag)
            if framing is None:
                continue
            if secret is not None and secret.requires_padding and framing is not PaddedIntermediate:
                raise TransportError("a dd secret without padding")
            return obfuscation, framing, dc_id
        raise TransportError("unknown transport inside the obfuscation header")
