"""Jobs whose work stands in tables with the time at which it is due: one loop for all of them.

Every process that runs jobs has one; several do no harm, as each job's work is locked or claimed row by row.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Services
from layers.database import is_outage
from layers.registry import Job
from layers.telemetry import get_logger

LOOK_EVERY_S: Final = 1.0
"""The longest sleep where other processes enter work too."""
LOOK_EVERY_ALONE_S: Final = 10.0
"""The longest sleep of a node of its own: its operator's commands enter work from outside."""

logger = get_logger("due_jobs")


class DueJobs:
    """Looks for what is due and runs each job for it, one run of a job at a time."""

    def __init__(self, services: Services, jobs: Sequence[Job], run: Callable[[Job], None]) -> None:
        self._services = services
        self._jobs = jobs
        self._run = run
        self._running: set[str] = set()
        self._rested_at: dict[str, float] = {}
        self._longest_s = LOOK_EVERY_ALONE_S if services.settings.is_single_node else LOOK_EVERY_S
        self._earliest: sa.Select[Any] = sa.select(*(job.due.scalar_subquery() for job in jobs if job.due is not None))
        self._pool = ThreadPoolExecutor(len(jobs), thread_name_prefix="due")

    def repeat(self, stop: Event) -> None:
        """Look again and again until ``stop`` is set and the agenda woken."""
        agenda = self._services.agenda
        while not stop.is_set():
            agenda.begin_look()
            pause_s = self.turn()
            if not stop.is_set():
                agenda.sleep(self._services.clock(), pause_s)
        self._pool.shutdown()

    def turn(self) -> float:
        """Start what is due; seconds until the next look."""
        try:
            with self._services.database.transaction(writes=False) as db:
                earliest = db.rows(self._earliest)[0]
        except Exception as error:
            if not is_outage(error):
                logger.exception("what is due is not known")
            else:
                logger.warning("the database does not say what is due", reason=type(error).__name__)
            return LOOK_EVERY_S
        now, pause_s = self._services.clock(), self._longest_s
        for job, at in zip(self._jobs, earliest, strict=True):
            if job.name in self._running:
                continue
            wait_s = max(_seconds_until(at, now), self._rested_at.get(job.name, 0.0) - time.monotonic())
            if wait_s > 0:
                pause_s = min(pause_s, wait_s)
                continue
            self._running.add(job.name)
            self._pool.submit(self._run_one, job)
        return pause_s

    def _run_one(self, job: Job) -> None:
        try:
            self._run(job)
        finally:
            # What it left, for it takes a batch or has failed, is due still: not without a pause.
            self._rested_at[job.name] = time.monotonic() + job.every_s
            self._running.discard(job.name)
            self._services.agenda.wake()


def _seconds_until(at: int | None, now: float) -> float:
    return math.inf if at is None else at - now
