"""Bring a database's schema up to date: https://alembic.sqlalchemy.org/.

Any number of nodes may do it at once. One migrates under a lock, the others wait for it and find nothing left to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from layers.database import Database
from layers.database.drivers import PATIENCE_S
from layers.database.failures import configuration_error, error_code
from layers.errors import ConfigurationError
from layers.migrations.revisions import FOLDER, VERSION_TABLE, VERSIONS, known, newest

_NO_SUCH_TABLE_MYSQL: Final = 1146
_SELECT_VERSION: Final = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 - a constant


def migrate(database: Database) -> list[str]:
    """Apply the revisions that a database lacks; returns their numbers, the oldest first.

    When there is nothing to do it costs one query.

    Raises:
        ConfigurationError: the database is newer than this program, holds tables of somebody else, or refuses.
    """
    try:
        with database.engine.connect() as connection:
            if _version(connection) == newest():
                return []
        with database.maintenance() as connection, _locked(connection):
            before = _version(connection)
            if before == newest():
                return []
            if before is None:
                _clear_interrupted_start(connection)
            _upgrade(connection)
    except DBAPIError as error:
        raise configuration_error(database.url, error) from error
    return [revision for revision in known() if before is None or revision > before]


def _version(connection: sa.Connection) -> str | None:
    """The revision a database is at, None when it has none yet."""
    try:
        version: str | None = connection.exec_driver_sql(_SELECT_VERSION).scalar()
    except DBAPIError as error:
        if error_code(error) == _NO_SUCH_TABLE_MYSQL or "no such table" in str(error.orig):
            return None
        raise
    if version is not None and version not in known():
        raise ConfigurationError(
            f"the database schema ({version}) is newer than this program ({newest()}): install the newer program"
        )
    return version


@contextmanager
def _locked(connection: sa.Connection) -> Iterator[None]:
    """Hold the only right to migrate this database, and commit at the end where DDL can be rolled back."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")
        return
    name = _lock_name(connection)
    if connection.execute(sa.select(sa.func.get_lock(name, PATIENCE_S))).scalar() != 1:
        raise ConfigurationError(
            f"another program has been migrating the database for {PATIENCE_S} s: see what it does"
        )
    try:
        yield
    finally:
        # A lost connection has released it already.
        if not connection.invalidated:
            connection.execute(sa.select(sa.func.release_lock(name))).scalar()


def _lock_name(connection: sa.Connection) -> str:
    """Named after the database: lock names are the whole server's, and hold 64 characters."""
    database = str(connection.engine.url.database)
    return "cirrusgram_migrate_" + hashlib.sha256(database.encode()).hexdigest()[:32]


def _clear_interrupted_start(connection: sa.Connection) -> None:
    """Drop the empty tables of a first migration that MySQL, without transactions over DDL, kept a part of.

    Raises:
        ConfigurationError: the tables are not of a first migration, or hold something.
    """
    inspector = sa.inspect(connection)
    tables = inspector.get_table_names()
    interrupted = VERSION_TABLE in tables
    tables = [name for name in tables if name != VERSION_TABLE]
    quote = connection.dialect.identifier_preparer.quote
    in_use = any(
        connection.exec_driver_sql(f"SELECT 1 FROM {quote(name)} LIMIT 1").first() is not None  # noqa: S608 - quoted
        for name in tables
    )
    if in_use or (tables and not interrupted):
        raise ConfigurationError(
            f"the database holds tables ({', '.join(sorted(tables)[:3])}, …) but no schema version: use an empty one"
        )
    for name in tables:
        connection.exec_driver_sql(f"DROP TABLE {quote(name)}")


def alembic_config(versions: Path = VERSIONS, **attributes: Any) -> Any:
    """Alembic's configuration, made here instead of in an `alembic.ini`; ``attributes`` reach `env.py`."""
    from alembic.config import Config

    config = Config(attributes=attributes)
    for name, value in {
        "script_location": str(FOLDER),
        "version_locations": str(versions),
        "path_separator": "newline",
        "file_template": "v%(rev)s_%(slug)s",
    }.items():
        config.set_main_option(name, value.replace("%", "%%"))
    return config


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection=connection), "head")
