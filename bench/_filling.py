"""Databases full of members and messages for benchmarks, and counters of what a statement costs in them.

Messages are made by the database itself: a block is written, then copied with its ids moved on, so that a million of
them takes a minute and not ten.
"""

from __future__ import annotations

import contextlib
from typing import Any, Final, Self

import pymysql
import sqlalchemy as sa
from sqlalchemy.engine import make_url

import tl
from layers.context import Context, Services
from layers.domain.tags import terms_of
from layers.schema import box_states, boxes, chat_members, contents, dialogs, message_terms, users
from layers.unit_of_work import run
from tl import api

SENDER: Final = 7
RARE: Final = 40
"""So many messages hold the word ``rare``, however many there are; the first also ``once``."""
_BLOCK: Final = 1_000
_COPIED: Final = 50_000
"""Rows that one statement copies: a database gives a statement half a minute."""
_DATE: Final = 1_700_000_000
_WORDS: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
_OTHER_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_STEPS: Final = 100


class Filling:
    """Writes into the tables of one database."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._content_ids = 1 << 40

    def _run(self, *statements: tuple[Any, list[dict[str, Any]] | None]) -> None:
        def work(ctx: Context) -> None:
            for statement, rows in statements:
                if rows is None:
                    ctx.db.execute(statement)
                for start in range(0, len(rows or ()), 5_000):
                    ctx.db.execute(statement, (rows or [])[start : start + 5_000])

        run(self._services, work, writes=True)

    def people(self, ids: range, *, boxed: bool = False) -> None:
        """Accounts, with boxes for messages where they are to write."""
        rows = [{"id": i, "phone": f"99966{i}", "first_name": f"User {i}", "created_at": 1} for i in ids]
        states = [{"owner_id": i} for i in ids] if boxed else []
        self._run((sa.insert(users), rows), (sa.insert(box_states), states))

    def members(self, key: int, ids: range) -> None:
        """Make new people members of a channel."""
        self.people(ids)
        rows = [{"peer_key": key, "user_id": i, "status": 2, "date": i} for i in ids]
        marks = [{"owner_id": i, "peer_key": key} for i in ids]
        self._run((sa.insert(chat_members), rows), (sa.insert(dialogs), marks))

    def messages(self, owner_id: int, peer_key: int, number: int) -> None:
        """Append messages by `SENDER` to a chat in a box; every one has a word of each list, `RARE` also ``rare``."""
        state = self._state(owner_id)
        first, first_content = state.last_message_id + 1, self._content_ids
        self._content_ids += number
        whole = {"message_id": first, "content_id": first_content, "pts": state.pts + 1, "date": _DATE + first}
        self._write_block(owner_id, peer_key, whole, min(number, _BLOCK))
        made = min(number, _BLOCK)
        while made < number:
            copied = min(made, _COPIED, number - made)
            self._run(
                (_copy(contents, {"content_id": first_content}, copied, made, ("content_id", "date")), None),
                (
                    _copy(
                        boxes,
                        {"message_id": first, "owner_id": owner_id},
                        copied,
                        made,
                        ("message_id", "content_id", "date", "pts"),
                    ),
                    None,
                ),
                (
                    _copy(message_terms, {"message_id": first, "owner_id": owner_id}, copied, made, ("message_id",)),
                    None,
                ),
            )
            made += copied
        rare = range(first, first + number, max(1, number // RARE))[:RARE]
        words = [("once", first), *(("rare", message_id) for message_id in rare)]
        terms = [{"owner_id": owner_id, "term": term, "message_id": i, "peer_key": peer_key} for term, i in words]
        self._run((sa.insert(message_terms), terms))
        self._end(owner_id, peer_key, first + number - 1, state.pts + number, number)

    def _state(self, owner_id: int) -> Any:
        statement = sa.select(box_states).where(box_states.c.owner_id == owner_id)
        return run(self._services, lambda ctx: ctx.db.first(statement), writes=False)[0]

    def _write_block(self, owner_id: int, peer_key: int, first: dict[str, int], number: int) -> None:
        stored = [_message(i) for i in range(number)]
        entry = {"owner_id": owner_id, "peer_key": peer_key, "sender_id": SENDER}
        self._run(
            (
                sa.insert(contents),
                [
                    {
                        "content_id": first["content_id"] + i,
                        "sender_id": SENDER,
                        "date": first["date"] + i,
                        "message": tl.encode(m),
                    }
                    for i, m in enumerate(stored)
                ],
            ),
            (
                sa.insert(boxes),
                [{**entry, **{name: start + i for name, start in first.items()}} for i in range(number)],
            ),
            (
                sa.insert(message_terms),
                [
                    {"owner_id": owner_id, "term": term, "message_id": first["message_id"] + i, "peer_key": peer_key}
                    for i, m in enumerate(stored)
                    for term in terms_of(m)
                ],
            ),
        )

    def _end(self, owner_id: int, peer_key: int, last: int, pts: int, number: int) -> None:
        top = {"top_message_id": last, "top_message_date": _DATE + last, "message_count": number}
        mine = sa.and_(dialogs.c.owner_id == owner_id, dialogs.c.peer_key == peer_key)
        made = {"owner_id": owner_id, "peer_key": peer_key, **top}
        self._run(
            (
                sa.update(box_states).where(box_states.c.owner_id == owner_id).values(pts=pts, last_message_id=last),
                None,
            ),
            (sa.delete(dialogs).where(mine), None),
            (sa.insert(dialogs), [made]),
        )

    def analyze(self) -> None:
        """What a database knows about a table after it has been used for a while."""
        if self._services.database.dialect == "mysql":
            names = ", ".join(table.name for table in (boxes, contents, message_terms, dialogs, users))
            self._run((sa.text(f"ANALYZE TABLE {names}"), None))


def _message(number: int) -> api.Message:
    text = f"{_WORDS[number % 8]} {_OTHER_WORDS[number // 8 % 8]}"
    return api.Message(id=0, peer_id=api.PeerUser(user_id=0), date=0, message=text)


def _copy(table: sa.Table, first: dict[str, int], number: int, ahead: int, moved: tuple[str, ...]) -> sa.sql.dml.Insert:
    """Copy the ``number`` rows from ``first`` on, the ``moved`` columns ``ahead`` of the originals."""
    source = table.alias()
    columns = [source.c[c.name] + ahead if c.name in moved else source.c[c.name] for c in table.columns]
    name, *others = first
    where = [source.c[name] >= first[name], source.c[name] < first[name] + number]
    where += [source.c[other] == first[other] for other in others]
    return sa.insert(table).from_select([c.name for c in table.columns], sa.select(*columns).where(*where))


def give_memory(server_url: str) -> None:
    """Let a MariaDB server of ours have the memory of a small one; its default is for a toy."""
    server = make_url(server_url)
    with contextlib.closing(
        pymysql.connect(host=server.host, port=server.port or 0, user="root", ssl_disabled=True, autocommit=True)
    ) as connection:
        connection.query(f"SET GLOBAL innodb_buffer_pool_size = {2 << 30}")
        connection.query(f"SET GLOBAL innodb_log_file_size = {1 << 30}")


class Work:
    """Counts what a database does for the calls inside a ``with``, whatever else the machine does.

    On MariaDB (``unit`` rows) the rows that it read; on SQLite (steps) those of its machine, to the hundred.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self.unit = "steps" if self._is_sqlite else "rows"
        self.taken = 0

    def __enter__(self) -> Self:
        sa.event.listen(self._engine, "checkout", self._begin)
        sa.event.listen(self._engine, "checkin", self._end)
        return self

    def __exit__(self, *_exception: object) -> None:
        sa.event.remove(self._engine, "checkout", self._begin)
        sa.event.remove(self._engine, "checkin", self._end)

    def _begin(self, connection: Any, record: Any, _proxy: object) -> None:
        if self._is_sqlite:
            connection.set_progress_handler(self._step, _STEPS)
        else:
            before = _rows_read(connection)
            # Looking is itself counted.
            record.info["read"] = 2 * _rows_read(connection) - before

    def _end(self, connection: Any, record: Any) -> None:
        if self._is_sqlite:
            connection.set_progress_handler(None, 0)
        elif "read" in record.info:
            self.taken += _rows_read(connection) - record.info.pop("read")

    def _step(self) -> int:
        self.taken += _STEPS
        return 0


def _rows_read(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read%'")
        return sum(int(value) for _name, value in cursor.fetchall())
