"""Which transport a client speaks, by its first bytes.

Specification: https://core.telegram.org/mtproto/mtproto-transports
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from connection_tier.transport.abridged import Abridged
from connection_tier.transport.base import Buffer, Framing
from connection_tier.transport.errors import HttpDetected, TransportError
from connection_tier.transport.full import Full
from connection_tier.transport.intermediate import Intermediate
from connection_tier.transport.obfuscated import HTTP_VERBS, INIT_BYTES, TLS_RECORD
from connection_tier.transport.padded_intermediate import PaddedIntermediate

FRAMINGS: Final[Mapping[str, type[Framing]]] = MappingProxyType(
    {framing.name: framing for framing in (Abridged, Intermediate, PaddedIntermediate, Full)}
)

_FIRST_SEQUENCE_NUMBER: Final = bytes(4)


class Detection(NamedTuple):
    """The framing (None: obfuscated, its header tells) and how many first bytes are no part of a packet."""

    framing: type[Framing] | None
    consumed: int


def detect(buffer: Buffer, *, require_obfuscation: bool = False) -> Detection | None:
    """Detect the transport; None when more bytes are needed.

    With ``require_obfuscation`` nothing else may come, hence no pattern is reserved.

    Raises:
        HttpDetected: an HTTP request.
        TransportError: a TLS record, which no obfuscation header may look like.
    """
    size = len(buffer)
    if not require_obfuscation:
        if size and buffer[0] == Abridged.tag[0]:
            return Detection(Abridged, len(Abridged.tag))
        if size < 4:
            return None
        start = bytes(buffer[:4])
        for framing in (Intermediate, PaddedIntermediate):
            if start == framing.tag:
                return Detection(framing, len(framing.tag))
        if start in HTTP_VERBS:
            raise HttpDetected(bytes(buffer))
        if start == TLS_RECORD:
            raise TransportError("TLS record on a stream transport")
        if size < 8:
            return None
        if buffer[4:8] == _FIRST_SEQUENCE_NUMBER:
            return Detection(Full, 0)
    return Detection(None, INIT_BYTES) if size >= INIT_BYTES else None
