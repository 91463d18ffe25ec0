"""Unencrypted messages: the envelope of the key exchange.

Specification: https://core.telegram.org/mtproto/description#unencrypted-message

``auth_key_id = 0 (8) | msg_id (8) | length (4) | body``. TDLib and Telegram Desktop append random bytes to the body and
count them in the length: whoever reads the body takes one TL object from its beginning.
"""

from collections.abc import Callable
from struct import Struct
from typing import Final, NamedTuple, TypeAlias

from connection_tier.exchange.errors import HandshakeFailed

Clock: TypeAlias = Callable[[], float]
"""Returns the Unix time in seconds."""

_HEADER: Final = Struct("<qqi")
_FRACTION: Final = 1 << 32
_STEP: Final = 4
_RESPONSE: Final = 1


class UnencryptedMessage(NamedTuple):
    """``body``: one TL object, perhaps with random bytes behind it."""

    msg_id: int
    body: bytes


def is_unencrypted(payload: bytes) -> bool:
    """Whether a transport payload carries no auth key id."""
    return payload[:8] == bytes(8)


def encode_unencrypted(msg_id: int, body: bytes) -> bytes:
    """Return the transport payload of an unencrypted message."""
    return _HEADER.pack(0, msg_id, len(body)) + body


def decode_unencrypted(payload: bytes) -> UnencryptedMessage:
    """Read the envelope.

    Raises:
        HandshakeFailed: it is truncated, or its length is not that of the body.
    """
    if len(payload) < _HEADER.size:
        raise HandshakeFailed("truncated unencrypted message")
    auth_key_id, msg_id, length = _HEADER.unpack_from(payload)
    if auth_key_id or length != len(payload) - _HEADER.size:
        raise HandshakeFailed("wrong length of an unencrypted message")
    return UnencryptedMessage(msg_id, payload[_HEADER.size :])


class MsgIdSource:
    """Identifiers for unencrypted messages: about Unix time * 2^32, strictly rising, 1 modulo 4 as for any response."""

    __slots__ = ("_clock", "_last")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """Return the next identifier."""
        now = int(self._clock() * _FRACTION) // _STEP * _STEP + _RESPONSE
        self._last = max(now, self._last + _STEP)
        return self._last
