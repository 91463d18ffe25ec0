"""What all sessions hold for their clients is bounded. Checklist 20, 54."""

from __future__ import annotations

from connection_tier.server.keys import KeyEntry
from connection_tier.server.sessions import SessionHandle, SessionTable
from connection_tier.session import ServerSalts, Session
from layers.cache import open_cache
from layers.domain.auth_keys import AuthKeyRecord


class Link:
    """A connection."""

    def schedule_flush(self, handle: SessionHandle) -> None: ...

    def answered(self, handle: SessionHandle) -> None: ...

    def lose(self, handle: SessionHandle) -> None: ...

    def close(self) -> None: ...


def table_of(*sessions: tuple[int, float | None]) -> tuple[SessionTable, list[SessionHandle]]:
    """Sessions by the bytes they hold and when their client went (None: it is there)."""
    table = SessionTable("node", open_cache("memory://").aio(), lambda: 1e9)
    handles = []
    for number, (held, detached_at) in enumerate(sessions, 1):
        salts = ServerSalts(b"s" * 32, number)
        session = Session(number, number, salts=salts, clock=lambda: 1e9, random=bytes)
        session.push(bytes(held))
        handle = SessionHandle(session, KeyEntry(None, salts, AuthKeyRecord(number, b"", 0)))  # type: ignore[arg-type]
        if detached_at is None:
            handle.connection = Link()
        else:
            handle.detached_at = detached_at
        table.add(handle)
        handles.append(handle)
    return table, handles


def test_nothing_is_given_up_within_the_bound() -> None:
    table, _ = table_of((500, None), (500, 1.0))
    assert table.shed(1000) == []


def test_those_who_are_away_go_first_the_longest_before_the_others() -> None:
    table, handles = table_of((500, None), (100, 30.0), (100, 10.0), (100, 20.0))
    assert table.shed(650) == [handles[2], handles[3]]


def test_then_the_fullest() -> None:
    table, handles = table_of((100, None), (900, None), (0, 5.0), (200, None))
    assert table.shed(400) == [handles[1]]
