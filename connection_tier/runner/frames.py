"""What a node and its worker processes say to each other over a socket pair.

A frame is ``length 4 | number 8 | payload``, little-endian; ``number`` pairs a reply with its request. The payload of
a request is the caller and the trace as JSON behind its length, then the method's TL bytes; that of a reply is a fixed
head, the error's name or nothing, and the result's TL bytes.
"""

from __future__ import annotations

from dataclasses import asdict
from struct import Struct
from typing import Final

import orjson

from layers.context import Caller
from layers.invocation import Invocation, Reply

HEADER: Final = Struct("<IQ")
"""Length of the payload, number."""

MEASURES: Final = (1 << 64) - 1
"""The number of a frame that carries a worker's metrics, as JSON (`layers.metrics.Snapshot`)."""

MAX_PAYLOAD_BYTES: Final = 32 * 1024 * 1024

_LENGTH: Final = Struct("<I")
_REPLY: Final = Struct("<?i?H")


def pack_request(number: int, invocation: Invocation) -> bytes:
    """The frame of one request."""
    caller = orjson.dumps({**asdict(invocation.caller), "traceparent": invocation.traceparent})
    payload_length = _LENGTH.size + len(caller) + len(invocation.request)
    return b"".join((HEADER.pack(payload_length, number), _LENGTH.pack(len(caller)), caller, invocation.request))


def unpack_request(payload: bytes) -> Invocation:
    """Inverse of `pack_request`, of the payload."""
    (length,) = _LENGTH.unpack_from(payload)
    end = _LENGTH.size + length
    caller = orjson.loads(payload[_LENGTH.size : end])
    traceparent = caller.pop("traceparent")
    return Invocation(Caller(**caller), payload[end:], traceparent)


def pack_reply(number: int, reply: Reply) -> bytes:
    """The frame of one reply."""
    message = reply.error_message.encode()
    result = reply.result or b""
    head = _REPLY.pack(reply.result is not None, reply.error_code, reply.auth_changed, len(message))
    return b"".join((HEADER.pack(len(head) + len(message) + len(result), number), head, message, result))


def unpack_reply(payload: bytes) -> Reply:
    """Inverse of `pack_reply`, of the payload."""
    has_result, error_code, auth_changed, length = _REPLY.unpack_from(payload)
    end = _REPLY.size + length
    message = payload[_REPLY.size : end].decode()
    return Reply(payload[end:] if has_result else None, error_code, message, auth_changed)
