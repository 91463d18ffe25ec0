"""The bus port: ordered logs that wake consumers.

A topic has partitions; records of one key (the box owner's id) share a partition and keep the order in which they were
produced. Delivery is at least once: a handler sees a record again after a crash, so it must be idempotent. What the bus
loses the outbox produces again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from layers.errors import Unavailable


class BusUnavailable(Unavailable):
    """The bus did not take or deliver records in time; the caller may try again later."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a consumer sees it; `offset` grows within `(topic, partition)`."""

    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes


Handler: TypeAlias = Callable[[list[Record]], None]
"""Gets a batch, in order within each partition. When it returns, the batch is done; when it raises, it comes again."""

DeliveryCallback: TypeAlias = Callable[[BusUnavailable | None], None]
"""Called once per produced record, from a thread of the bus: None when it is stored, else why it is not."""


class Subscription(Protocol):
    """A consumer at work."""

    @property
    def lag(self) -> int:
        """Records produced and not handled yet, of the partitions that this subscription has now."""

    def close(self, *, drain: bool = True, timeout_s: float = 30.0) -> bool:
        """Stop; with `drain` first handle what was produced before this call. True when that was done in time."""


class Bus(Protocol):
    """Safe to call from any thread."""

    def ensure_topics(self, names: Sequence[str], partitions: int) -> None:
        """Create the topics that do not exist yet.

        Raises:
            BusUnavailable: the bus cannot be reached.
        """

    def produce(self, topic: str, key: bytes, value: bytes, *, on_delivery: DeliveryCallback | None = None) -> None:
        """Append a record; returns before it is stored.

        Raises:
            BusUnavailable: the bounded buffer is full.
        """

    def flush(self, timeout_s: float) -> bool:
        """Wait until every record produced so far is stored or has failed; False when time ran out."""

    def consume(
        self, topic: str, group: str, handler: Handler, *, concurrency: int = 1, max_batch: int = 500
    ) -> Subscription:
        """Call `handler` from `concurrency` threads, which share the partitions with other members of the group.

        A new group starts at the oldest record kept. A failing handler is logged and called again with the same
        records after a pause that grows to five seconds; its partitions wait, others go on.
        """

    def check(self) -> None:
        """Reach the bus once; raises ConfigurationError with what to fix."""

    def close(self, timeout_s: float = 10.0) -> None:
        """Close the subscriptions without draining, flush, and let go."""
