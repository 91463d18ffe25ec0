"""The bus on Kafka (https://kafka.apache.org/documentation/#configuration) through librdkafka.

The producer is idempotent and waits for all in-sync replicas; a consumer commits an offset only after its handler
returned.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import SplitResult, unquote

from confluent_kafka import (
    KafkaError,
    KafkaException,
    Message,
    Producer,
)
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from layers.bus.kafka_consumer import KafkaSubscription
from layers.bus.port import BusUnavailable, DeliveryCallback, Handler
from layers.errors import ConfigurationError

_log = logging.getLogger(__name__)

CHECK_TIMEOUT_S: Final = 5.0


def open_kafka(parts: SplitResult, options: dict[str, str]) -> KafkaBus:
    """The bus that a `kafka://` (plain) or `kafkas://` (TLS) URL names.

    Options: `topic_prefix`; `fetch_wait_ms`, how long a broker may hold an empty fetch; `delivery_timeout_ms`, after
    which a record that was not stored has failed; `sasl`, the mechanism when the URL has a user (default
    SCRAM-SHA-512); `ca`, a PEM file.

    Raises:
        ConfigurationError: the URL is wrong.
    """
    credentials, _, servers = parts.netloc.rpartition("@")
    if not servers or not all(":" in server for server in servers.split(",")):
        raise ConfigurationError("BUS_URL: name the brokers as kafka://host:port,host:port/")
    fetch_wait_ms = _milliseconds(options, "fetch_wait_ms", 10)
    delivery_timeout_ms = _milliseconds(options, "delivery_timeout_ms", 15_000)
    protocol = "SSL" if parts.scheme == "kafkas" else "PLAINTEXT"
    common: dict[str, Any] = {"bootstrap.servers": servers}
    if credentials:
        user, _, password = credentials.partition(":")
        common["sasl.mechanism"] = options.get("sasl", "SCRAM-SHA-512")
        common["sasl.username"] = unquote(user)
        common["sasl.password"] = unquote(password)
        protocol = f"SASL_{protocol}"
    if "ca" in options:
        common["ssl.ca.location"] = options["ca"]
    common["security.protocol"] = protocol
    try:
        return KafkaBus(
            common,
            topic_prefix=options.get("topic_prefix", ""),
            fetch_wait_ms=fetch_wait_ms,
            delivery_timeout_ms=delivery_timeout_ms,
        )
    except KafkaException as error:
        raise ConfigurationError(f"BUS_URL: {error.args[0].str()}") from error


def _milliseconds(options: dict[str, str], name: str, default: int) -> int:
    value = options.get(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        raise ConfigurationError(f"BUS_URL: {name}={value} must be a whole number of milliseconds above 0")
    return int(value)


class KafkaBus:
    """One producer and one thread that serves its delivery callbacks; consumers have their own.

    A producer that failed to deliver is replaced: when a broker forgot the producer's id, as one does that lost its
    data, librdkafka asks it again and again under the same id. The outbox produces the failed records anew.
    """

    def __init__(
        self,
        common: dict[str, Any],
        *,
        topic_prefix: str = "",
        fetch_wait_ms: int = 10,
        delivery_timeout_ms: int = 15_000,
    ) -> None:
        self._common = {
            **common,
            "error_cb": _log_error,
            # librdkafka reports every attempt to reconnect; error_cb says what matters.
            "log_level": 2,
            "reconnect.backoff.ms": 50,
            "reconnect.backoff.max.ms": 2_000,
        }
        self._prefix = topic_prefix
        self._fetch_wait_ms = fetch_wait_ms
        self._subscriptions: list[KafkaSubscription] = []
        self._lock = threading.Lock()
        self._producer_settings = {
            **self._common,
            "enable.idempotence": True,
            "acks": "all",
            "linger.ms": 1,
            "compression.type": "lz4",
            "delivery.timeout.ms": delivery_timeout_ms,
            "queue.buffering.max.messages": 100_000,
            "queue.buffering.max.kbytes": 262_144,
            "partitioner": "murmur2_random",
        }
        self._producer = Producer(self._producer_settings)
        self._retired: tuple[Producer, ...] = ()
        self._closed = threading.Event()
        self._poller = threading.Thread(target=self._serve_callbacks, name="kafka-deliveries", daemon=True)
        self._poller.start()

    def ensure_topics(self, names: Sequence[str], partitions: int) -> None:
        if partitions < 1:
            raise ValueError("a topic has at least one partition")
        admin = AdminClient(self._common)
        wanted = [NewTopic(self._prefix + name, num_partitions=partitions, replication_factor=-1) for name in names]
        try:
            for future in admin.create_topics(wanted, request_timeout=CHECK_TIMEOUT_S).values():
                try:
                    future.result()
                except KafkaException as error:
                    if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                        raise
        except KafkaException as error:
            raise BusUnavailable(f"topics were not created: {error.args[0].str()}") from error

    def produce(self, topic: str, key: bytes, value: bytes, *, on_delivery: DeliveryCallback | None = None) -> None:
        producer = self._producer

        def delivered(error: KafkaError | None, _: Message) -> None:
            if error is not None:
                self._replace(producer, topic, error)
            if on_delivery is not None:
                on_delivery(None if error is None else BusUnavailable(error.str()))

        try:
            producer.produce(self._prefix + topic, key=key, value=value, on_delivery=delivered)
        except BufferError as error:
            raise BusUnavailable("the producer's buffer is full: the brokers do not keep up") from error
        except KafkaException as error:
            if error.args[0].fatal():
                self._replace(producer, topic, error.args[0])
            raise BusUnavailable(error.args[0].str()) from error

    def flush(self, timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        flushed = True
        for producer in (*self._retired, self._producer):
            try:
                flushed = producer.flush(max(deadline - time.monotonic(), 0.0)) == 0 and flushed
            except KafkaException:
                flushed = False
        return flushed

    def consume(
        self, topic: str, group: str, handler: Handler, *, concurrency: int = 1, max_batch: int = 500
    ) -> KafkaSubscription:
        settings = {
            **self._common,
            "group.id": self._prefix + group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "partition.assignment.strategy": "cooperative-sticky",
            "fetch.wait.max.ms": self._fetch_wait_ms,
            "fetch.error.backoff.ms": 50,
            "fetch.queue.backoff.ms": 50,
            # The least that brokers allow: how long the partitions of a member that died wait.
            "session.timeout.ms": 6_000,
            "heartbeat.interval.ms": 1_000,
            "topic.metadata.refresh.interval.ms": 30_000,
        }
        subscription = KafkaSubscription(
            settings, self._prefix + topic, topic, handler, concurrency=max(1, concurrency), max_batch=max_batch
        )
        with self._lock:
            self._subscriptions.append(subscription)
        return subscription

    def check(self) -> None:
        servers = self._common["bootstrap.servers"]
        try:
            self._producer.list_topics(timeout=CHECK_TIMEOUT_S)
        except KafkaException as error:
            raise ConfigurationError(
                f"BUS_URL: no broker of {servers} can be used ({error.args[0].str()}); check host, port and credentials"
            ) from error

    def close(self, timeout_s: float = 10.0) -> None:
        deadline = time.monotonic() + timeout_s
        with self._lock:
            subscriptions = tuple(self._subscriptions)
        for subscription in subscriptions:
            subscription.close(drain=False, timeout_s=max(deadline - time.monotonic(), 0.0))
        self.flush(max(deadline - time.monotonic(), 0.0))
        self._closed.set()
        self._poller.join(1.0)

    def _serve_callbacks(self) -> None:
        while not self._closed.is_set():
            self._poll(self._producer, 0.1)
            for producer in self._retired:
                if not self._poll(producer, 0) or not len(producer):
                    with self._lock:
                        self._retired = tuple(other for other in self._retired if other is not producer)

    def _poll(self, producer: Producer, timeout_s: float) -> bool:
        """Serve a producer's callbacks; False when it has failed for good (a broker that lost its sequence numbers)."""
        try:
            producer.poll(timeout_s)
        except KafkaException as error:
            self._replace(producer, "any topic", error.args[0])
            return False
        return True

    def _replace(self, producer: Producer, topic: str, error: KafkaError) -> None:
        """Called from a delivery callback: later records go to a new producer. Told once for each producer."""
        with self._lock:
            if producer is self._producer:
                _log.error("records for %s were not stored: %s", topic, error.str())
                self._retired = (*self._retired, producer)
                self._producer = Producer(self._producer_settings)


def _log_error(error: KafkaError) -> None:
    if error.code() != KafkaError._TRANSPORT:  # noqa: SLF001 - the binding's public constants for local errors
        _log.warning("kafka: %s", error.str())
