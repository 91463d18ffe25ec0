"""Databases with the schema in them, quickly: made once, and emptied between tests.

The engine is kept with each: its connections, and the statements it has compiled. Compiling them for each test anew
would be a fifth of all that a test of functions costs.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    # Otherwise imported at first use: the tests of what needs no database shall not need it to import.
    from layers.database import Database


class Chosen:
    """What `--database` chose, for the test that runs: set by `tests/conftest.py`, read by `tests.harness`."""

    databases: ClassVar[Databases]


class Databases:
    """Lends each harness directory an empty database, the same one when a directory is opened again.

    Args:
        make_url: the URL of a new place for a database, which nothing is in yet.
    """

    def __init__(self, make_url: Callable[[], str]) -> None:
        self._make_url = make_url
        self._free: list[Database] = []
        self._lent: dict[Path, Database] = {}

    def lend(self, directory: Path) -> Database:
        """The directory's database. It may be closed, and is open again when it is used."""
        if directory not in self._lent:
            self._lent[directory] = self._free.pop() if self._free else self._new()
        # A copy: what a test replaces in it goes with the test.
        return copy.copy(self._lent[directory])

    def release(self) -> None:
        """Forget what the test did."""
        while self._lent:
            _, database = self._lent.popitem()
            _empty(database)
            self._free.append(database)

    def close(self) -> None:
        """Close them all; who gave the places removes them."""
        for database in (*self._free, *self._lent.values()):
            database.close()

    def _new(self) -> Database:
        from layers.database import open_database
        from layers.schema import metadata

        # Of the tables as they are written now: that the migrations make the same is tested once, in tests/contract.
        database = open_database(self._make_url())
        metadata.create_all(database.engine)
        return database


def _empty(database: Database) -> None:
    """Delete all rows, and count from one again where SQLite counts."""
    from layers.schema import metadata

    pool: Any = database.engine.pool
    if pool.checkedout():
        # A transaction that a failed test left open would keep its locks: end it.
        database.close()
    names = [*metadata.tables, *(["sqlite_sequence"] if database.dialect == "sqlite" else [])]
    filled = " UNION ALL ".join(f"SELECT '{name}' FROM (SELECT 1 FROM {name} LIMIT 1) AS found" for name in names)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        for name in connection.exec_driver_sql(filled).scalars().all():
            connection.exec_driver_sql(f"DELETE FROM {name}")
        connection.exec_driver_sql("COMMIT")
