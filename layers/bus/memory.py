"""The embedded bus: partitions, groups and offsets inside one process.

A log keeps what its slowest group has not handled. With no group yet it keeps the newest records up to its bound, so
that a consumer that starts after the first producer misses nothing of a normal start.
"""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from layers.bus.port import BusUnavailable, DeliveryCallback, Handler, Record

_log = logging.getLogger(__name__)

DEFAULT_PARTITIONS: Final = 8
DEFAULT_CAPACITY: Final = 100_000
"""Records a partition keeps: a wake is some hundred bytes, so tens of megabytes at worst."""

FIRST_PAUSE_S: Final = 0.05
LONGEST_PAUSE_S: Final = 5.0


class MemoryBus:
    """`capacity` bounds each partition; `produce` waits `full_timeout_s` for room and then fails."""

    def __init__(self, *, capacity: int = DEFAULT_CAPACITY, full_timeout_s: float = 5.0) -> None:
        self._capacity = capacity
        self._full_timeout_s = full_timeout_s
        self._lock = threading.Lock()
        self._topics: dict[str, list[_Partition]] = {}
        self._groups: dict[tuple[str, str], _Group] = {}

    def ensure_topics(self, names: Sequence[str], partitions: int) -> None:
        if partitions < 1:
            raise ValueError("a topic has at least one partition")
        with self._lock:
            for name in names:
                if name not in self._topics:
                    self._topics[name] = [_Partition(name, index, self._capacity) for index in range(partitions)]

    def produce(self, topic: str, key: bytes, value: bytes, *, on_delivery: DeliveryCallback | None = None) -> None:
        partitions = self._partitions(topic)
        partition = partitions[zlib.crc32(key) % len(partitions)]
        if not partition.append(key, value, self._full_timeout_s):
            raise BusUnavailable(f"partition {partition.index} of {topic} is full: its consumer does not keep up")
        if on_delivery is not None:
            on_delivery(None)

    def flush(self, timeout_s: float) -> bool:
        """Records are stored when `produce` returns."""
        return True

    def consume(
        self, topic: str, group: str, handler: Handler, *, concurrency: int = 1, max_batch: int = 500
    ) -> MemorySubscription:
        partitions = self._partitions(topic)
        with self._lock:
            members = self._groups.get((topic, group))
            if members is None:
                members = self._groups[topic, group] = _Group(partitions)
        return members.join(handler, concurrency, max_batch)

    def check(self) -> None:
        """Always reachable."""

    def close(self, timeout_s: float = 10.0) -> None:
        with self._lock:
            groups = tuple(self._groups.values())
        deadline = time.monotonic() + timeout_s
        for group in groups:
            for member in group.members:
                member.close(drain=False, timeout_s=max(deadline - time.monotonic(), 0.0))

    def _partitions(self, topic: str) -> list[_Partition]:
        partitions = self._topics.get(topic)
        if partitions is None:
            self.ensure_topics([topic], DEFAULT_PARTITIONS)
            partitions = self._topics[topic]
        return partitions


class _Partition:
    """A bounded log and the position of each group in it; listeners hear of every record."""

    def __init__(self, topic: str, index: int, capacity: int) -> None:
        self.topic = topic
        self.index = index
        self.lock = threading.Lock()
        self._room = threading.Condition(self.lock)
        self._capacity = capacity
        self._records: deque[Record] = deque()
        self._start = 0
        self._positions: dict[_Group, int] = {}
        self._listeners: list[Callable[[], None]] = []

    def append(self, key: bytes, value: bytes, timeout_s: float) -> bool:
        with self.lock:
            if len(self._records) >= self._capacity and not self._positions:
                self._records.popleft()
                self._start += 1
            if not self._room.wait_for(lambda: len(self._records) < self._capacity, timeout_s):
                return False
            self._records.append(Record(self.topic, self.index, self._start + len(self._records), key, value))
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()
        return True

    def open(self, group: _Group, listener: Callable[[], None]) -> None:
        with self.lock:
            self._positions.setdefault(group, self._start)
            self._listeners.append(listener)

    def position(self, group: _Group) -> int:
        with self.lock:
            return self._positions[group]

    def end(self) -> int:
        with self.lock:
            return self._start + len(self._records)

    def read(self, group: _Group, limit: int) -> list[Record]:
        with self.lock:
            skip = self._positions[group] - self._start
            return list(islice(self._records, skip, skip + limit))

    def commit(self, group: _Group, position: int) -> None:
        with self.lock:
            self._positions[group] = position
            kept_from = min(self._positions.values())
            while self._start < kept_from:
                self._records.popleft()
                self._start += 1
            self._room.notify_all()


class _Group:
    """Shares partitions among its members' threads: a partition has one thread at a time.

    `lock` guards everything here; it is taken before a partition's lock, never after. `changed` wakes a thread for
    work, `progressed` whoever waits for a drain: one condition for both would let a drain swallow a thread's wake.
    """

    def __init__(self, partitions: Sequence[_Partition]) -> None:
        self.partitions = partitions
        self.lock = threading.Lock()
        self.changed = threading.Condition(self.lock)
        self.progressed = threading.Condition(self.lock)
        self.members: tuple[MemorySubscription, ...] = ()
        self.busy: set[_Partition] = set()
        self.retry_at: dict[_Partition, tuple[float, float]] = {}
        for partition in partitions:
            partition.open(self, self._notify)

    def join(self, handler: Handler, concurrency: int, max_batch: int) -> MemorySubscription:
        member = MemorySubscription(self, handler, max_batch)
        with self.changed:
            self.members = (*self.members, member)
        member.start(max(1, min(concurrency, len(self.partitions))))
        return member

    def leave(self, member: MemorySubscription) -> None:
        with self.changed:
            self.members = tuple(other for other in self.members if other is not member)
            self.changed.notify_all()

    def _notify(self) -> None:
        with self.changed:
            self.changed.notify()


class MemorySubscription:
    """Threads that take whichever partition of the group has records and no thread."""

    def __init__(self, group: _Group, handler: Handler, max_batch: int) -> None:
        self._group = group
        self._handler = handler
        self._max_batch = max_batch
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._turn = 0

    def start(self, concurrency: int) -> None:
        self._threads = [
            threading.Thread(target=self._work, name=f"bus-{self._group.partitions[0].topic}-{index}", daemon=True)
            for index in range(concurrency)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def lag(self) -> int:
        return sum(partition.end() - partition.position(self._group) for partition in self._group.partitions)

    def close(self, *, drain: bool = True, timeout_s: float = 30.0) -> bool:
        deadline = time.monotonic() + timeout_s
        group = self._group
        drained = True
        if drain:
            ends = {partition: partition.end() for partition in group.partitions}
            with group.lock:
                drained = group.progressed.wait_for(
                    lambda: all(partition.position(group) >= end for partition, end in ends.items()), timeout_s
                )
        self._stopping.set()
        group.leave(self)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(deadline - time.monotonic(), 0.0))
                drained = drained and not thread.is_alive()
        return drained

    def _work(self) -> None:
        group = self._group
        while True:
            with group.changed:
                while (partition := self._next_partition()) is None and not self._stopping.is_set():
                    group.changed.wait(self._pause())
                if partition is None or self._stopping.is_set():
                    # Another member may be waiting while this one leaves records behind.
                    group.changed.notify_all()
                    return
                group.busy.add(partition)
            try:
                self._handle(partition)
            finally:
                with group.lock:
                    group.busy.discard(partition)
                    group.progressed.notify_all()

    def _next_partition(self) -> _Partition | None:
        now = time.monotonic()
        partitions = self._group.partitions
        for step in range(len(partitions)):
            partition = partitions[(self._turn + step) % len(partitions)]
            if partition in self._group.busy or self._group.retry_at.get(partition, (0.0, 0.0))[0] > now:
                continue
            if partition.position(self._group) < partition.end():
                self._turn = (self._turn + step + 1) % len(partitions)
                return partition
        return None

    def _pause(self) -> float | None:
        """How long to wait for news: until the earliest retry that no thread is at, or for good."""
        group = self._group
        times = [at for partition, (at, _) in group.retry_at.items() if partition not in group.busy]
        return max(min(times) - time.monotonic(), 0.0) if times else None

    def _handle(self, partition: _Partition) -> None:
        records = partition.read(self._group, self._max_batch)
        try:
            self._handler(records)
        except Exception:
            # The consumer outlives any handler: the records stay where they are and come again.
            with self._group.lock:
                _, pause_s = self._group.retry_at.get(partition, (0.0, FIRST_PAUSE_S / 2))
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
                self._group.retry_at[partition] = time.monotonic() + pause_s, pause_s
            _log.exception(
                "bus handler failed: %d records of %s[%d] come again in %.2f s",
                len(records), partition.topic, partition.index, pause_s,
            )  # fmt: skip
        else:
            with self._group.lock:
                self._group.retry_at.pop(partition, None)
            partition.commit(self._group, records[-1].offset + 1)
