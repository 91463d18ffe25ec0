"""What happens when the database goes away, deadlocks, or cannot be used at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from layers.database import CommitUnknown, Database, Transaction, open_database
from layers.errors import ConfigurationError
from layers.schema.base import big, table
from localstack.process import Process

counters = table("contract_counters", big("id", primary_key=True, autoincrement=False), big("value"))
counters.metadata.remove(counters)

CONNECTION_ID = sa.text("SELECT CONNECTION_ID()")


@pytest.fixture(scope="module")
def opened(mysql_driver_url: str) -> Iterator[Database]:
    database = open_database(mysql_driver_url, pool_size=4)
    counters.create(database.engine, checkfirst=True)
    yield database
    database.close()


@pytest.fixture
def mariadb(opened: Database) -> Database:
    with opened.transaction(writes=True) as db:
        db.execute(sa.delete(counters))
        db.execute(sa.insert(counters), [{"id": 1, "value": 0}, {"id": 2, "value": 0}])
    return opened


def values(database: Database) -> list[int]:
    with database.transaction(writes=False) as db:
        return list(db.scalars(sa.select(counters.c.value).order_by(counters.c.id)))


def increment(db: Transaction, counter: int) -> None:
    db.scalar(sa.select(counters.c.value).where(counters.c.id == counter).with_for_update())
    db.execute(sa.update(counters).where(counters.c.id == counter).values(value=counters.c.value + 1))


def kill(database: Database, connection_id: int) -> None:
    with database.engine.connect() as other:
        other.exec_driver_sql(f"KILL {connection_id}")


# Deadlocks and locks


def test_a_deadlock_is_broken_and_both_works_are_done(mariadb: Database) -> None:
    meeting = threading.Barrier(2)
    runs: list[int] = []

    def work(first: int, second: int) -> None:
        met = False

        def attempt(db: Transaction) -> None:
            nonlocal met
            runs.append(first)
            increment(db, first)
            if not met:
                met = True
                meeting.wait(10)
            increment(db, second)

        mariadb.run(attempt, writes=True)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work, 1, 2), pool.submit(work, 2, 1)]:
            done.result(20)
    assert values(mariadb) == [2, 2]
    assert len(runs) == 3, "the one that the server chose ran twice"


def test_a_locked_row_is_refused_to_who_will_not_wait(mariadb: Database) -> None:
    locking = sa.select(counters.c.value).where(counters.c.id == 1).with_for_update(nowait=True)
    with mariadb.transaction(writes=True) as db:
        db.scalar(locking)
        with pytest.raises(DBAPIError), mariadb.transaction(writes=True) as other:
            other.scalar(locking)
        with mariadb.transaction(writes=True) as other:
            increment(other, 2)
    assert values(mariadb) == [0, 1]


def test_sqlite_refuses_to_wait_for_itself(sqlite_database_url: str) -> None:
    database = open_database(sqlite_database_url)
    with (
        pytest.raises(RuntimeError, match="open already"),
        database.transaction(writes=True),
        database.transaction(writes=True),
    ):
        pass
    with database.transaction(writes=True):
        pass
    database.close()


# Lost connections


@pytest.mark.parametrize("writes", [True, False])
def test_a_connection_lost_in_the_work_is_replaced_and_the_work_run_again(mariadb: Database, writes: bool) -> None:
    runs: list[int] = []

    def work(db: Transaction) -> int:
        runs.append(db.scalar(CONNECTION_ID))
        if writes:
            increment(db, 1)
        if len(runs) == 1:
            kill(mariadb, runs[0])
        return int(db.scalar(sa.select(counters.c.value).where(counters.c.id == 1)))

    assert mariadb.run(work, writes=writes) == int(writes)
    assert len(set(runs)) == 2
    assert values(mariadb) == [int(writes), 0]


def test_a_connection_lost_before_the_commit_is_not_run_again(mariadb: Database) -> None:
    runs: list[int] = []
    after: list[int] = []

    def work(db: Transaction) -> None:
        runs.append(1)
        increment(db, 1)
        db.after_commit(lambda: after.append(1))
        kill(mariadb, db.scalar(CONNECTION_ID))

    with pytest.raises(CommitUnknown):
        mariadb.run(work, writes=True)
    assert (len(runs), after) == (1, [])
    assert values(mariadb) == [0, 0]


def test_an_error_of_ours_is_not_masked_by_a_lost_connection(mariadb: Database) -> None:
    def work(db: Transaction) -> None:
        kill(mariadb, db.scalar(CONNECTION_ID))
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        mariadb.run(work, writes=True)


def test_idle_connections_that_the_server_closed_are_replaced(mariadb: Database) -> None:
    def hold(_: int) -> int:
        with mariadb.transaction(writes=False) as db:
            number = db.scalar(CONNECTION_ID)
            together.wait(10)
            return int(number)

    together = threading.Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        idle = set(pool.map(hold, range(3)))
    assert len(idle) == 3
    with mariadb.transaction(writes=False) as db:
        own = db.scalar(CONNECTION_ID)
        for number in idle - {own}:
            db.execute(sa.text(f"KILL {number}"))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: mariadb.run(lambda db: increment(db, 1), writes=True), range(6)))
    assert values(mariadb) == [6, 0]


def test_a_server_that_was_started_again_is_used_again(start_part: Callable[[str], Process]) -> None:
    server = start_part("mariadb")
    url = make_url(server.url).set(database="mysql")
    database = open_database(url.render_as_string(hide_password=False))
    assert database.run(lambda db: db.scalar(sa.text("SELECT 1")), writes=False) == 1
    server.kill()
    with pytest.raises(DBAPIError):
        database.run(lambda db: db.scalar(sa.text("SELECT 1")), writes=False)
    with pytest.raises(ConfigurationError, match="is the server running"):
        database.check()
    server.start()
    assert database.run(lambda db: db.scalar(sa.text("SELECT 1")), writes=True) == 1
    database.close()


# What cannot be used


def problem(url: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        database = open_database(url)
        try:
            database.check()
        finally:
            database.close()
    text = str(caught.value)
    assert "\n" not in text
    assert "secret" not in text
    return text


@pytest.mark.parametrize(
    ("user", "host", "name", "fix"),
    [
        ("root:secret", None, "mysql", "check user and password"),
        ("nobody:secret", None, "mysql", "check user and password"),
        ("root", "no-such-host.invalid", "mysql", "check the host name"),
        ("root", None, "no_such_database", "create the database"),
    ],
)
def test_a_server_that_refuses(mariadb_url: str, user: str, host: str | None, name: str, fix: str) -> None:
    server = make_url(mariadb_url)
    text = problem(f"mysql+pymysql://{user}@{host or server.host}:{server.port}/{name}?tls=disabled")
    assert fix in text


def test_a_server_without_tls_is_not_used_in_plain_text_unless_told(mariadb_url: str) -> None:
    server = make_url(mariadb_url)
    text = problem(f"mysql+pymysql://root@{server.host}:{server.port}/mysql?tls=required")
    assert "tls=disabled" in text


def test_a_port_that_nobody_listens_on() -> None:
    assert "is the server running" in problem("mysql+pymysql://root:secret@127.0.0.1:1/name")


@pytest.mark.parametrize(
    ("url", "fix"),
    [
        ("", "sqlite:///FILE"),
        ("cirrusgram.db", "sqlite:///FILE"),
        ("sqlite://", "sqlite:///FILE"),
        ("sqlite:///:memory:", "sqlite:///FILE"),
        ("sqlite+aiosqlite:///file", "sqlite:///FILE"),
        ("postgresql://user:secret@host/name", "mysql+pymysql://"),
        ("mysql+asyncmy://user:secret@host/name", "mysql+pymysql"),
        ("mysql://user:secret@host", "name a database"),
        ("mysql://user:secret@host:port/name", "mysql+pymysql://"),
        ("mysql://user:secret@host/name?tls=maybe", "required"),
        ("mysql://user:secret@host/name?tls_ca=/no/such/file", "PEM file"),
        (f"mysql://user:secret@host/name?tls_ca={__file__}", "no certificates"),
    ],
)
def test_a_url_that_cannot_be_used(url: str, fix: str) -> None:
    assert fix in problem(url)


def test_sqlite_files_that_cannot_be_used(tmp_path: Path) -> None:
    assert "directory must exist" in problem(f"sqlite:///{tmp_path}/missing/file.db")
    (tmp_path / "text.db").write_text("this is not a database, though long enough to have a header")
    assert "not exist yet" in problem(f"sqlite:///{tmp_path}/text.db")


@pytest.mark.parametrize("scheme", ["mysql", "mariadb", "mysql+pymysql", "mariadb+pymysql"])
def test_every_spelling_of_the_scheme(mariadb_url: str, scheme: str) -> None:
    server = make_url(mariadb_url)
    database = open_database(f"{scheme}://root@{server.host}:{server.port}/mysql")
    database.check()
    assert database.dialect == "mysql"
    database.close()


def test_sessions_are_strict_and_read_what_is_committed(mariadb: Database) -> None:
    with mariadb.transaction(writes=False) as db:
        modes = str(db.scalar(sa.text("SELECT @@sql_mode")))
        # MySQL and older MariaDB name it differently.
        isolation = str(
            db.rows(sa.text("SHOW VARIABLES WHERE Variable_name RLIKE '^(tx|transaction)_isolation$'"))[0][1]
        )
        charset = str(db.scalar(sa.text("SELECT @@character_set_connection")))
    assert "STRICT_ALL_TABLES" in modes
    assert (isolation, charset) == ("READ-COMMITTED", "utf8mb4")
