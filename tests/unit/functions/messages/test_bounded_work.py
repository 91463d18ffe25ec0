"""What the database does for a call does not grow with the history, and no statement walks a table.

Measured in rows read (MariaDB) or in steps of SQLite's machine, which are the same on any machine; ``python -m bench
channels`` does it at a million messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite

from bench._filling import SENDER, Filling, Work
from layers.domain import channel_dialogs, global_search, search, search_words
from layers.domain.history import in_dialog
from layers.domain.peers import peer_key, user_access_hash
from layers.schema import boxes, message_terms
from tests.harness import Client, Harness
from tests.unit.functions.messages.test_search import find, find_everywhere
from tl import TLObject, api

_FEW: Final = 600
_MANY: Final = 6_000
_ALLOWED: Final = 1.5
_SLACK: Final = {"steps": 400, "rows": 10}
_HISTORIES: Final = ("boxes", "contents", "message_terms", "message_tags", "thread_messages", "events", "users")
"""Tables that grow with what people wrote, or with their number."""


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that also the shorter history reaches: what is left must be the same in both."""
    monkeypatch.setattr(search, "COUNT_MAX", 40)
    monkeypatch.setattr(search, "EXAMINED_MAX", 40)
    monkeypatch.setattr(search_words, "COUNTED", 40)
    monkeypatch.setattr(global_search, "COMMON", 40)
    monkeypatch.setattr(search_words, "_READ", 20)
    monkeypatch.setattr(channel_dialogs, "COUNTED", 100)


def _account(server: Harness, filling: Filling, number: int) -> tuple[Client, list[Any]]:
    """Somebody with so many messages in a private chat and in a supergroup, and these two."""
    account = server.user(f"Has {number}")
    made = account.call(api.channels.CreateChannel(title="Group", about="", megagroup=True))
    key = peer_key(api.PeerChannel(channel_id=made.chats[0].id))
    filling.messages(key, key, number)
    filling.messages(account.id, SENDER, number)
    with server.services.database.transaction(writes=False) as db:
        access_hash = user_access_hash(server.context(db), account.id, SENDER)
    group = api.InputPeerChannel(channel_id=made.chats[0].id, access_hash=made.chats[0].access_hash)
    return account, [api.InputPeerUser(user_id=SENDER, access_hash=access_hash), group]


def _fill_other_boxes(server: Harness) -> None:
    """Many boxes with hardly anything in them: by the average, an owner has few rows."""
    rows = [
        {"owner_id": owner_id, "message_id": i, "content_id": i, "peer_key": 5, "sender_id": 5, "date": 1, "pts": i}
        for owner_id in range(10_000, 10_500)
        for i in range(1, 3)
    ]
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.insert(boxes), rows)


def _history(peer: Any, offset_id: int) -> api.messages.GetHistory:
    return api.messages.GetHistory(
        peer=peer, offset_id=offset_id, offset_date=0, add_offset=0, limit=30, max_id=0, min_id=0, hash=0
    )


def _requests(account: Client, peers: list[Any], number: int) -> Iterator[tuple[str, TLObject]]:
    yield (
        "getDialogs",
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0),
    )
    yield "getDifference", api.updates.GetDifference(pts=number - 20, date=int(account.server.clock()), qts=0)
    yield "getDifference, far behind", api.updates.GetDifference(pts=number - 500, date=1, pts_limit=20, qts=0)
    yield "getState", api.updates.GetState()
    yield "search everywhere", find_everywhere("alpha", limit=15)
    for peer in peers:
        yield "getHistory", _history(peer, 0)
        yield "getHistory, the middle", _history(peer, number // 2)
        yield "getHistory, near its beginning", _history(peer, 500)
        yield "search, the rarest word", find(peer, "once", limit=15)
        yield "search, a rare word", find(peer, "rare", limit=15)
        yield "search, a common word", find(peer, "alpha", limit=15)
        yield "search, common words", find(peer, "beta two", limit=15)
        yield "search, a common beginning", find(peer, "t", limit=15)
        yield "search, the next page", find(peer, "alpha", limit=15, offset_id=number // 2)
        yield "search, a sender", find(peer, from_id=api.InputPeerSelf(), limit=15)
        yield "search, a kind", find(peer, filter=api.InputMessagesFilterPhotoVideo(), limit=15)


class _Selects:
    """Collects the statements that read, as they were run."""

    def __init__(self, engine: sa.Engine) -> None:
        self.run: dict[str, Any] = {}
        self._engine = engine

    def __enter__(self) -> dict[str, Any]:
        sa.event.listen(self._engine, "before_cursor_execute", self._note)
        return self.run

    def __exit__(self, *_exception: object) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            self.run.setdefault(statement, parameters)


def _walked(engine: sa.Engine, statement: str, parameters: Any) -> list[str]:
    """Steps of a statement's plan that walk a whole table of `_HISTORIES`, or a whole index of it."""
    names = "|".join(_HISTORIES)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            return [step.detail for step in plan if re.match(rf"SCAN ({names})\b", step.detail)]
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all()
        walks = [step for step in plan if step.type in {"ALL", "index"}]
        return [str(step) for step in walks if re.match(rf"({names})(_\d+)?$", step.table or "")]


def test_reading_costs_the_same_whatever_the_length_of_the_history(server: Harness) -> None:
    filling = Filling(server.services)
    filling.people(range(SENDER, SENDER + 1))
    filling.people(range(10_000, 10_200))
    _fill_other_boxes(server)
    few, many = (_account(server, filling, number) for number in (_FEW, _MANY))
    filling.analyze()
    engine = server.services.database.engine
    told = []
    pairs = zip(_requests(*few, _FEW), _requests(*many, _MANY), strict=True)
    for (name, small), (_, large) in pairs:
        costs = []
        for account, request in ((few[0], small), (many[0], large)):
            account.call(request)
            with Work(engine) as work:
                account.call(request)
            costs.append(work.taken)
        if costs[1] > costs[0] * _ALLOWED + _SLACK[work.unit]:
            told.append(f"{name}: {costs[0]} {work.unit} at {_FEW} messages, {costs[1]} at {_MANY}")
        with _Selects(engine) as selects:
            many[0].call(large)
        for statement, parameters in list(selects.items()):
            told += [f"{name}: {step} in {statement}" for step in _walked(engine, statement, parameters)]
    assert told == []


def test_mariadb_is_told_how_to_walk_a_chat() -> None:
    """What it would choose by itself depends on averages that only a large database has."""
    for statement, index in (
        (in_dialog(5, 6, boxes.c.message_id), "ix_boxes_owner_id_peer_key_message_id"),
        (in_dialog(5, None, boxes.c.message_id), "PRIMARY"),
        (search_words.entries_of(5, 6, message_terms.c.term), "ix_message_terms_owner_id_peer_key_term"),
    ):
        assert f"FORCE INDEX ({index})" in str(statement.compile(dialect=mysql.dialect()))
        assert "FORCE" not in str(statement.compile(dialect=sqlite.dialect()))
