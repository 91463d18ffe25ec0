"""Statements that MySQL and SQLite spell differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite

from layers.database.engine import Parameters, Transaction

_DUPLICATE_ENTRY: Final = 1062

_INSERTED: Final = object()


def by_index(statement: sa.Select[Any], table: sa.FromClause, index: str) -> sa.Select[Any]:
    """Have MySQL and MariaDB walk a table along an index, "PRIMARY" or a named one.

    They know how many rows an owner has on average, not how many this one has: for a long history they take the walk
    through all of it for the shorter way. SQLite takes the index that most conditions name.
    """
    return statement.with_hint(table, f"FORCE INDEX ({index})", "mysql")


def upsert(
    tx: Transaction,
    table: sa.Table,
    rows: Parameters,
    *,
    update: Iterable[str] | Mapping[str, Any] = (),
    add: Mapping[str, int] | None = None,
) -> None:
    """Insert rows; where the primary key exists, update that row instead.

    ``update`` is either column names, which take the inserted values, or, with a single row, a mapping of column to
    expression. ``add``, with a single row too, names columns that grow by a number.
    """
    increments = dict(add or {})
    if (increments or isinstance(update, Mapping)) and not isinstance(rows, Mapping):
        # MySQL's drivers batch the rows of an insert by repeating VALUES, and have no parameters behind it.
        raise ValueError("a batch can only take the inserted values")
    if isinstance(update, Mapping):
        statement = _upsert(table, tx.dialect, dict(update), tuple(increments))
    else:
        statement = _named_upsert(table, tx.dialect, tuple(update), tuple(increments))
    if increments and isinstance(rows, Mapping):
        rows = {**rows, **{_increment(name): number for name, number in increments.items()}}
    tx.execute(statement, rows)


@cache
def _named_upsert(table: sa.Table, dialect: str, names: tuple[str, ...], increments: tuple[str, ...]) -> sa.Executable:
    """Built once for each shape: putting the expression together costs more than running it."""
    return _upsert(table, dialect, dict.fromkeys(names, _INSERTED), increments)


def _upsert(table: sa.Table, dialect: str, update: dict[str, Any], increments: tuple[str, ...]) -> sa.Executable:
    grown = {name: table.c[name] + sa.bindparam(_increment(name), type_=sa.Integer) for name in increments}
    if dialect == "sqlite":
        insert = sqlite.insert(table)
        values = {name: insert.excluded[name] if value is _INSERTED else value for name, value in update.items()}
        keys = [column.name for column in table.primary_key]
        return insert.on_conflict_do_update(index_elements=keys, set_=values | grown)
    insert_mysql = mysql.insert(table)
    values = {name: insert_mysql.inserted[name] if value is _INSERTED else value for name, value in update.items()}
    return insert_mysql.on_duplicate_key_update(**values, **grown)


def _increment(name: str) -> str:
    return f"add_{name}"


def insert_ignore(tx: Transaction, table: sa.Table, rows: Parameters) -> int:
    """Insert rows whose primary key (or a unique key) is not there yet; returns how many were inserted.

    Raises:
        sqlalchemy.exc.DataError: on MySQL, a value did not fit its column.
    """
    statement = _insert_ignore(table, tx.dialect)
    result = tx.execute(statement, rows)
    if tx.dialect == "sqlite":
        return result.rowcount
    # IGNORE also turns "too long" and "null" into warnings beside the one of each duplicate, and stores something else.
    duplicates = (1 if isinstance(rows, Mapping) else len(rows)) - result.rowcount
    if _warnings(result) > duplicates:
        found: Any = tx.rows(sa.text("SHOW WARNINGS"))
        said = [str(message) for _level, code, message in found if code != _DUPLICATE_ENTRY]
        raise sa.exc.DataError(str(statement), None, ValueError("; ".join(said)))
    return result.rowcount


@cache
def _insert_ignore(table: sa.Table, dialect: str) -> sa.Executable:
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return sa.insert(table).prefix_with("IGNORE")


def _warnings(result: sa.CursorResult[Any]) -> int:
    """How many warnings the last statement left: the drivers keep the number in different places."""
    context: Any = result.context
    count = getattr(context.cursor, "warning_count", None)
    if count is None:
        count = context.root_connection.connection.driver_connection.warning_count()
    return int(count)
