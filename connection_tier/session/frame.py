"""What belongs to one received packet while it is processed."""

from connection_tier.session.events import Event
from connection_tier.session.limits import SessionLimits
from connection_tier.session.packed import InflateBudget


class Frame:
    """One packet: the moment it came, the events it causes, what it may still inflate."""

    __slots__ = ("budget", "events", "now")

    def __init__(self, now: float, limits: SessionLimits) -> None:
        self.now = now
        self.events: list[Event] = []
        self.budget = InflateBudget(limits.max_inflated_message, limits.max_inflated_frame)

    @property
    def inflated_bytes(self) -> int:
        """What its packed objects grew to."""
        return self.budget.inflated
