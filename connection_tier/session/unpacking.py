"""Packed messages unpacked ahead of the session, so that a shell can do it in a thread.

The session inflates what it must, but a few kilobytes may grow a thousandfold. `may_grow` tells cheaply which packets
those are; `unpack_packet` gives the packet the session is to receive instead.
"""

from dataclasses import dataclass
from typing import Final

from connection_tier.session.containers import BadContainer, build_container, parse_container
from connection_tier.session.limits import SessionLimits
from connection_tier.session.packed import InflateBudget, InflateFailed
from connection_tier.session.wire import GZIP_PACKED, MSG_CONTAINER, constructor_id

_SMALL_BYTES: Final = 512
"""Packed data below this grows to half a megabyte at most."""

_HEADER: Final = GZIP_PACKED.to_bytes(4, "little")
_UNREADABLE: Final = _HEADER + bytes(4)
"""What stands for a message that cannot be inflated: the session refuses it as it would have refused the message."""

_ANY_MSG_ID: Final = 1 << 63


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A packet's body without packing, and how many bytes were inflated for it."""

    body: bytes
    inflated_bytes: int


def may_grow(body: bytes) -> bool:
    """Whether receiving this body might take long."""
    return len(body) > _SMALL_BYTES and _HEADER in body


def unpack_packet(body: bytes, limits: SessionLimits) -> Unpacked:
    """Inflate a packet's body, or the messages of its container, within the limits of the session."""
    budget = InflateBudget(limits.max_inflated_message, limits.max_inflated_frame)
    body = _unpack(body, budget, limits.max_depth)
    if constructor_id(body) == MSG_CONTAINER and _HEADER in body:
        try:
            messages = parse_container(body, _ANY_MSG_ID, limits.max_container_messages)
        except BadContainer:
            return Unpacked(body, budget.inflated)
        body = build_container(
            [(msg_id, seqno, _unpack(inner, budget, limits.max_depth)) for msg_id, seqno, inner in messages]
        )
    return Unpacked(body, budget.inflated)


def _unpack(body: bytes, budget: InflateBudget, max_depth: int) -> bytes:
    for _ in range(max_depth):
        if constructor_id(body) != GZIP_PACKED:
            return body
        try:
            body = budget.inflate(body)
        except InflateFailed:
            return _UNREADABLE
    return _UNREADABLE if constructor_id(body) == GZIP_PACKED else body
