"""The entry point of a Lambda: invocations, MSK batches, jobs and warm-ups, on embedded services."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

import tl
from functions.aws import Environment, open_services
from layers import measures
from layers.aws_telemetry import Telemetry, error_name
from layers.config import Settings
from layers.context import Services
from layers.deferred import deferred, opened
from layers.errors import ConfigurationError
from layers.invocation import Invocation, Reply
from layers.registry import Consumer, Job, Registry, load_registry
from layers.schema import outbox
from tests.harness import Client, Harness
from tests.results import decode_result
from tl import api

_CONTEXT = SimpleNamespace(aws_request_id="request-1")


class Recorder:
    """A telemetry that remembers."""

    def __init__(self) -> None:
        self.measured: list[tuple[str, str | None]] = []
        self.counted: list[str] = []
        self.told = 0
        self.keys: dict[str, Any] = {}

    def correlate(self, **keys: Any) -> None:
        self.keys = keys

    def segment(self, _name: str) -> nullcontext[None]:
        return nullcontext()

    def measure(self, method: str, _latency_ms: float, error: str | None) -> None:
        self.measured.append((method, error))

    def tell(self) -> None:
        self.told += 1

    def count(self, metric: str, **_dimensions: str) -> None:
        self.counted.append(metric)


@dataclass
class Made:
    environment: Environment
    telemetry: Recorder
    harness: Harness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    made = Harness(tmp_path)
    yield made
    made.close()


def make(harness: Harness, registry: Registry) -> Made:
    telemetry = Recorder()
    return Made(Environment(registry, lambda: harness.services, telemetry, harness.clock), telemetry, harness)


def event_of(client: Client, request: tl.TLObject) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(json.dumps(Invocation(client.caller, tl.encode(request)).to_event()))
    return event


def test_an_invocation_is_answered_and_measured(harness: Harness) -> None:
    made = make(harness, load_registry("functions.help"))
    alice = harness.user("Alice")
    reply = Reply.from_event(made.environment.handle(event_of(alice, api.help.GetConfig()), _CONTEXT))
    assert reply.result is not None
    assert isinstance(decode_result(reply.result, api.help.GetConfig), api.Config)
    assert made.telemetry.measured == [("help.getConfig", None)]
    assert made.telemetry.counted == ["ColdStart"]
    assert made.telemetry.keys["request_id"] == "request-1"
    assert made.telemetry.keys["user_id"] == alice.id
    made.environment.handle(event_of(alice, api.help.GetConfig()), _CONTEXT)
    assert made.telemetry.counted == ["ColdStart"], "services are kept"


def test_an_error_is_a_reply_and_counted_by_name(harness: Harness) -> None:
    made = make(harness, load_registry("functions.help"))
    alice = harness.user("Alice")
    reply = Reply.from_event(made.environment.handle(event_of(alice, api.messages.GetDialogFilters()), _CONTEXT))
    assert reply == Reply(None, 400, "METHOD_INVALID"), "that namespace is deployed elsewhere"
    assert made.telemetry.measured == [("messages.getDialogFilters", "METHOD_INVALID")]


def test_services_that_cannot_be_opened_are_tried_again_at_the_next_event(harness: Harness) -> None:
    attempts: list[int] = []

    def open_them() -> Services:
        attempts.append(1)
        if len(attempts) == 1:
            raise ConfigurationError("the cache is away")
        return harness.services

    environment = Environment(load_registry("functions.help"), open_them, Recorder(), harness.clock)
    event = event_of(harness.user("Alice"), api.help.GetConfig())
    assert Reply.from_event(environment.handle(event, _CONTEXT)) == Reply(None, 500, "INTERNAL")
    assert Reply.from_event(environment.handle(event, _CONTEXT)).result is not None


def test_after_a_long_pause_connections_are_new(harness: Harness) -> None:
    made = make(harness, load_registry("functions.help"))
    event = event_of(harness.user("Alice"), api.help.GetConfig())
    made.environment.handle(event, _CONTEXT)
    closed: list[int] = []
    close = harness.services.database.close

    def counted_close() -> None:
        closed.append(1)
        close()

    harness.services.database.close = counted_close  # type: ignore[method-assign]
    made.environment.handle(event, _CONTEXT)
    assert not closed
    harness.clock.advance(61)
    assert Reply.from_event(made.environment.handle(event, _CONTEXT)).result is not None
    assert len(closed) == 1


def test_a_warm_up_opens_the_services_and_says_if_it_was_cold(harness: Harness) -> None:
    made = make(harness, load_registry("functions.help"))
    assert made.environment.handle({"warmup": True}, _CONTEXT)["cold_start"] is True
    assert made.environment.handle({"warmup": True}, _CONTEXT)["cold_start"] is False


def test_a_job_runs_by_name(harness: Harness) -> None:
    ran: list[Services] = []
    made = make(harness, Registry([Job("functions.x.sweep", 1.0, ran.append)]))
    assert made.environment.handle({"job": "functions.x.sweep"}, _CONTEXT) == {"job": "functions.x.sweep"}
    assert ran == [harness.services]
    with pytest.raises(ValueError, match="no job 'other' here"):
        made.environment.handle({"job": "other"}, _CONTEXT)


def test_an_event_of_no_known_kind_fails(harness: Harness) -> None:
    made = make(harness, Registry([]))
    with pytest.raises(ValueError, match="no known kind"):
        made.environment.handle({"Records": []}, _CONTEXT)


# Batches


def record(key: str, offset: int, partition: int = 0, topic: str = "boxes") -> dict[str, Any]:
    """A record as an MSK event source mapping gives it."""
    return {
        "topic": topic,
        "partition": partition,
        "offset": offset,
        "timestamp": 1_790_000_000_000,
        "timestampType": "CREATE_TIME",
        "key": base64.b64encode(key.encode()).decode(),
        "value": base64.b64encode(b"").decode(),
        "headers": [],
    }


def batch(*records: dict[str, Any]) -> dict[str, Any]:
    partitions: dict[str, list[dict[str, Any]]] = {}
    for item in records:
        partitions.setdefault(f"{item['topic']}-{item['partition']}", []).append(item)
    return {
        "eventSource": "aws:kafka",
        "eventSourceArn": "arn:aws:kafka:eu-central-1:000000000000:cluster/x/y",
        "bootstrapServers": "b-1.example.org:9092",
        "records": partitions,
    }


def test_a_batch_delivers_what_waits(harness: Harness) -> None:
    made = make(harness, load_registry("functions.sync"))
    alice, bob = harness.user("Alice"), harness.user("Bob")
    bob.pushes()
    alice.call(api.messages.SendMessage(peer=alice.peer(bob), message="by a batch", random_id=1))
    event = batch(record(str(bob.id), 4), record(str(bob.id), 5))
    assert made.environment.handle(event, _CONTEXT) == {"batchItemFailures": []}
    assert [type(update) for update in bob.pushes()] == [api.UpdateNewMessage]
    with harness.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(outbox)) == 0


def test_one_pass_for_each_account_and_failures_by_partition_and_offset(harness: Harness) -> None:
    passes: list[bytes] = []

    def handle(_services: Services, records: list[Any]) -> None:
        passes.extend(item.key for item in records)
        if records[0].key == b"2":
            raise OSError("the database is away")

    made = make(harness, Registry([Consumer("boxes", "sync", handle)]))
    event = batch(record("1", 10), record("2", 11), record("1", 12), record("2", 13), record("3", 7, partition=1))
    failures = made.environment.handle(event, _CONTEXT)["batchItemFailures"]
    assert passes == [b"1", b"2", b"3"]
    assert [item["itemIdentifier"] for item in failures] == [
        {"partition": "boxes-0", "offset": 11},
        {"partition": "boxes-0", "offset": 13},
    ]


def test_a_batch_that_failed_whole_fails_the_invocation(harness: Harness) -> None:
    def handle(_services: Services, _records: list[Any]) -> None:
        raise OSError("the database is away")

    made = make(harness, Registry([Consumer("boxes", "sync", handle)]))
    with pytest.raises(BatchProcessingError):
        made.environment.handle(batch(record("1", 10)), _CONTEXT)


def test_topics_lose_the_prefix_of_the_deployment(tmp_path: Path) -> None:
    harness = Harness(tmp_path, bus_url="kafka://127.0.0.1:9/?topic_prefix=blue.")
    seen: list[str] = []

    def handle(_services: Services, records: list[Any]) -> None:
        seen.extend(item.topic for item in records)

    made = make(harness, Registry([Consumer("boxes", "sync", handle)]))
    made.environment.handle(batch(record("1", 10, topic="blue.boxes")), _CONTEXT)
    assert seen == ["boxes"]
    harness.close()


# Settings, telemetry, deferred adapters

_SHARED: dict[str, Any] = {
    "database_url": "mysql+pymysql://root@127.0.0.1:1/x",
    "cache_url": "redis://127.0.0.1:1",
    "bus_url": "kafka://127.0.0.1:1/",
    "blob_url": "s3://x?region=us-east-1",
    "master_key": "A" * 43 + "=",
}


@pytest.mark.parametrize("name", sorted(_SHARED))
def test_a_lambda_needs_services_that_it_can_share(name: str) -> None:
    settings = Settings(**{key: value for key, value in _SHARED.items() if key != name})
    with pytest.raises(ConfigurationError, match=f"CIRRUSGRAM_{name.upper()}"):
        open_services(settings)


def test_a_lambda_keeps_one_connection() -> None:
    services = open_services(Settings(**_SHARED))
    pool: Any = services.database.engine.pool
    assert pool.size() == 1
    services.database.close()
    services.cache.close()


def test_metrics_are_embedded_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    telemetry = Telemetry("functions.messages", tracing=False)
    telemetry.measure("messages.sendMessage", 3.5, "FLOOD_WAIT_17")
    latency, errors = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (latency["method"], latency["Latency"], latency["Errors"]) == ("messages.sendMessage", [3.5], [1.0])
    assert latency["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Cirrusgram"
    assert (errors["error"], errors["ErrorsByName"]) == ("FLOOD_WAIT_X", [1.0])
    assert set(errors["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0]) == {"error", "service"}


def test_what_functions_count_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    telemetry = Telemetry("functions.messages", tracing=False)
    telemetry.tell()
    capsys.readouterr()
    measures.MESSAGES.inc("user", by=3)
    telemetry.tell()
    [line] = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert (line["MessagesSent"], line["peer"], line["service"]) == ([3.0], "user", "functions.messages")
    telemetry.tell()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("PEER_ID_INVALID", "PEER_ID_INVALID"),
        ("FLOOD_WAIT_30", "FLOOD_WAIT_X"),
        ("INPUT_CONSTRUCTOR_INVALID_DEADBEEF", "INPUT_CONSTRUCTOR_INVALID_X"),
        ("FILE_PART_3_MISSING", "FILE_PART_X_MISSING"),
        ("2FA_CONFIRM_WAIT_5", "2FA_CONFIRM_WAIT_X"),
    ],
)
def test_error_names(message: str, name: str) -> None:
    assert error_name(message) == name


def test_a_deferred_adapter_is_opened_once_and_only_when_used() -> None:
    made: list[int] = []

    def open_it() -> list[int]:
        made.append(1)
        return [3]

    adapter = deferred(open_it)
    assert opened(adapter) is None
    assert not made
    adapter.append(4)
    assert adapter.index(4) == 1
    assert opened(adapter) == [3, 4]
    assert len(made) == 1
    assert opened("plain") == "plain"
