"""The entry point of every AWS Lambda: ``functions.aws.handler``.

https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html. The same code serves each deployment; the variable
``CIRRUSGRAM_NAMESPACE`` (``messages``, ``sync`` …) says which functions an environment imports. It answers

- an invocation from a node: ``{"caller": {...}, "request": "<base64 TL>"}`` (`layers.invocation`);
- a batch of an MSK event source mapping, with partial failures: the mapping needs ReportBatchItemFailures;
- a job by name, from a schedule: ``{"job": "functions.sync.outbox.relay"}``;
- ``{"warmup": true}``, which opens the services and says whether that was a cold start.

Services are opened at the first event and kept. What a function does after its commit is on its way before the answer
is: an environment is frozen as soon as it has answered.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import tl
from layers.blobs import open_blobs
from layers.bus import Record, open_bus
from layers.cache import open_cache
from layers.clock import Clock, system_clock
from layers.config import Settings, load_settings
from layers.context import Services
from layers.database import open_database
from layers.deferred import deferred, opened
from layers.errors import ConfigurationError
from layers.invocation import Invocation, Reply, invoke
from layers.keys import Keys, parse_master_key
from layers.registry import Consumer, Registry, load_registry
from layers.telemetry import get_logger, set_log_level
from layers.tracing import trace_id

NAMESPACE_VARIABLE: Final = "CIRRUSGRAM_NAMESPACE"

_CONNECTIONS: Final = 1
"""Database connections kept; a second one may be opened for a moment."""

_FLUSH_S: Final = 5.0
_STALE_S: Final = 60.0
"""After a pause of this length connections may be dead without our knowing: NAT gateways forget them."""

_KAFKA_SOURCES: Final = ("aws:kafka", "SelfManagedKafka")

logger = get_logger("functions")


class Environment:
    """One execution environment: the functions of a namespace, and services that live from event to event.

    Args:
        open_services: makes the services at the first event, and again after it has failed.
        telemetry: a `layers.aws_telemetry.Telemetry`.
    """

    def __init__(
        self, registry: Registry, open_services: Callable[[], Services], telemetry: Any, clock: Clock = system_clock
    ) -> None:
        self._registry = registry
        self._open_services = open_services
        self._telemetry = telemetry
        self._clock = clock
        self._services: Services | None = None
        self._last_used = 0.0

    def handle(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Answer one event.

        Raises:
            ValueError: the event is of no kind we know.
        """
        request_id = getattr(context, "aws_request_id", "")
        if "request" in event:
            return self._invoke(Invocation.from_event(dict(event)), request_id)
        self._telemetry.correlate(request_id=request_id)
        if event.get("eventSource") in _KAFKA_SOURCES:
            return self._consume(event, context)
        if "job" in event:
            return self._run_job(str(event["job"]))
        if "warmup" in event:
            is_cold = self._services is None
            self._connected()
            return {"cold_start": is_cold, "methods": len(self._registry)}
        raise ValueError(f"an event of no known kind, with the keys {sorted(event)[:10]}")

    def _connected(self) -> Services:
        """The services, opened if need be, with fresh connections after a long pause."""
        now = self._clock()
        if self._services is None:
            self._services = self._open_services()
            self._telemetry.count("ColdStart")
        elif now - self._last_used > _STALE_S:
            self._services.database.close()
            self._services.cache.close()
            self._services = replace(self._services, cache=open_cache(self._services.settings.cache_url, check=False))
        self._last_used = now
        return self._services

    def _invoke(self, invocation: Invocation, request_id: str) -> dict[str, Any]:
        caller = invocation.caller
        method_id = tl.peek_id(invocation.request)
        method = tl.method_name(method_id) or f"#{method_id:08x}"
        self._telemetry.correlate(
            request_id=request_id,
            method=method,
            user_id=caller.user_id,
            msg_id=caller.msg_id,
            trace_id=trace_id(invocation.traceparent),
        )
        started = time.perf_counter()
        try:
            services = self._connected()
        except ConfigurationError as error:
            logger.error("services cannot be opened", reason=str(error), method=method, user_id=caller.user_id)
            reply = Reply(None, 500, "INTERNAL")
        else:
            with self._telemetry.segment(method):
                reply = invoke(services, self._registry, invocation)
            self._finish(services)
        error_name = None if reply.result is not None else reply.error_message
        self._telemetry.measure(method, (time.perf_counter() - started) * 1000, error_name)
        return reply.to_event()

    def _finish(self, services: Services) -> None:
        self._telemetry.tell()
        bus = opened(services.bus)
        if bus is not None and not bus.flush(_FLUSH_S):
            logger.warning("the bus did not take everything in time; the relay will")

    def _consume(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

        services = self._connected()
        handle = _once_for_each_key(services, {item.topic: item for item in self._registry.consumers})
        processor = BatchProcessor(event_type=EventType.Kafka)
        failures = process_partial_response(
            event=dict(event), record_handler=handle, processor=processor, context=context
        )
        self._finish(services)
        return dict(failures)

    def _run_job(self, name: str) -> dict[str, Any]:
        found = next((item for item in self._registry.jobs if item.name == name), None)
        if found is None:
            raise ValueError(f"no job {name!r} here; there are {sorted(item.name for item in self._registry.jobs)}")
        services = self._connected()
        with self._telemetry.segment(name):
            found.handler(services)
        self._finish(services)
        return {"job": name}


def _once_for_each_key(services: Services, consumers: Mapping[str, Consumer]) -> Callable[[Any], None]:
    """A handler of single records that calls the consumer once for each key of the batch.

    A record means "this account has work", and one pass does all of it. A key that failed has failed for all its
    records, so that the mapping goes back to the first of them.
    """
    prefix = parse_qs(urlsplit(services.settings.bus_url).query).get("topic_prefix", [""])[-1]
    outcomes: dict[tuple[str, bytes], Exception | None] = {}

    def handle(record: Any) -> None:
        topic, key = record.topic.removeprefix(prefix), record.decoded_key or b""
        if (topic, key) not in outcomes:
            ours = Record(topic, record.partition, record.offset, key, record.decoded_value)
            try:
                consumers[topic].handler(services, [ours])
            except Exception as error:
                logger.exception("a record failed", topic=topic, partition=ours.partition, offset=ours.offset)
                outcomes[topic, key] = error
            else:
                outcomes[topic, key] = None
        if (failed := outcomes[topic, key]) is not None:
            raise failed

    return handle


def open_services(settings: Settings) -> Services:
    """Services for one function at a time; blobs and the bus are opened when they are used.

    Raises:
        ConfigurationError: a setting names something that only one process can see, or that cannot work.
    """
    set_log_level(settings.log_level)
    if settings.master_key is None:
        raise ConfigurationError("a Lambda needs the master key of the nodes: set CIRRUSGRAM_MASTER_KEY")
    if settings.database_url is None or settings.blob_url is None:
        raise ConfigurationError("a Lambda needs CIRRUSGRAM_DATABASE_URL and CIRRUSGRAM_BLOB_URL")
    if settings.is_single_node or settings.bus_url.startswith("memory:"):
        raise ConfigurationError("a Lambda needs CIRRUSGRAM_CACHE_URL=redis://… and CIRRUSGRAM_BUS_URL=kafka://…")
    blob_url = settings.blob_url
    return Services(
        settings=settings,
        database=open_database(settings.database_url, pool_size=_CONNECTIONS),
        cache=open_cache(settings.cache_url, check=False),
        bus=deferred(lambda: open_bus(settings.bus_url, check=False)),
        blobs=deferred(lambda: open_blobs(blob_url, check=False)),
        keys=Keys(parse_master_key(settings.master_key, origin="CIRRUSGRAM_MASTER_KEY")),
        clock=system_clock,
        random=os.urandom,
    )


@cache
def environment() -> Environment:
    """This process's environment, made once."""
    from layers.aws_telemetry import Telemetry  # not for the nodes, which import this module with all functions

    namespace = os.environ.get(NAMESPACE_VARIABLE, "")
    package = f"functions.{namespace}" if namespace else "functions"
    settings = load_settings()
    telemetry = Telemetry(package, tracing=settings.tracing)
    return Environment(load_registry(package), lambda: open_services(settings), telemetry)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """AWS calls this for every event."""
    return environment().handle(event, context)


if "AWS_LAMBDA_RUNTIME_API" in os.environ and os.environ.get(NAMESPACE_VARIABLE):
    environment()  # while the environment is made: AWS gives that phase a whole processor
