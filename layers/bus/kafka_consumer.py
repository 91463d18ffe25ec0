"""Members of a Kafka consumer group: fetch a batch, handle it, commit it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from confluent_kafka import Consumer, KafkaException, TopicPartition

from layers.bus.port import Handler, Record
from layers.errors import Unavailable

_log = logging.getLogger(__name__)

FIRST_PAUSE_S: Final = 0.05
LONGEST_PAUSE_S: Final = 2.0
_WATCH_TIMEOUT_S: Final = 5.0
_DRAIN_POLL_S: Final = 0.05
_POLL_S: Final = 0.1
_IDLE_EVERY_S: Final = 1.0
"""How often a member without records looks around."""


class KafkaSubscription:
    """`concurrency` members of the group, each a consumer with a thread: a slow one holds up only its partitions."""

    def __init__(
        self,
        settings: dict[str, Any],
        kafka_topic: str,
        topic: str,
        handler: Handler,
        *,
        concurrency: int,
        max_batch: int,
    ) -> None:
        self._stopping = threading.Event()
        self._members = [
            _Member(Consumer(settings), kafka_topic, topic, handler, max_batch, self._stopping)
            for _ in range(concurrency)
        ]
        self._topic = kafka_topic
        self._settings = settings
        self._threads = [
            threading.Thread(target=member.work, name=f"bus-{topic}-{index}", daemon=True)
            for index, member in enumerate(self._members)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def lag(self) -> int:
        return sum(member.lag for member in self._members)

    def close(self, *, drain: bool = True, timeout_s: float = 30.0) -> bool:
        deadline = time.monotonic() + timeout_s
        drained = self._drain(deadline) if drain and not self._stopping.is_set() else True
        self._stopping.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(deadline - time.monotonic(), 0.0))
                drained = drained and not thread.is_alive()
        return drained

    def _drain(self, deadline: float) -> bool:
        """Wait until the group has committed what the partitions held when this was called."""
        watcher = Consumer(self._settings)
        try:
            metadata = watcher.list_topics(self._topic, timeout=_WATCH_TIMEOUT_S)
            partitions = [TopicPartition(self._topic, index) for index in metadata.topics[self._topic].partitions]
            ends = {p.partition: watcher.get_watermark_offsets(p, timeout=_WATCH_TIMEOUT_S) for p in partitions}
            while True:
                committed = {p.partition: p.offset for p in watcher.committed(partitions, timeout=_WATCH_TIMEOUT_S)}
                if all(high <= max(committed[index], low) for index, (low, high) in ends.items()):
                    return True
                if time.monotonic() > deadline:
                    return False
                self._stopping.wait(_DRAIN_POLL_S)
        except KafkaException as error:
            _log.warning("draining %s: %s", self._topic, error.args[0].str())
            return False
        finally:
            watcher.close()


class _Member:
    """One consumer: fetch a batch, handle it, commit it; when the handler fails, go back to the start of the batch."""

    def __init__(
        self,
        consumer: Consumer,
        kafka_topic: str,
        topic: str,
        handler: Handler,
        max_batch: int,
        stopping: threading.Event,
    ) -> None:
        self._consumer = consumer
        self._kafka_topic = kafka_topic
        self._topic = topic
        self._handler = handler
        self._max_batch = max_batch
        self._stopping = stopping
        self._looked_at = 0.0
        self._uncommitted: dict[int, int] = {}
        """Where each partition goes on, as far as the broker has not confirmed it."""
        self.lag = 0
        """Behind the batch that is being handled, by what the broker told with the records."""

    def work(self) -> None:
        self._consumer.subscribe([self._kafka_topic])
        pause_s = FIRST_PAUSE_S
        try:
            while not self._stopping.is_set():
                records = self._fetch()
                if not records:
                    if time.monotonic() - self._looked_at >= _IDLE_EVERY_S:
                        self._measure_lag()
                        # What could not be committed is tried again: with no newer record nothing else would.
                        self._commit()
                    continue
                self._measure_lag()
                try:
                    self._handler(records)
                except Exception as error:
                    # The consumer outlives any handler: the records stay uncommitted and come again.
                    told = isinstance(error, Unavailable)
                    _log.log(
                        logging.WARNING if told else logging.ERROR,
                        "bus handler failed (%s): %d records of %s come again",
                        type(error).__name__,
                        len(records),
                        self._topic,
                        exc_info=not told,
                    )
                    self._rewind(records)
                    self._stopping.wait(pause_s)
                    pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
                else:
                    pause_s = FIRST_PAUSE_S
                    self._uncommitted |= {p: offset + 1 for p, offset in _bounds(records, max).items()}
                    self._commit()
        finally:
            self._consumer.close()

    def _fetch(self) -> list[Record]:
        """The first record as soon as it is there, with whatever else has arrived by then."""
        try:
            first = self._consumer.poll(_POLL_S)
            if first is None:
                return []
            messages = [first, *self._consumer.consume(self._max_batch - 1, timeout=0)]
        except KafkaException as error:
            _log.warning("fetching from %s: %s", self._topic, error.args[0].str())
            return []
        records = []
        for message in messages:
            partition, offset = message.partition(), message.offset()
            if (problem := message.error()) is not None or partition is None or offset is None:
                _log.warning("fetching from %s: %s", self._topic, problem.str() if problem else "no offset")
                continue
            records.append(Record(self._topic, partition, offset, message.key() or b"", message.value() or b""))
        return records

    def _measure_lag(self) -> None:
        self._looked_at = time.monotonic()
        try:
            lag = 0
            for place in self._consumer.position(self._consumer.assignment()):
                known = self._consumer.get_watermark_offsets(place, cached=True)
                if known is not None and known[1] > 0 and place.offset >= 0:
                    lag += max(0, known[1] - place.offset)
            self.lag = lag
        except KafkaException as error:
            _log.info("no lag of %s: %s", self._topic, error.args[0].str())

    def _rewind(self, records: Sequence[Record]) -> None:
        for partition, offset in _bounds(records, min).items():
            try:
                self._consumer.seek(TopicPartition(self._kafka_topic, partition, offset))
            except KafkaException as error:
                # The partition went to another member, who starts at the committed offset.
                _log.info("not rewinding %s[%d]: %s", self._topic, partition, error.args[0].str())

    def _commit(self) -> None:
        """Waits for the answer: a commit that a shutdown overtakes would be handled again by the next member."""
        if not self._uncommitted:
            return
        try:
            mine = {place.partition for place in self._consumer.assignment()}
            # A partition that went to another member starts there at the committed offset.
            self._uncommitted = {p: offset for p, offset in self._uncommitted.items() if p in mine}
            offsets = [TopicPartition(self._kafka_topic, *place) for place in self._uncommitted.items()]
            if offsets:
                self._consumer.commit(offsets=offsets, asynchronous=False)
            self._uncommitted = {}
        except KafkaException as error:
            # A rebalance or a lost broker: the records may come again, to a handler that is idempotent.
            _log.warning("not committed in %s: %s", self._topic, error.args[0].str())


def _bounds(records: Sequence[Record], pick: Callable[[int, int], int]) -> dict[int, int]:
    """The first (`min`) or last (`max`) offset of each partition."""
    offsets: dict[int, int] = {}
    for record in records:
        offsets[record.partition] = pick(offsets.get(record.partition, record.offset), record.offset)
    return offsets
