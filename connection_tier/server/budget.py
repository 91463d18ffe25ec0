"""Bounds on what clients make a node hold and do (checklist 20)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

_BURST_S: Final = 2.0
_ADDRESSES_MAX: Final = 10_000
_INFLATED_PER_MESSAGE: Final = 4096
"""So many bytes that a packet grew to when it was unpacked count as one message."""


def packet_cost(events: int, inflated_bytes: int) -> int:
    """What a packet costs beside itself, in messages."""
    return max(events - 1, 0) + inflated_bytes // _INFLATED_PER_MESSAGE


class MessageRate:
    """A bucket of messages: `per_s` on average, twice as many at once."""

    __slots__ = ("_at", "_left", "_per_s")

    def __init__(self, per_s: int, now: float) -> None:
        self._per_s = per_s
        self._left = per_s * _BURST_S
        self._at = now

    def spend(self, count: int, now: float) -> bool:
        """Count messages; False, and nothing is counted, when there are too many.

        ``now`` may step back, which gives nothing.
        """
        elapsed = now - self._at
        self._at = now
        if elapsed > 0:
            self._left = min(self._left + elapsed * self._per_s, self._per_s * _BURST_S)
        if count > self._left:
            return False
        self._left -= count
        return True

    def has_room(self, now: float) -> bool:
        """Whether one more message may come; it is not counted."""
        return self.spend(0, now) and self._left >= 1


class AddressRates:
    """What an address may do `per_s` times on average, twice as often at once; of the last addresses that did it."""

    def __init__(self, per_s: int) -> None:
        self._per_s = per_s
        self._rates: OrderedDict[str, MessageRate] = OrderedDict()

    def is_over(self, ip: str, now: float) -> bool:
        """Whether the address has done it too often to be listened to now."""
        rate = self._rates.get(ip)
        return rate is not None and not rate.has_room(now)

    def count(self, ip: str, now: float) -> None:
        """It did it once more."""
        rate = self._rates.setdefault(ip, MessageRate(self._per_s, now))
        rate.spend(1, now)
        self._rates.move_to_end(ip)
        if len(self._rates) > _ADDRESSES_MAX:
            self._rates.popitem(last=False)


class InboundBytes:
    """Bytes of packets that a node holds incomplete or unhandled, over all connections."""

    __slots__ = ("_limit", "held")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.held = 0

    def change(self, before: int, after: int) -> bool:
        """One connection now holds ``after`` bytes instead of ``before``; False when it must give them up.

        Whoever holds less than before is never refused.
        """
        self.held += after - before
        return after <= before or self.held <= self._limit
