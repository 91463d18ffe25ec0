"""What a member of a consumer group commits, with a consumer that does as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException, TopicPartition

from layers.bus import kafka_consumer
from layers.bus.kafka_consumer import _Member
from layers.bus.port import Record


class _Message:
    def __init__(self, partition: int, offset: int) -> None:
        self.partition = lambda: partition
        self.offset = lambda: offset
        self.error = lambda: None
        self.key = self.value = lambda: b""


class _Consumer:
    """One batch, then nothing; the first commit fails, as it does when the group is being divided anew."""

    def __init__(self, batch: Sequence[tuple[int, int]], assigned: Sequence[int]) -> None:
        self.batch = [_Message(*place) for place in batch]
        self.assigned = list(assigned)
        self.commits: list[dict[int, int]] = []
        self.on_commit: Callable[[], None] = lambda: None
        self.polls_left = 20
        self.stop: Callable[[], None] = lambda: None

    def poll(self, _: float) -> _Message | None:
        self.polls_left -= 1
        if self.polls_left == 0:
            self.stop()
        return self.batch.pop(0) if self.batch else None

    def consume(self, _: int, **__: Any) -> list[_Message]:
        batch, self.batch = self.batch, []
        return batch

    def assignment(self) -> list[TopicPartition]:
        return [TopicPartition("topic", partition) for partition in self.assigned]

    def position(self, _: Any) -> list[TopicPartition]:
        return []

    def commit(self, *, offsets: Sequence[TopicPartition], asynchronous: bool) -> None:
        assert not asynchronous
        self.commits.append({place.partition: place.offset for place in offsets})
        if len(self.commits) == 1:
            self.on_commit()
            raise KafkaException(KafkaError(KafkaError.ILLEGAL_GENERATION))

    def subscribe(self, _: Any) -> None: ...

    def close(self) -> None: ...


def work(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> list[Record]:
    """Let a member work until the consumer has been polled often enough; the records it handled."""
    monkeypatch.setattr(kafka_consumer, "_IDLE_EVERY_S", 0)
    handled: list[Record] = []
    stopping = threading.Event()
    consumer.stop = stopping.set
    _Member(consumer, "topic", "topic", handled.extend, 10, stopping).work()
    return handled


def test_a_commit_that_failed_is_tried_again_without_a_newer_record(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = _Consumer([(0, 4), (0, 5), (1, 7)], assigned=[0, 1])
    handled = work(consumer, monkeypatch)
    assert [(record.partition, record.offset) for record in handled] == [(0, 4), (0, 5), (1, 7)]
    assert consumer.commits == [{0: 6, 1: 8}, {0: 6, 1: 8}]


def test_a_partition_that_went_away_is_not_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = _Consumer([(0, 5), (1, 7)], assigned=[0, 1])
    consumer.on_commit = lambda: consumer.assigned.remove(0)
    work(consumer, monkeypatch)
    assert consumer.commits == [{0: 6, 1: 8}, {1: 8}]
