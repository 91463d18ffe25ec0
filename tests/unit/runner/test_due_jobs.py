"""What is due is found in one statement, and what is entered earlier wakes the loop that sleeps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connection_tier.runner import due_jobs
from connection_tier.runner.due_jobs import LOOK_EVERY_ALONE_S, LOOK_EVERY_S, DueJobs
from layers import agenda
from layers.context import Context
from layers.registry import Job
from layers.schema import expirations, polls
from layers.unit_of_work import run
from tests.harness import Harness

_ENDS = sa.select(sa.func.min(expirations.c.expires_at))
_CLOSES = sa.select(sa.func.min(polls.c.close_date))
_DEADLINE_S = 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    harness.close()


class Ran:
    """Counts runs of jobs and lets a test wait for them."""

    def __init__(self, work: Callable[[str], None] = lambda _name: None) -> None:
        self.names: list[str] = []
        self._work = work
        self._changed = threading.Condition()

    def __call__(self, job: Job) -> None:
        with self._changed:
            self.names.append(job.name)
            self._changed.notify_all()
        self._work(job.name)

    def wait(self, *names: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: sorted(self.names) == sorted(names), _DEADLINE_S), self.names


def _job(name: str, due: sa.Select[Any] = _ENDS, every_s: float = 1) -> Job:
    return Job(name, every_s, lambda _services: None, due)


def _ends(server: Harness, at: int, message_id: int = 1) -> None:
    values = {"owner_id": 5, "message_id": message_id, "media": False, "expires_at": at}

    def work(ctx: Context) -> None:
        ctx.db.execute(sa.insert(expirations), values)
        agenda.enter(ctx, at)

    run(server.services, work, writes=True)


def _now(server: Harness) -> int:
    return int(server.clock())


def test_an_idle_look_is_one_statement_and_a_long_sleep(server: Harness) -> None:
    statements = []
    sa.event.listen(server.services.database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    loop = DueJobs(server.services, [_job("ends"), _job("closes", _CLOSES)], Ran())
    assert loop.turn() == LOOK_EVERY_ALONE_S
    assert len(statements) == 1


def test_where_others_enter_work_too_the_sleep_is_short(server: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(server.services.settings), "is_single_node", False)
    assert DueJobs(server.services, [_job("ends")], Ran()).turn() == LOOK_EVERY_S


def test_it_sleeps_until_the_next_is_due(server: Harness) -> None:
    ran = Ran()
    loop = DueJobs(server.services, [_job("ends"), _job("closes", _CLOSES)], ran)
    _ends(server, _now(server) + 5)
    assert loop.turn() == pytest.approx(5, abs=0.1)
    server.clock.advance(5)
    loop.turn()
    ran.wait("ends")


def test_a_job_that_leaves_work_rests_before_it_runs_again(server: Harness) -> None:
    ran = Ran()
    loop = DueJobs(server.services, [_job("ends", every_s=30)], ran)
    _ends(server, _now(server) - 5)
    server.services.agenda.begin_look()
    loop.turn()
    ran.wait("ends")
    # Its end wakes the loop.
    assert server.services.agenda.sleep(_now(server), _DEADLINE_S)
    assert loop.turn() == LOOK_EVERY_ALONE_S
    assert ran.names == ["ends"]


def test_a_job_that_takes_long_keeps_no_other_waiting_and_is_not_run_twice(server: Harness) -> None:
    going_on = threading.Event()

    def work(name: str) -> None:
        if name == "slow":
            going_on.wait(_DEADLINE_S)

    ran = Ran(work)
    loop = DueJobs(server.services, [_job("slow", every_s=0), _job("quick")], ran)
    _ends(server, _now(server) - 5)
    try:
        loop.turn()
        ran.wait("slow", "quick")
        loop.turn()
        assert ran.names.count("slow") == 1
    finally:
        going_on.set()


def test_a_database_that_is_away_is_asked_again(server: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def transaction(**_options: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, OSError("gone"), connection_invalidated=True)

    monkeypatch.setattr(server.services.database, "transaction", transaction)
    assert DueJobs(server.services, [_job("ends")], Ran()).turn() == LOOK_EVERY_S


@pytest.mark.parametrize(("at_s", "woken"), [(-1, True), (300, False)])
def test_what_is_entered_wakes_the_loop_only_if_it_is_due_earlier(server: Harness, at_s: int, woken: bool) -> None:
    sleeper, now = server.services.agenda, _now(server)
    sleeper.begin_look()
    # It would sleep until now.
    assert not sleeper.sleep(now, 0)
    _ends(server, now + at_s)
    assert sleeper.sleep(now, 0) is woken


def test_what_was_not_committed_wakes_nobody(server: Harness) -> None:
    def work(ctx: Context) -> None:
        agenda.enter(ctx, 1)
        raise LookupError("changed its mind")

    server.services.agenda.begin_look()
    with pytest.raises(LookupError):
        run(server.services, work, writes=True)
    assert not server.services.agenda.sleep(_now(server), 0)


def test_what_is_entered_during_a_look_is_not_overslept(server: Harness) -> None:
    server.services.agenda.begin_look()
    _ends(server, _now(server) + 300)
    assert server.services.agenda.sleep(_now(server), _DEADLINE_S)


def test_the_loop_runs_what_is_entered_and_stops(server: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_jobs, "LOOK_EVERY_ALONE_S", 3600.0)
    ran, stop = Ran(), threading.Event()
    loop = DueJobs(server.services, [_job("ends", every_s=3600)], ran)
    thread = threading.Thread(target=loop.repeat, args=(stop,))
    thread.start()
    _ends(server, _now(server) - 1)
    ran.wait("ends")
    stop.set()
    server.services.agenda.wake()
    thread.join(_DEADLINE_S)
    assert not thread.is_alive()
