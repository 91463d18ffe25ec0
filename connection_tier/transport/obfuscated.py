"""Transport obfuscation ("obfuscated2").

Specification: https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation

The client opens with 64 bytes which hold both directions' AES-256-CTR keys; all further bytes of the connection pass
through one continuous key stream a direction, which the header itself advances.
"""

from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers import CipherContext

from connection_tier.crypto.aes import ctr_stream
from connection_tier.crypto.randomness import RandomBytes

INIT_BYTES: Final = 64

HTTP_VERBS: Final = (b"GET ", b"POST", b"HEAD", b"OPTI")
TLS_RECORD: Final = b"\x16\x03\x01\x02"

_RESERVED_STARTS: Final = (*HTTP_VERBS, TLS_RECORD, b"\xee" * 4, b"\xdd" * 4, b"PVrG")


class Obfuscation:
    """The two key streams of one connection."""

    __slots__ = ("_incoming", "_outgoing")

    def __init__(self, incoming: CipherContext, outgoing: CipherContext) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    @classmethod
    def accept(cls, init: bytes, secret: bytes = b"") -> tuple["Obfuscation", bytes, int]:
        """Read a client's 64-byte header: the obfuscation, the framing's tag (4 bytes), and the signed DC id.

        ``secret``: the 16 bytes a client of an MTProxy knows.
        """
        incoming, outgoing = _streams(init, secret)
        plain = incoming.update(init)
        return cls(incoming, outgoing), plain[56:60], int.from_bytes(plain[60:62], "little", signed=True)

    @classmethod
    def open(cls, tag: bytes, dc_id: int, random: RandomBytes, secret: bytes = b"") -> tuple["Obfuscation", bytes]:
        """Make the client's side: the obfuscation and the 64-byte header to send first."""
        while True:
            seed = random(INIT_BYTES)
            if not (seed[0] == 0xEF or seed[:4] in _RESERVED_STARTS or seed[4:8] == bytes(4)):
                break
        outgoing, incoming = _streams(seed, secret)
        plain = seed[:56] + tag + dc_id.to_bytes(2, "little", signed=True) + seed[62:]
        return cls(incoming, outgoing), seed[:56] + outgoing.update(plain)[56:]

    def decrypt(self, data: bytes) -> bytes:
        """Advance the incoming key stream over ``data``."""
        return self._incoming.update(data)

    def encrypt(self, data: bytes) -> bytes:
        """Advance the outgoing key stream over ``data``. The results must be sent in the order of the calls."""
        return self._outgoing.update(data)


def _streams(init: bytes, secret: bytes) -> tuple[CipherContext, CipherContext]:
    """Return the key streams client to server and server to client: the latter's key is the same bytes reversed."""
    forward = init[8:56]
    backward = forward[::-1]
    return _stream(forward, secret), _stream(backward, secret)


def _stream(key_iv: bytes, secret: bytes) -> CipherContext:
    key = key_iv[:32]
    return ctr_stream(sha256(key + secret).digest() if secret else key, key_iv[32:])
