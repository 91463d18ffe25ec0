"""Work beside requests: bus consumers and periodic jobs of the functions package, in threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from sqlalchemy.exc import DBAPIError

from connection_tier.runner.due_jobs import DueJobs
from layers import measures
from layers.bus import Bus, BusUnavailable, Record, Subscription
from layers.context import Services
from layers.database import is_outage
from layers.errors import Unavailable
from layers.registry import Job, Registry
from layers.telemetry import get_logger

_PARTITIONS: Final = 8
_CONSUMER_THREADS: Final = 2
_STOP_S: Final = 5

logger = get_logger("background")


def ensure_topics(bus: Bus, registry: Registry) -> list[str]:
    """Create the topics that the functions package consumes; returns their names."""
    topics = sorted({item.topic for item in registry.consumers})
    bus.ensure_topics(topics, _PARTITIONS)
    return topics


class Background:
    """The consumers and jobs that one process runs."""

    def __init__(self, services: Services, registry: Registry) -> None:
        self._services = services
        self._registry = registry
        self._subscriptions: list[tuple[str, str, Subscription]] = []
        self._threads: list[threading.Thread] = []
        self._stop = threading.Event()

    def start_consumers(self) -> None:
        """Consume; processes that do so share the partitions of each topic."""
        bus = self._services.bus
        try:
            ensure_topics(bus, self._registry)
        except BusUnavailable as error:
            # Consumers wait for the brokers; `open_bus` has checked them where a wrong address must be told.
            logger.warning("topics not ensured", reason=str(error))
        for item in self._registry.consumers:
            handler = partial(self._handle, item.handler)
            subscription = bus.consume(item.topic, item.group, handler, concurrency=_CONSUMER_THREADS)
            self._subscriptions.append((item.topic, item.group, subscription))
        measures.CATALOG.probes.append(self._measure_lag)

    def _measure_lag(self) -> None:
        for topic, group, subscription in self._subscriptions:
            measures.LAG.set(subscription.lag, topic, group)

    def _handle(self, handler: Callable[[Services, Sequence[Record]], None], records: Sequence[Record]) -> None:
        try:
            handler(self._services, records)
        except DBAPIError as error:
            if is_outage(error):
                raise Unavailable("the database does not answer") from error
            raise

    def start_jobs(self) -> None:
        """Run every job at its interval, or when its work is due."""
        for job in self._registry.jobs:
            if job.due is None:
                self._start(f"job-{job.name}", partial(self._repeat, job))
        timed = [job for job in self._registry.jobs if job.due is not None]
        if timed:
            self._start("due-jobs", partial(DueJobs(self._services, timed, self._run).repeat, self._stop))

    def _start(self, name: str, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _repeat(self, job: Job) -> None:
        while not self._stop.wait(job.every_s):
            self._run(job)

    def _run(self, job: Job) -> None:
        started = time.perf_counter()
        try:
            job.handler(self._services)
        except Exception as error:
            measures.JOB_FAILURES.inc(job.name)
            if is_outage(error):
                logger.warning("job lacks a part", job=job.name, reason=type(error).__name__)
            else:
                logger.exception("job failed", job=job.name)
        measures.JOBS.observe(time.perf_counter() - started, job.name)

    def close(self) -> None:
        """Stop jobs, finish what was consumed."""
        self._stop.set()
        self._services.agenda.wake()
        if self._measure_lag in measures.CATALOG.probes:
            measures.CATALOG.probes.remove(self._measure_lag)
        for _, _, subscription in self._subscriptions:
            subscription.close(drain=True, timeout_s=_STOP_S)
        for thread in self._threads:
            thread.join(_STOP_S)
