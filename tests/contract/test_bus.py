"""Every bus adapter obeys `layers/bus/port.py`."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from layers.bus import Bus, BusUnavailable, Record, open_bus
from layers.bus.memory import MemoryBus
from layers.errors import ConfigurationError
from localstack.process import Process

PATIENCE_S = 40.0
"""Joining a group takes a real broker several seconds."""


class Collector:
    """A handler that keeps what it gets, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.records: list[Record] = []
        self.batches: list[list[Record]] = []
        self.failures = failures
        self._changed = threading.Condition()

    def __call__(self, records: list[Record]) -> None:
        with self._changed:
            self.batches.append(records)
            if self.failures:
                self.failures -= 1
                raise RuntimeError("the handler fails as the test wants")
            self.records.extend(records)
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.records) >= count, PATIENCE_S), len(self.records)

    def values(self, key: bytes) -> list[bytes]:
        return [record.value for record in self.records if record.key == key]


@pytest.fixture(params=["memory", "kafka"])
def bus(request: pytest.FixtureRequest) -> Iterator[Bus]:
    if request.param == "memory":
        url = "memory://"
    else:
        url = f"{request.getfixturevalue('kafka_url')}?topic_prefix=test-{secrets.token_hex(4)}."
    opened = open_bus(url)
    yield opened
    opened.close()


def test_records_of_a_key_keep_their_order(bus: Bus) -> None:
    bus.ensure_topics(["wakes"], 4)
    collector = Collector()
    for number in range(500):
        bus.produce("wakes", b"owner%d" % (number % 7), b"%d" % number)
    subscription = bus.consume("wakes", "sync", collector, concurrency=2)
    for number in range(500, 1000):
        bus.produce("wakes", b"owner%d" % (number % 7), b"%d" % number)
    assert bus.flush(10)
    collector.wait_for(1000)
    assert subscription.close()
    for owner in range(7):
        assert collector.values(b"owner%d" % owner) == [b"%d" % number for number in range(owner, 1000, 7)]
    partitions: dict[bytes, set[int]] = {}
    last: dict[int, int] = {}
    for record in collector.records:
        partitions.setdefault(record.key, set()).add(record.partition)
        assert record.offset > last.get(record.partition, -1)
        last[record.partition] = record.offset
        assert record.topic == "wakes"
    assert all(len(found) == 1 for found in partitions.values())


def test_keys_spread_over_all_partitions(bus: Bus) -> None:
    bus.ensure_topics(["spread"], 4)
    collector = Collector()
    for owner in range(400):
        bus.produce("spread", owner.to_bytes(8, "big"), b"")
    subscription = bus.consume("spread", "sync", collector, concurrency=4)
    collector.wait_for(400)
    assert subscription.close(drain=False)
    shares = Counter(record.partition for record in collector.records)
    assert set(shares) == {0, 1, 2, 3}
    assert min(shares.values()) > 50


def test_a_subscription_says_how_far_it_is_behind(bus: Bus) -> None:
    bus.ensure_topics(["behind"], 1)
    for number in range(100):
        bus.produce("behind", b"k", b"%d" % number)
    assert bus.flush(10)
    held = threading.Event()
    collector = Collector()

    def hold(records: list[Record]) -> None:
        held.wait(30)
        collector(records)

    subscription = bus.consume("behind", "slow", hold, max_batch=10)
    try:
        _until(lambda: 80 <= subscription.lag <= 100)
        held.set()
        collector.wait_for(100)
        _until(lambda: subscription.lag == 0)
    finally:
        held.set()
        subscription.close(drain=False)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_binary_keys_and_values_survive(bus: Bus) -> None:
    bus.ensure_topics(["binary"], 1)
    collector = Collector()
    contents = [(bytes(range(256)), bytes(range(255, -1, -1))), (b"", b""), (b"k", b"x" * 100_000)]
    for key, value in contents:
        bus.produce("binary", key, value)
    subscription = bus.consume("binary", "sync", collector)
    collector.wait_for(3)
    subscription.close()
    assert sorted((record.key, record.value) for record in collector.records) == sorted(contents)


def test_a_failing_handler_gets_its_records_again(bus: Bus, caplog: pytest.LogCaptureFixture) -> None:
    bus.ensure_topics(["retried"], 2)
    collector = Collector(failures=3)
    subscription = bus.consume("retried", "sync", collector)
    for number in range(20):
        bus.produce("retried", b"owner%d" % (number % 3), b"%d" % number)
    collector.wait_for(20)
    assert subscription.close()
    assert "come again" in caplog.text
    for owner in range(3):
        assert collector.values(b"owner%d" % owner) == [b"%d" % number for number in range(owner, 20, 3)]


def test_what_waits_comes_in_batches(bus: Bus) -> None:
    bus.ensure_topics(["batched"], 1)
    for number in range(100):
        bus.produce("batched", b"owner", b"%d" % number)
    assert bus.flush(10)
    collector = Collector()
    subscription = bus.consume("batched", "sync", collector, max_batch=30)
    collector.wait_for(100)
    subscription.close()
    assert max(len(batch) for batch in collector.batches) in range(2, 31)


def test_groups_each_get_every_record(bus: Bus) -> None:
    bus.ensure_topics(["both"], 2)
    one, two = Collector(), Collector()
    subscriptions = [bus.consume("both", "one", one), bus.consume("both", "two", two)]
    for number in range(50):
        bus.produce("both", b"%d" % number, b"")
    one.wait_for(50)
    two.wait_for(50)
    for subscription in subscriptions:
        assert subscription.close()
    assert len(one.records) == len(two.records) == 50


def test_members_of_a_group_share_the_records(bus: Bus) -> None:
    bus.ensure_topics(["shared"], 4)
    collector = Collector()
    subscriptions = [bus.consume("shared", "sync", collector) for _ in range(2)]
    for number in range(200):
        bus.produce("shared", b"%d" % number, b"%d" % number)
    collector.wait_for(200)
    for subscription in subscriptions:
        assert subscription.close()
    assert {int(record.value) for record in collector.records} == set(range(200))


def test_a_group_goes_on_where_it_stopped(bus: Bus) -> None:
    bus.ensure_topics(["resumed"], 2)
    first = Collector()
    bus.produce("resumed", b"a", b"1")
    bus.flush(10)
    subscription = bus.consume("resumed", "sync", first)
    first.wait_for(1)
    assert subscription.close()
    for number in range(2, 30):
        bus.produce("resumed", b"a", b"%d" % number)
    bus.flush(10)
    second = Collector()
    subscription = bus.consume("resumed", "sync", second)
    second.wait_for(28)
    subscription.close()
    assert second.values(b"a") == [b"%d" % number for number in range(2, 30)]


def test_closing_drains_what_was_produced_before(bus: Bus) -> None:
    bus.ensure_topics(["drained"], 3)
    collector = Collector()
    subscription = bus.consume("drained", "sync", collector, concurrency=2, max_batch=10)
    bus.produce("drained", b"first", b"")
    collector.wait_for(1)
    for number in range(300):
        bus.produce("drained", b"%d" % number, b"")
    bus.flush(10)
    assert subscription.close(drain=True)
    assert len(collector.records) == 301
    bus.produce("drained", b"after", b"")
    bus.flush(10)
    assert len(collector.records) == 301


def test_a_handler_that_only_fails_is_not_drained(bus: Bus) -> None:
    bus.ensure_topics(["stuck"], 1)
    collector = Collector(failures=1_000_000)
    bus.produce("stuck", b"a", b"kept")
    bus.flush(10)
    subscription = bus.consume("stuck", "sync", collector)
    deadline = time.monotonic() + PATIENCE_S
    while not collector.batches and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert not subscription.close(timeout_s=0.3)
    successor = Collector()
    subscription = bus.consume("stuck", "sync", successor)
    successor.wait_for(1)
    subscription.close()
    assert successor.values(b"a") == [b"kept"]


def test_delivery_is_reported_once_per_record(bus: Bus) -> None:
    bus.ensure_topics(["reported"], 2)
    reports: list[BusUnavailable | None] = []
    for number in range(10):
        bus.produce("reported", b"%d" % number, b"", on_delivery=reports.append)
    assert bus.flush(10)
    deadline = time.monotonic() + 10
    while len(reports) < 10 and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert reports == [None] * 10


def test_a_handler_may_produce(bus: Bus) -> None:
    bus.ensure_topics(["in", "out"], 2)
    collector = Collector()

    def forward(records: list[Record]) -> None:
        for record in records:
            bus.produce("out", record.key, record.value + b"!")

    subscriptions = [bus.consume("in", "forward", forward), bus.consume("out", "collect", collector)]
    bus.produce("in", b"a", b"1")
    collector.wait_for(1)
    assert collector.values(b"a") == [b"1!"]
    for subscription in subscriptions:
        subscription.close()


def test_ensure_topics_can_be_repeated(bus: Bus) -> None:
    for _ in range(2):
        bus.ensure_topics(["one", "two"], 3)
    with pytest.raises(ValueError):
        bus.ensure_topics(["three"], 0)


def test_kafka_lost_and_back_takes_records_again(start_part: Callable[[str], Process]) -> None:
    """The broker of these tests keeps its logs in memory: it comes back without topics, groups and producer ids."""
    server = start_part("kafka")
    bus = open_bus(f"{server.url}?delivery_timeout_ms=1000")
    bus.ensure_topics(["kept"], 1)
    bus.produce("kept", b"a", b"before")
    assert bus.flush(10)
    server.kill()
    reports: list[BusUnavailable | None] = []
    bus.produce("kept", b"a", b"while away", on_delivery=reports.append)
    assert not bus.flush(0.1)
    server.start()
    bus.ensure_topics(["kept"], 1)
    assert bus.flush(PATIENCE_S)
    deadline = time.monotonic() + PATIENCE_S
    while reports[-1] is not None:
        # What the outbox's relay does.
        assert time.monotonic() < deadline
        bus.produce("kept", b"a", b"produced again", on_delivery=reports.append)
        assert bus.flush(PATIENCE_S)
    collector = Collector()
    subscription = bus.consume("kept", "sync", collector)
    collector.wait_for(1)
    assert collector.values(b"a")[-1] in (b"while away", b"produced again")
    subscription.close(drain=False)
    bus.close()


def test_memory_is_bounded() -> None:
    bus = MemoryBus(capacity=10, full_timeout_s=0.01)
    bus.ensure_topics(["unread", "read"], 1)
    for number in range(25):
        bus.produce("unread", b"", b"%d" % number)
    collector = Collector()
    subscription = bus.consume("unread", "late", collector)
    collector.wait_for(10)
    assert collector.values(b"") == [b"%d" % number for number in range(15, 25)]
    assert subscription.close()

    for number in range(10):
        bus.produce("unread", b"", b"%d" % number)
    with pytest.raises(BusUnavailable, match="full"):
        bus.produce("unread", b"", b"one too many")
    subscription = bus.consume("unread", "late", collector)
    assert subscription.close()
    assert len(collector.records) == 20
    bus.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense://", "is unknown"),
        ("kafka://", "host:port"),
        ("kafka://host", "host:port"),
        ("kafka://127.0.0.1:1/?fetch_wait_ms=soon", "whole number"),
        ("kafka://user:password@127.0.0.1:1/?sasl=NONSENSE", "NONSENSE"),
        ("kafka://127.0.0.1:1/", "check host"),
    ],
)
def test_a_bad_url_is_one_line_for_the_operator(url: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        open_bus(url)
    assert "\n" not in str(caught.value)
