"""Connections and transactions.

The driver is kept in autocommit and a transaction is begun and ended by hand: a reading method then costs no BEGIN and
COMMIT round trips, and a writing one on SQLite begins IMMEDIATE, which avoids the upgrade from a read lock that SQLite
can only refuse.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, Final, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from layers.database.drivers import make_engine, parse_url
from layers.database.failures import CommitUnknown, configuration_error, is_outage, is_transient, notice_disconnects
from layers.telemetry import get_logger

T = TypeVar("T")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_ATTEMPTS: Final = 5

logger = get_logger("database")


class Transaction:
    """One unit of work: every statement of a method, committed or rolled back together.

    ``statements`` counts what was sent to the server, for tests that pin the number of queries.
    """

    __slots__ = ("_after_commit", "_connection", "dialect", "statements")

    def __init__(self, connection: sa.Connection, dialect: str) -> None:
        self._connection = connection
        self.dialect = dialect
        self.statements = 0
        self._after_commit: list[Callable[[], None]] = []

    def execute(self, statement: sa.Executable, parameters: Parameters | None = None) -> sa.CursorResult[Any]:
        """Run one statement; a list of parameter rows, which name the same columns, makes it one batch."""
        self.statements += 1
        if isinstance(parameters, list) and len({len(row) for row in parameters}) > 1:
            # SQLAlchemy takes the columns of the first row and would drop what only others have.
            raise ValueError("the rows of a batch must name the same columns")
        return cast("sa.CursorResult[Any]", self._connection.execute(statement, parameters))

    def rows(self, statement: sa.Executable, parameters: Parameters | None = None) -> Sequence[sa.Row[Any]]:
        """All rows of a query."""
        return self.execute(statement, parameters).all()

    def first(self, statement: sa.Executable, parameters: Parameters | None = None) -> sa.Row[Any] | None:
        """The first row of a query, or None."""
        return self.execute(statement, parameters).first()

    def scalar(self, statement: sa.Executable, parameters: Parameters | None = None) -> Any:
        """The first column of the first row, or None."""
        return self.execute(statement, parameters).scalar()

    def scalars(self, statement: sa.Executable, parameters: Parameters | None = None) -> Sequence[Any]:
        """The first column of every row."""
        return self.execute(statement, parameters).scalars().all()

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run ``action`` once the work is committed, in order; never when it is rolled back."""
        self._after_commit.append(action)

    def run_after_commit(self) -> None:
        """Called by `Database.transaction` after COMMIT. What fails is logged: the work itself is done."""
        for action in self._after_commit:
            try:
                action()
            except Exception as error:
                if is_outage(error):
                    logger.warning("not told after the commit", reason=str(error))
                else:
                    logger.exception("an action after the commit failed")


class Database:
    """A pool of connections to one server or file."""

    def __init__(self, url: sa.URL, *, pool_size: int) -> None:
        self.url = url
        self.engine = make_engine(url, pool_size=pool_size)
        self.dialect: str = self.engine.dialect.name
        # SQLite lets one writer in at a time and makes the others poll; queueing here is fair and costs nothing.
        self._writer = _WriterLock() if self.dialect == "sqlite" else nullcontext()
        self._begin = "BEGIN IMMEDIATE" if self.dialect == "sqlite" else "BEGIN"
        if self.dialect == "mysql":
            notice_disconnects(self.engine)

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Transaction]:
        """Open a unit of work; ``writes`` says that it may change rows (and so needs BEGIN and COMMIT).

        Raises:
            CommitUnknown: the connection was lost during COMMIT.
        """
        if writes:
            with self._writer, self.engine.connect() as connection:
                transaction = Transaction(connection, self.dialect)
                with self._begun(connection):
                    yield transaction
        else:
            with self.engine.connect() as connection:
                transaction = Transaction(connection, self.dialect)
                yield transaction
        transaction.run_after_commit()

    @contextmanager
    def _begun(self, connection: sa.Connection) -> Iterator[None]:
        connection.exec_driver_sql(self._begin)
        try:
            yield
        except Exception:
            _roll_back(connection)
            raise
        except BaseException:
            # Interrupted anywhere, perhaps in the middle of an answer: this connection cannot be used again.
            connection.invalidate()
            raise
        try:
            connection.exec_driver_sql("COMMIT")
        except DBAPIError as error:
            if error.connection_invalidated:
                raise CommitUnknown("the connection was lost during COMMIT") from error
            _roll_back(connection)
            raise

    def run(self, work: Callable[[Transaction], T], *, writes: bool) -> T:
        """Run ``work`` in a transaction and commit it; again from the start when that can help.

        That is after a deadlock, a lost connection, or a race for a unique key. ``work`` keeps nothing between runs and
        acts outside the transaction only after its commit.
        """
        attempt = 1
        while True:
            try:
                with self.transaction(writes=writes) as transaction:
                    result = work(transaction)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or not (is_transient(error) or isinstance(error, IntegrityError)):
                    raise
                attempt += 1
            else:
                return result

    @contextmanager
    def maintenance(self) -> Iterator[sa.Connection]:
        """A connection of its own that waits minutes for locks and runs statements of any length: for migrations."""
        engine = make_engine(self.url, pool_size=1, patient=True)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    def check(self) -> None:
        """Raise `ConfigurationError` when the server cannot be reached or refuses us."""
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except DBAPIError as error:
            raise configuration_error(self.url, error) from error

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


class _WriterLock:
    """Lets one thread write at a time and refuses to nest, which would wait for itself."""

    __slots__ = ("_lock", "_owner")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("this thread has a writing transaction open already")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_exception: object) -> None:
        self._owner = None
        self._lock.release()


def _roll_back(connection: sa.Connection) -> None:
    """Undo the work; a connection that cannot is dropped, which undoes it as well."""
    if connection.invalidated:
        return
    try:
        connection.exec_driver_sql("ROLLBACK")
    except SQLAlchemyError:
        connection.invalidate()


def open_database(url: str, *, pool_size: int = 16) -> Database:
    """Open ``sqlite:///file`` or ``mysql+pymysql://user:password@host/name``; nothing is contacted yet.

    For MySQL ``?tls=disabled|required`` chooses encryption; the default is required except on loopback.
    ``tls_ca=FILE`` names the authorities that may have signed the server's certificate; the default is the system's.

    Raises:
        ConfigurationError: the URL cannot be used.
    """
    return Database(parse_url(url), pool_size=pool_size)
