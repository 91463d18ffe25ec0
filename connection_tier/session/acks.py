"""Acknowledgements owed to the client: https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt.

A direct answer (rpc_result, pong, future_salts) counts as one, so a query answered within the delay costs no msgs_ack.
"""

from itertools import islice

from connection_tier.session.limits import SessionLimits
from connection_tier.session.wire import MAX_MSG_IDS


class PendingAcks:
    """msg_ids of client messages that were received and neither answered nor acknowledged."""

    __slots__ = ("_due", "_limits")

    def __init__(self, limits: SessionLimits) -> None:
        self._limits = limits
        self._due: dict[int, float] = {}

    def __contains__(self, msg_id: int) -> bool:
        return msg_id in self._due

    def __len__(self) -> int:
        return len(self._due)

    def add(self, msg_id: int, now: float) -> None:
        self._due[msg_id] = now + self._limits.ack_delay_s

    def discard(self, msg_id: int) -> None:
        """The message got a direct answer."""
        self._due.pop(msg_id, None)

    @property
    def deadline(self) -> float | None:
        """Unix time at which the oldest must be acknowledged; None while none waits."""
        return next(iter(self._due.values())) if self._due else None

    def is_due(self, now: float) -> bool:
        due = self._due
        return bool(due) and (len(due) >= self._limits.max_waiting_acks or next(iter(due.values())) <= now)

    def should_ride(self, now: float) -> bool:
        """Tell whether a packet that leaves anyway should carry them: the oldest has waited half of its delay."""
        due = self._due
        return bool(due) and (
            len(due) >= self._limits.max_waiting_acks or next(iter(due.values())) <= now + self._limits.ack_delay_s / 2
        )

    def take(self) -> list[int]:
        """Remove and return up to 8192 msg_ids, oldest first."""
        if len(self._due) <= MAX_MSG_IDS:
            msg_ids = list(self._due)
            self._due.clear()
            return msg_ids
        msg_ids = list(islice(self._due, MAX_MSG_IDS))
        for msg_id in msg_ids:
            del self._due[msg_id]
        return msg_ids
