"""The local Lambda's environments: scaling, throttling, deaths, time limits and shrinking; its processes are faked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from localstack.lambda_endpoint.pool import Environment, Invocation, Outcome, Pool, Throttled


class FakeWorker:
    """A process that ends when it is told to."""

    pid = 1

    def __init__(self) -> None:
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def kill(self) -> None:
        self.end(-9)

    def end(self, code: int) -> None:
        if not self._ended.done():
            self._ended.set_result(code)

    async def wait(self) -> int:
        return await self._ended


class Fleet:
    """Starts fake processes and remembers them."""

    def __init__(self, *, size: int, waiting_max: int = 10, timeout_s: float = 60.0) -> None:
        self.started: list[tuple[Environment, FakeWorker]] = []
        self.pool = Pool(self._start, size=size, waiting_max=waiting_max, timeout_s=timeout_s)

    async def _start(self, environment: Environment) -> FakeWorker:
        worker = FakeWorker()
        self.started.append((environment, worker))
        return worker

    async def has_started(self, count: int) -> None:
        await until(lambda: len(self.started) == count)

    def environment(self, index: int) -> Environment:
        return self.started[index][0]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while True:
            if condition():
                return
            await asyncio.sleep(0)


def error_of(outcome: Outcome) -> dict[str, str]:
    assert outcome.is_error
    error: dict[str, str] = json.loads(outcome.body)
    return error


async def test_one_environment_serves_one_after_the_other() -> None:
    fleet = Fleet(size=5)
    for number in range(3):
        asked = fleet.pool.submit(b"%d" % number)
        await fleet.has_started(1)
        taken = await fleet.pool.next(fleet.environment(0))
        assert taken is asked
        assert fleet.pool.respond(fleet.environment(0), taken.request_id, b"answer", is_error=False)
        assert await asked.outcome == Outcome(b"answer")


async def test_as_many_environments_as_work_up_to_the_size_then_waiting_then_throttling() -> None:
    fleet = Fleet(size=2, waiting_max=3)
    asked = [fleet.pool.submit(b"%d" % number) for number in range(3)]
    await fleet.has_started(2)
    with pytest.raises(Throttled):
        fleet.pool.submit(b"too many")
    for number in range(2):
        taken = await fleet.pool.next(fleet.environment(number))
        assert taken is asked[number]
    fleet.pool.respond(fleet.environment(1), asked[1].request_id, b"done", is_error=False)
    assert await fleet.pool.next(fleet.environment(1)) is asked[2]
    assert len(fleet.started) == 2


async def test_what_a_dead_process_ran_fails_and_the_next_gets_a_new_one() -> None:
    fleet = Fleet(size=1)
    first, second = fleet.pool.submit(b"1"), fleet.pool.submit(b"2")
    await fleet.has_started(1)
    await fleet.pool.next(fleet.environment(0))
    fleet.started[0][1].kill()
    error = error_of(await first.outcome)
    assert error["errorType"] == "Runtime.ExitError"
    assert "signal: 9" in error["errorMessage"]
    await fleet.has_started(2)
    assert await fleet.pool.next(fleet.environment(1)) is second


async def test_a_process_that_cannot_start_fails_one_invocation() -> None:
    fleet = Fleet(size=1)
    first, second = fleet.pool.submit(b"1"), fleet.pool.submit(b"2")
    await fleet.has_started(1)
    fleet.environment(0).init_error = "no module"
    fleet.started[0][1].end(1)
    error = error_of(await first.outcome)
    assert (error["errorType"], "no module" in error["errorMessage"]) == ("Runtime.InitError", True)
    await fleet.has_started(2)
    assert await fleet.pool.next(fleet.environment(1)) is second


async def test_a_late_invocation_fails_and_its_environment_is_killed() -> None:
    fleet = Fleet(size=1, timeout_s=0.01)
    asked = fleet.pool.submit(b"1")
    await fleet.has_started(1)
    taken = await fleet.pool.next(fleet.environment(0))
    assert error_of(await asked.outcome)["errorType"] == "Sandbox.Timedout"
    await until(lambda: not fleet.pool.environments)
    assert not fleet.pool.respond(Environment(), taken.request_id, b"late", is_error=False)


async def test_an_answer_that_is_too_large_is_an_error() -> None:
    fleet = Fleet(size=1)
    asked = fleet.pool.submit(b"1")
    await fleet.has_started(1)
    taken = await fleet.pool.next(fleet.environment(0))
    fleet.pool.respond(fleet.environment(0), taken.request_id, bytes(6 * 1024 * 1024 + 1), is_error=False)
    assert error_of(await asked.outcome)["errorType"] == "Function.ResponseSizeTooLarge"


async def test_idle_environments_end_and_busy_ones_do_not() -> None:
    fleet = Fleet(size=2)
    fleet.pool.submit(b"1")
    fleet.pool.submit(b"2")
    await fleet.has_started(2)
    busy = await fleet.pool.next(fleet.environment(0))
    idle = await fleet.pool.next(fleet.environment(1))
    fleet.pool.respond(fleet.environment(1), idle.request_id, b"", is_error=False)
    polling: asyncio.Task[Invocation] = asyncio.create_task(fleet.pool.next(fleet.environment(1)))
    await until(lambda: fleet.environment(1).polls is not None)
    fleet.pool.shrink(60.0)
    assert len(fleet.pool.environments) == 2
    fleet.pool.shrink(-1.0)
    await until(lambda: len(fleet.pool.environments) == 1)
    assert fleet.pool.environments == [fleet.environment(0)]
    assert fleet.environment(0).current is busy
    polling.cancel()
    await fleet.pool.close()
    assert not fleet.pool.environments
