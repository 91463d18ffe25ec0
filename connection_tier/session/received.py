"""The window of received client messages: duplicates, order of seqno, states.

Specification: https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno and
https://core.telegram.org/mtproto/security_guidelines#checking-msg-id.
"""

from bisect import bisect_left, insort
from typing import Final

from connection_tier.session.bad_msg import BadMsgCode
from connection_tier.session.limits import SessionLimits

IS_CONTAINER: Final = 1
IS_RPC: Final = 2
_FLAG_BITS: Final = 2
_TRIM_STEP: Final = 256


class ReceivedWindow:
    """The last client msg_ids of a session with their seqno.

    Accepted messages are weakly ordered: a higher msg_id never has a lower seqno, and equal ones are even. So it is
    enough to compare a new message with its two neighbours.
    """

    __slots__ = ("_floor", "_ids", "_limits", "_trim_at", "_values")

    def __init__(self, limits: SessionLimits) -> None:
        self._limits = limits
        self._ids: list[int] = []
        self._values: dict[int, int] = {}
        self._floor = 0
        self._trim_at = limits.min_received_ids + _TRIM_STEP

    def __contains__(self, msg_id: int) -> bool:
        return msg_id in self._values

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def floor(self) -> int:
        """The highest msg_id that was forgotten; about it and lower ones nothing is known. 0 while none was."""
        return self._floor

    @property
    def highest(self) -> int:
        """The highest msg_id received; 0 while none was."""
        return self._ids[-1] if self._ids else 0

    def is_container(self, msg_id: int) -> bool:
        return bool(self._values.get(msg_id, 0) & IS_CONTAINER)

    def is_rpc(self, msg_id: int) -> bool:
        return bool(self._values[msg_id] & IS_RPC)

    def is_content_related(self, msg_id: int) -> bool:
        return bool(self._values[msg_id] >> _FLAG_BITS & 1)

    def check(self, msg_id: int, seqno: int) -> BadMsgCode | None:
        """Return why a message that is not in the window cannot enter it: 20, 32, 33, or None."""
        if msg_id <= self._floor:
            return BadMsgCode.MESSAGE_TOO_OLD
        ids = self._ids
        if not ids:
            return None
        is_content = seqno & 1
        position = len(ids) if msg_id > ids[-1] else bisect_left(ids, msg_id)
        if position:
            before = self._values[ids[position - 1]] >> _FLAG_BITS
            if before > seqno or (before == seqno and is_content):
                return BadMsgCode.SEQNO_TOO_LOW
        if position < len(ids):
            after = self._values[ids[position]] >> _FLAG_BITS
            if after < seqno or (after == seqno and is_content):
                return BadMsgCode.SEQNO_TOO_HIGH
        return None

    def add(self, msg_id: int, seqno: int, flags: int, now: float) -> None:
        """Record an accepted message; `flags` joins IS_CONTAINER and IS_RPC."""
        ids = self._ids
        self._values[msg_id] = seqno << _FLAG_BITS | flags
        if not ids or msg_id > ids[-1]:
            ids.append(msg_id)
        else:
            insort(ids, msg_id)
        if len(ids) >= self._trim_at:
            self._trim(now)

    def _trim(self, now: float) -> None:
        limits = self._limits
        ids = self._ids
        young = bisect_left(ids, int(now - limits.received_ids_age_s) << 32)
        count = min(young, len(ids) - limits.min_received_ids)
        if len(ids) - count > limits.max_received_ids - _TRIM_STEP:
            count = len(ids) - limits.max_received_ids + _TRIM_STEP
        if count > 0:
            self._floor = ids[count - 1]
            for msg_id in ids[:count]:
                del self._values[msg_id]
            del ids[:count]
        self._trim_at = len(ids) + _TRIM_STEP
