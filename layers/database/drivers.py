"""SQLAlchemy engines for the databases we run on: which driver, which session settings, how many connections.

Every connection is in autocommit; `layers.database.engine` begins and ends transactions by hand. A *patient* engine is
for maintenance (migrations): one connection at a time, waiting minutes for a lock, without a limit on a statement.
"""

from __future__ import annotations

import sqlite3
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from layers.errors import ConfigurationError

PATIENCE_S: Final = 300
"""How long a maintenance connection waits for a lock."""

_SQLITE_BUSY_TIMEOUT_S: Final = 10
_SQLITE_STATEMENT_CACHE: Final = 512
_WAL_ATTEMPTS: Final = 20
_WAL_PAUSE_S: Final = 0.005
_CONNECT_TIMEOUT_S: Final = 5
_STATEMENT_TIMEOUT_S: Final = 30
_LOCK_WAIT_TIMEOUT_S: Final = 10
_RECYCLE_S: Final = 1800
_COMPILED_CACHE_SIZE: Final = 2000
_LOOPBACK: Final = frozenset({None, "", "localhost", "127.0.0.1", "::1"})
_MYSQL_DRIVERS: Final = ("pymysql", "mysqldb")
_FORMS: Final = "use sqlite:///FILE or mysql+pymysql://USER:PASSWORD@HOST/NAME"


def parse_url(text: str) -> URL:
    """A database URL of a kind we run on.

    ``mariadb://`` is read as ``mysql://`` (one dialect serves both, and recognises the server), and a MySQL URL without
    a driver means pymysql.

    Raises:
        ConfigurationError: it is not a URL, names another database, or leaves out what that kind needs.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(f"database URL cannot be read: {_FORMS}") from error
    shown = url.render_as_string(hide_password=True)
    backend, _, driver = url.drivername.partition("+")
    if backend == "sqlite" and driver in {"", "pysqlite"}:
        if url.database in {None, "", ":memory:"}:
            raise ConfigurationError(f"database URL {shown!r}: SQLite needs a file, as in sqlite:///FILE")
        return url
    if backend in {"mysql", "mariadb"}:
        driver = driver or _MYSQL_DRIVERS[0]
        if driver not in _MYSQL_DRIVERS:
            raise ConfigurationError(f"database URL {shown!r}: use the driver mysql+pymysql or mysql+mysqldb")
        if not url.database:
            raise ConfigurationError(f"database URL {shown!r}: name a database, as in mysql+pymysql://USER@HOST/NAME")
        return url.set(drivername=f"mysql+{driver}")
    raise ConfigurationError(f"database URL {shown!r}: {_FORMS}")


def make_engine(url: URL, *, pool_size: int, patient: bool = False) -> sa.Engine:
    """An engine for a URL from `parse_url`; nothing is contacted yet."""
    options: dict[str, Any] = {
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
        "query_cache_size": _COMPILED_CACHE_SIZE,
    }
    if patient:
        options["poolclass"] = NullPool
    else:
        options |= {"pool_size": pool_size, "max_overflow": pool_size, "pool_use_lifo": True}
    try:
        return _sqlite(url, options, patient) if url.get_backend_name() == "sqlite" else _mysql(url, options, patient)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        hint = "pip install mysqlclient, or use mysql+pymysql" if "MySQLdb" in str(error) else _FORMS
        raise ConfigurationError(f"database URL cannot be used ({str(error).splitlines()[0]}): {hint}") from error


def _sqlite(url: URL, options: dict[str, Any], patient: bool) -> sa.Engine:
    arguments: dict[str, Any] = {
        "check_same_thread": False,
        "timeout": PATIENCE_S if patient else _SQLITE_BUSY_TIMEOUT_S,
        "cached_statements": _SQLITE_STATEMENT_CACHE,
    }
    engine = sa.create_engine(url, connect_args=arguments, **options)
    event.listen(engine, "connect", _use_wal)
    _on_connect(
        engine,
        # FULL: a reply to a sending method means that a power cut does not undo it.
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA case_sensitive_like=ON",
    )
    return engine


def _use_wal(connection: Any, _record: object) -> None:
    """Switch a new file to the write-ahead log; SQLite itself does not wait for another process that is doing so."""
    for attempt in range(1, _WAL_ATTEMPTS + 1):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if attempt == _WAL_ATTEMPTS or "locked" not in str(error):
                raise
            time.sleep(_WAL_PAUSE_S * attempt)
        else:
            return


def _mysql(url: URL, options: dict[str, Any], patient: bool) -> sa.Engine:
    tls = url.query.get("tls", "disabled" if url.host in _LOOPBACK else "required")
    if tls not in {"disabled", "required"}:
        raise ConfigurationError(f"database URL: tls must be 'disabled' or 'required', not {tls!r}")
    authorities = url.query.get("tls_ca")
    if not (authorities is None or (isinstance(authorities, str) and Path(authorities).is_file())):
        raise ConfigurationError(f"database URL: tls_ca must name a PEM file of certificates, not {authorities!r}")
    url = url.difference_update_query(["tls", "tls_ca"]).update_query_dict({"charset": "utf8mb4"})
    arguments: dict[str, Any] = {"connect_timeout": _CONNECT_TIMEOUT_S}
    if not patient:
        arguments |= {"read_timeout": _STATEMENT_TIMEOUT_S, "write_timeout": _STATEMENT_TIMEOUT_S}
    if tls == "required":
        arguments |= _tls(url.get_driver_name(), authorities)
    else:
        arguments |= {"ssl_disabled": True} if url.get_driver_name() == "pymysql" else {"ssl_mode": "DISABLED"}
    engine = sa.create_engine(url, connect_args=arguments, pool_recycle=_RECYCLE_S, **options)
    lock_wait_s = PATIENCE_S if patient else _LOCK_WAIT_TIMEOUT_S
    _on_connect(
        engine,
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        f"SET SESSION sql_mode='TRADITIONAL,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout={lock_wait_s},"
        f" lock_wait_timeout={lock_wait_s}",
    )
    return engine


def _tls(driver: str, authorities: str | None) -> dict[str, Any]:
    """Arguments that encrypt, and check the server's certificate against the named authorities or the system's."""
    if driver == "mysqldb":
        return {"ssl_mode": "VERIFY_IDENTITY", **({"ssl": {"ca": authorities}} if authorities else {})}
    try:
        # One context for every connection: building one per connect costs pymysql 20 ms and more.
        return {"ssl": ssl.create_default_context(cafile=authorities)}
    except ssl.SSLError as error:
        raise ConfigurationError(f"database URL: tls_ca {authorities!r} holds no certificates") from error


def _on_connect(engine: sa.Engine, *statements: str) -> None:
    def configure(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()

    listener: Callable[[Any, object], None] = configure
    event.listen(engine, "connect", listener)
