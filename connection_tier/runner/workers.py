"""Worker processes: functions on as many cores as there are, with the interface of every runner.

Each worker is fed no more than it can hold; what is above waits in the node, bounded. A worker that dies is started
again; what it was running is answered 500 WORKER_BUSY_TOO_LONG_RETRY, unless it only read, in which case another worker
runs it. A client that repeats a write is protected by random_id and by the ledger of msg_ids.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import orjson
from pydantic import SecretStr

import tl
from connection_tier.runner.frames import HEADER, MAX_PAYLOAD_BYTES, MEASURES, pack_request, unpack_reply
from connection_tier.runner.local import DEADLINE_S
from connection_tier.runner.turns import Turns
from layers import measures
from layers.invocation import Invocation, Reply
from layers.metrics import Snapshot, add_up
from layers.registry import Registry
from layers.telemetry import get_logger

_PER_WORKER: Final = 16
"""Requests handed to one worker at a time."""

_WAITING_MAX: Final = 10_000
_START_DEADLINE_S: Final = 30
_RESTART_PAUSE_S: Final = (0.1, 0.5, 2.0, 5.0)
_STOP_S: Final = 10
_BUSY: Final = Reply(None, 500, "WORKER_BUSY_TOO_LONG_RETRY")

logger = get_logger("workers")


@dataclass(slots=True, eq=False)
class _Job:
    invocation: Invocation
    is_repeatable: bool
    reply: asyncio.Future[Reply]


@dataclass(slots=True, eq=False)
class _Worker:
    """One process. ``running`` is what it was given, by number; ``is_ready`` once it said so.

    ``measured`` is its last snapshot, ``measured_before`` the sum of those of the processes before it.
    """

    index: int
    process: asyncio.subprocess.Process | None = None
    writer: asyncio.StreamWriter | None = None
    running: dict[int, _Job] = field(default_factory=dict)
    is_ready: bool = False
    failures: int = 0
    measured: Snapshot = field(default_factory=dict)
    measured_before: Snapshot = field(default_factory=dict)

    @property
    def has_room(self) -> bool:
        """It takes another job. The socket of one that died may be closed before its end is read from it."""
        is_open = self.writer is not None and not self.writer.is_closing()
        return self.is_ready and is_open and len(self.running) < _PER_WORKER


class WorkerRunner:
    """Runs functions in ``count`` processes that read their settings from ``environment``."""

    def __init__(self, count: int, registry: Registry, environment: Mapping[str, str]) -> None:
        self._workers = [_Worker(index) for index in range(count)]
        self._registry = registry
        self._environment = dict(environment)
        self._numbers = itertools.count(1)
        self._turns = Turns(count * _PER_WORKER)
        self._waiting: deque[_Job] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready = asyncio.Event()
        self._is_closing = False

    @property
    def process_ids(self) -> list[int]:
        """Of the workers that live."""
        return [worker.process.pid for worker in self._workers if worker.process is not None]

    async def start(self) -> None:
        """Start the processes; returns when the first one answers."""
        for worker in self._workers:
            task = asyncio.create_task(self._keep_alive(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        async with asyncio.timeout(_START_DEADLINE_S):
            await self._ready.wait()

    @property
    def is_ready(self) -> bool:
        """A worker lives and has said that it serves."""
        return any(worker.is_ready for worker in self._workers)

    def snapshots(self) -> list[Snapshot]:
        """The metrics of every worker, and of those that ended: what is counted never falls."""
        measures.WORKERS_WAITING.set(len(self._waiting))
        measures.WORKERS_READY.set(sum(worker.is_ready for worker in self._workers))
        return [snapshot for worker in self._workers for snapshot in (worker.measured, worker.measured_before)]

    async def invoke(self, invocation: Invocation) -> Reply:
        """Run in the least busy worker when it is the caller's turn."""
        if self._turns.waiting >= _WAITING_MAX:
            return _BUSY
        try:
            async with asyncio.timeout(DEADLINE_S):
                await self._turns.take(invocation.caller.who)
                job = _Job(invocation, self._is_repeatable(invocation), asyncio.get_running_loop().create_future())
                self._waiting.append(job)
                self._hand_out()
                return await job.reply
        except TimeoutError:
            return Reply(None, -503, "Timeout")

    def _is_repeatable(self, invocation: Invocation) -> bool:
        return not self._registry.writes(tl.method_name(tl.peek_id(invocation.request)) or "")

    def _end_job(self, job: _Job, reply: Reply) -> None:
        """Nobody runs the job any more."""
        self._turns.give_back(job.invocation.caller.who)
        if not job.reply.done():
            job.reply.set_result(reply)

    def _hand_out(self) -> None:
        while self._waiting:
            free = [worker for worker in self._workers if worker.has_room]
            if not free:
                return
            job = self._waiting.popleft()
            if job.reply.done():
                self._end_job(job, _BUSY)  # its deadline has passed
                continue
            worker = min(free, key=lambda candidate: len(candidate.running))
            number = next(self._numbers)
            worker.running[number] = job
            if worker.writer is not None:
                worker.writer.write(pack_request(number, job.invocation))

    # Processes

    async def _keep_alive(self, worker: _Worker) -> None:
        while not self._is_closing:
            try:
                await self._run(worker)
            except (OSError, EOFError, ValueError) as error:
                if not self._is_closing:
                    logger.warning("worker failed", worker=worker.index, error=str(error))
            finally:
                self._abandon(worker)
            if not self._is_closing:
                pause_s = _RESTART_PAUSE_S[min(worker.failures, len(_RESTART_PAUSE_S) - 1)]
                worker.failures += 1
                logger.warning("worker ended; starting it again", worker=worker.index, pause_s=pause_s)
                await asyncio.sleep(pause_s)

    async def _run(self, worker: _Worker) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            worker.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "connection_tier.runner.worker",
                str(theirs.fileno()),
                pass_fds=(theirs.fileno(),),
                env=self._environment,
            )
        reader, worker.writer = await asyncio.open_unix_connection(sock=ours, limit=MAX_PAYLOAD_BYTES)
        try:
            while True:
                length, number = HEADER.unpack(await reader.readexactly(HEADER.size))
                if length > MAX_PAYLOAD_BYTES:
                    raise ValueError("oversized frame")
                if number == 0:
                    worker.is_ready = True
                    self._ready.set()
                elif number == MEASURES:
                    worker.measured = orjson.loads(await reader.readexactly(length))
                else:
                    payload = await reader.readexactly(length)
                    worker.failures = 0
                    job = worker.running.pop(number, None)
                    if job is not None:
                        self._end_job(job, unpack_reply(payload))
                self._hand_out()
        finally:
            worker.is_ready = False
            worker.writer.close()
            if worker.process.returncode is None:
                await self._end(worker.process)

    @staticmethod
    async def _end(process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(_STOP_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    def _abandon(self, worker: _Worker) -> None:
        """Give what a dead worker was running to another one, or say that it must be repeated."""
        worker.is_ready = False
        worker.process = None
        ended = measures.CATALOG.only_growing(worker.measured)
        worker.measured, worker.measured_before = {}, add_up((worker.measured_before, ended))
        if not self._is_closing:
            measures.WORKERS_ENDED.inc()
        jobs, worker.running = worker.running, {}
        for job in jobs.values():
            if job.is_repeatable and not self._is_closing and not job.reply.done():
                job.is_repeatable = False
                self._waiting.appendleft(job)
            else:
                self._end_job(job, _BUSY)
        self._hand_out()

    async def close(self) -> None:
        """Let the workers finish, then end them."""
        self._is_closing = True
        for worker in self._workers:
            if worker.writer is not None:
                worker.writer.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_STOP_S + 1)
        for task in self._tasks:
            task.cancel()


def worker_environment(settings: Mapping[str, object]) -> dict[str, str]:
    """The node's environment with its effective settings, flags included, for the workers, which need no token."""
    own = {
        f"CIRRUSGRAM_{name.upper()}": str(value)
        for name, value in settings.items()
        if value is not None and not isinstance(value, SecretStr)
    }
    return {**os.environ, **own}
