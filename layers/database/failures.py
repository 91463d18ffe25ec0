"""What a database error means: may the work be run again, and what should the operator do?"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from layers.errors import ConfigurationError, Unavailable

# InnoDB rolled the work back, or gave up waiting: lock wait timeout, deadlock.
_TRANSIENT_MYSQL: Final = frozenset({1205, 1213})
# The server shuts down; became a read-only replica by failover; MariaDB killed the connection.
_DISCONNECTED_MYSQL: Final = frozenset({1053, 1290, 1836, 1927})
# No server there, the connection broke, too many connections; the server starts.
_UNREACHABLE_MYSQL: Final = frozenset({1040, 2002, 2003, 2005, 2006, 2013, 2014, 2055})
# The disk is full, a file cannot be written, the tablespace is full.
_FULL_MYSQL: Final = frozenset({1021, 1026, 1114})
_FULL_SQLITE: Final = ("database or disk is full", "disk I/O error", "attempt to write a readonly database")
_LOCKED_SQLITE: Final = ("database is locked", "database table is locked", "database schema is locked")

_MYSQL_FIXES: Final = {
    1044: "grant the user access to this database",
    1045: "check user and password",
    1698: "check user and password",
    1049: "create the database, or correct its name",
    1142: "grant the user SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP and INDEX on this database",
    1040: "raise the server's max_connections",
    1130: "allow this machine's address for the user",
    1226: "raise the user's connection limit",
    2002: "is the server running and the address right?",
    2003: "is the server running and the address right?",
    2005: "check the host name",
    2026: "the server's certificate is not trusted: name its authority by ?tls_ca=FILE; ?tls=disabled is plain text",
}
_CONNECT_CAUSES: Final = (("Name or service not known", 2005), ("[SSL", 2026))
_SQLITE_FIXES: Final = {
    "unable to open database file": "the directory must exist and be writable",
    "file is not a database": "name a SQLite file or one that does not exist yet",
    "readonly database": "make the file and its directory writable",
    "database is locked": "another process is using the file",
    "disk I/O error": "check the disk",
    "disk is full": "make room on the disk",
}


class CommitUnknown(Unavailable):
    """The connection was lost during COMMIT: the work is done or is not, so it must not simply be run again."""


def is_transient(error: DBAPIError) -> bool:
    """True for deadlocks, lock waits and lost connections: nothing was committed and the whole work may run again."""
    return error.connection_invalidated or error_code(error) in _TRANSIENT_MYSQL or is_locked(error)


def is_outage(error: BaseException) -> bool:
    """True when a part of the deployment does not answer or has no room: nothing that a traceback would explain."""
    if isinstance(error, DBAPIError):
        gone = error.connection_invalidated or error_code(error) in _UNREACHABLE_MYSQL | _DISCONNECTED_MYSQL
        return gone or is_full(error)
    return isinstance(error, Unavailable | PoolTimeout)


def is_full(error: DBAPIError) -> bool:
    """True when the database could not write: no room, or no right to."""
    return error_code(error) in _FULL_MYSQL or str(error.orig).startswith(_FULL_SQLITE)


def outage_reason(error: BaseException) -> str:
    """What a log line says of an outage; nothing of what the statement held."""
    if isinstance(error, DBAPIError) and error_code(error) is None:
        return str(error.orig)
    if isinstance(error, DBAPIError):
        return f"{type(error).__name__} {error_code(error)}"
    return type(error).__name__


def is_locked(error: DBAPIError) -> bool:
    """True when SQLite waited its busy timeout in vain."""
    return str(error.orig).startswith(_LOCKED_SQLITE)


def error_code(error: DBAPIError) -> int | None:
    """The server's error number; None for SQLite."""
    arguments = error.orig.args if error.orig is not None else ()
    return arguments[0] if arguments and isinstance(arguments[0], int) else None


def notice_disconnects(engine: sa.Engine) -> None:
    """Have SQLAlchemy drop connections after errors of a server that is going away, besides those it knows itself."""

    def handle(context: ExceptionContext) -> None:
        arguments = getattr(context.original_exception, "args", ())
        if arguments and arguments[0] in _DISCONNECTED_MYSQL:
            context.is_disconnect = True

    event.listen(engine, "handle_error", handle)


def configuration_error(url: URL, error: DBAPIError) -> ConfigurationError:
    """The one line for an operator: which database, what it said, what to do; without the password."""
    where = url.render_as_string(hide_password=True)
    code = error_code(error)
    said = str(error.orig.args[-1] if code is not None and error.orig is not None else error.orig)
    said = said.splitlines()[0] if said else "unknown error"
    if code is not None:
        fix = _MYSQL_FIXES.get(code, f"error {code}")
        if code == 2003:
            # pymysql has one number for all that keeps it from connecting.
            fix = next((_MYSQL_FIXES[number] for text, number in _CONNECT_CAUSES if text in said), fix)
    else:
        fix = next((fix for text, fix in _SQLITE_FIXES.items() if text in said), "check the database file")
    return ConfigurationError(f"database {where}: {said} ({fix})")
