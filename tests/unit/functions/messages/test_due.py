"""What the jobs of scheduled messages, timers, polls and link previews tell of the time they are needed next."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import polls, scheduled, timers, web_pages
from layers.schema import expirations, scheduled_messages
from layers.schema import polls as polls_table
from layers.schema import web_pages as pages_table
from tests.harness import Harness
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.test_polls import ask, poll
from tests.unit.functions.messages.test_scheduled import later
from tests.unit.functions.messages.test_timers import set_timer
from tests.unit.functions.messages.test_web_pages import say
from tl import api

_NEXT = {"scheduled": scheduled.NEXT, "timers": timers.NEXT, "polls": polls.NEXT, "pages": web_pages.NEXT}


def _message(message_id: int, date: int) -> dict[str, Any]:
    ids = {"owner_id": 5, "message_id": message_id, "peer_key": 6, "random_id": message_id}
    return {**ids, "date": date, "message": b""}


def _poll(poll_id: int, close_date: int | None) -> dict[str, Any]:
    ids = {"poll_id": poll_id, "creator_id": 5, "place_key": 5, "content_id": poll_id}
    return {**ids, "close_date": close_date, "poll": b"", "results": b""}


def _next(server: Harness, name: str) -> int | None:
    with server.services.database.transaction(writes=False) as db:
        at: int | None = db.scalar(sa.select(_NEXT[name].scalar_subquery()))
        return at


@pytest.mark.parametrize(
    ("name", "table", "rows", "expected"),
    [
        ("scheduled", scheduled_messages, [_message(1, 300), _message(2, 200)], 200),
        ("scheduled", scheduled_messages, [_message(1, 300), _message(2, scheduled.UNTIL_ONLINE)], 0),
        (
            "timers",
            expirations,
            [{"owner_id": 5, "message_id": i, "media": False, "expires_at": 100 * i} for i in (3, 2)],
            200,
        ),
        ("polls", polls_table, [_poll(1, None), _poll(2, 300), _poll(3, 200)], 200),
        ("polls", polls_table, [_poll(1, None)], None),
        (
            "pages",
            pages_table,
            [{"page_id": i, "url": "https://example.org", "try_at": at} for i, at in ((1, None), (2, 300), (3, 200))],
            200,
        ),
    ],
)
def test_the_earliest_time(
    server: Harness, name: str, table: sa.Table, rows: list[dict[str, Any]], expected: int | None
) -> None:
    assert _next(server, name) is None
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.insert(table), rows)
    assert _next(server, name) == expected


@pytest.mark.parametrize("name", sorted(_NEXT))
def test_it_is_read_from_the_end_of_an_index(server: Harness, name: str) -> None:
    engine = server.services.database.engine
    statement = str(_NEXT[name].compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True}))
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            assert [step for step in plan if "INDEX" in step]
            assert not [step for step in plan if step.startswith("SCAN") and "CONSTANT ROW" not in step]
        else:
            tables = [row.table for row in connection.exec_driver_sql(f"EXPLAIN {statement}")]
            assert set(tables) == {None}


def test_calls_have_done_what_they_write_down(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[float] = []
    monkeypatch.setattr(world.server.services.agenda, "enter", entered.append)
    now = int(world.server.clock())

    def noted() -> set[int]:
        found = {int(at) - now for at in entered}
        entered.clear()
        return found

    message_id = later(world.alice, world.bob, date=now + 100)
    assert noted() == {100}
    peer = world.alice.peer(world.bob)
    world.alice.call(api.messages.EditMessage(peer=peer, id=message_id, message="x", schedule_date=now + 200))
    assert noted() == {200}
    ask(world.alice, world.bob, poll(close_period=60))
    assert noted() == {60}
    say(world.alice, world.bob, "see http://example.org")
    assert noted() == {0}
    set_timer(world.alice, world.bob, 30)
    say(world.alice, world.bob, "half a minute")
    assert noted() == {30}
