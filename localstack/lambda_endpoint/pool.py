"""Execution environments of one function: processes that take one invocation at a time, as many as there is work.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html. Unlike AWS, an invocation that finds all
environments busy waits for one, up to a bound, and is throttled above it.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

PAYLOAD_MAX_BYTES: Final = 6 * 1024 * 1024


class Throttled(Exception):
    """Every environment is busy and as many invocations wait as may."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an invocation came to: the function's JSON, or an error object with ``is_error``."""

    body: bytes
    is_error: bool = False


@dataclass(slots=True, eq=False)
class Invocation:
    """One event on its way through an environment."""

    payload: bytes
    outcome: asyncio.Future[Outcome]
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def finish(self, outcome: Outcome) -> None:
        if not self.outcome.done():
            self.outcome.set_result(outcome)

    def fail(self, kind: str, reason: str) -> None:
        """End with the error object that AWS makes when a function does not answer."""
        message = f"RequestId: {self.request_id} Error: {reason}"
        self.finish(Outcome(json.dumps({"errorType": kind, "errorMessage": message}).encode(), is_error=True))


class Worker(Protocol):
    """A process with a Runtime API of its own."""

    @property
    def pid(self) -> int: ...

    def kill(self) -> None: ...

    async def wait(self) -> int:
        """Its exit code (negative: the signal)."""


@dataclass(slots=True, eq=False)
class Environment:
    """``polls`` is resolved with the next invocation while the process waits for one; ``current`` is what it runs."""

    worker: Worker | None = None
    polls: asyncio.Future[Invocation] | None = None
    current: Invocation | None = None
    is_initialized: bool = False
    init_error: str = ""
    idle_since: float = 0.0
    timer: asyncio.TimerHandle | None = None

    @property
    def state(self) -> str:
        if not self.is_initialized:
            return "starting"
        # One that has answered is idle only once it asks for more: until then it takes nothing.
        return "idle" if self.polls is not None else "busy"


class Pool:
    """The environments of one function.

    Args:
        start: starts a process for an environment, whose Runtime API calls `next`, `respond` and `fail_init`.
        size: at most so many environments.
        waiting_max: invocations that may wait for one.
        timeout_s: an invocation may take so long; its environment is killed then.
    """

    def __init__(
        self,
        start: Callable[[Environment], Awaitable[Worker]],
        *,
        size: int,
        waiting_max: int,
        timeout_s: float,
    ) -> None:
        self._start = start
        self._size = size
        self._waiting_max = waiting_max
        self._timeout_s = timeout_s
        self._waiting: deque[Invocation] = deque()
        self.environments: list[Environment] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, payload: bytes) -> Invocation:
        """Hand an event to an environment, or let it wait for one.

        Raises:
            Throttled: it may not even wait.
        """
        is_idle = any(environment.polls is not None for environment in self.environments)
        if not is_idle and len(self._waiting) >= self._waiting_max:
            raise Throttled
        invocation = Invocation(payload, asyncio.get_running_loop().create_future())
        self._waiting.append(invocation)
        self._hand_out()
        return invocation

    def _hand_out(self) -> None:
        while self._waiting:
            # The one that idled least: the others may be let go.
            idle = [environment for environment in self.environments if environment.polls is not None]
            if not idle:
                break
            environment = max(idle, key=lambda candidate: candidate.idle_since)
            invocation = self._waiting.popleft()
            if invocation.outcome.done():
                continue
            environment.current = invocation
            environment.timer = asyncio.get_running_loop().call_later(self._timeout_s, self._time_out, environment)
            polls, environment.polls = environment.polls, None
            if polls is not None:
                polls.set_result(invocation)
        # Those that start, and those that have answered and are about to ask for more.
        coming = sum(environment.current is None and environment.polls is None for environment in self.environments)
        while coming < len(self._waiting) and len(self.environments) < self._size:
            self._add()
            coming += 1

    def _add(self) -> None:
        environment = Environment()
        self.environments.append(environment)
        task = asyncio.get_running_loop().create_task(self._live(environment))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _live(self, environment: Environment) -> None:
        reason = ""
        try:
            environment.worker = await self._start(environment)
            code = await environment.worker.wait()
            reason = f"Runtime exited with error: {f'exit status {code}' if code >= 0 else f'signal: {-code}'}"
        except OSError as error:
            reason = f"cannot start: {error}"
        finally:
            self._buried(environment, reason)

    def _buried(self, environment: Environment, reason: str) -> None:
        self.environments.remove(environment)
        if environment.timer is not None:
            environment.timer.cancel()
        if environment.current is not None:
            environment.current.fail("Runtime.ExitError", reason)
        elif not environment.is_initialized and self._waiting:
            # One invocation pays for each environment that cannot start, or they would be started for ever.
            self._waiting.popleft().fail("Runtime.InitError", environment.init_error or reason)
        self._hand_out()

    def _time_out(self, environment: Environment) -> None:
        if environment.current is not None and environment.worker is not None:
            environment.current.fail("Sandbox.Timedout", f"Task timed out after {self._timeout_s:.2f} seconds")
            environment.worker.kill()

    # What the process calls by its Runtime API

    async def next(self, environment: Environment) -> Invocation:
        """Wait for the next invocation of an environment."""
        environment.is_initialized = True
        environment.idle_since = time.monotonic()
        environment.polls = asyncio.get_running_loop().create_future()
        polls = environment.polls
        self._hand_out()
        return await polls

    @staticmethod
    def respond(environment: Environment, request_id: str, body: bytes, *, is_error: bool) -> bool:
        """Take the outcome of what the environment runs; False when it runs something else."""
        invocation = environment.current
        if invocation is None or invocation.request_id != request_id:
            return False
        environment.current = None
        if environment.timer is not None:
            environment.timer.cancel()
        if len(body) > PAYLOAD_MAX_BYTES:
            invocation.fail("Function.ResponseSizeTooLarge", "Response payload size exceeded the limit of 6 MB")
        else:
            invocation.finish(Outcome(body, is_error))
        return True

    # Life

    def warm(self) -> None:
        """Start an environment if there is none."""
        if not self.environments:
            self._add()

    def shrink(self, idle_s: float) -> None:
        """End environments that had nothing to do for so long."""
        now = time.monotonic()
        for environment in self.environments:
            if environment.polls is not None and now - environment.idle_since > idle_s and environment.worker:
                environment.polls = None
                environment.worker.kill()

    async def close(self) -> None:
        """End every environment."""
        self._size = 0
        for environment in self.environments:
            if environment.worker is not None:
                environment.worker.kill()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)
