"""The database port means the same on every engine: what functions may rely on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from layers.database import Database, Transaction, insert_ignore, open_database, upsert
from layers.schema.base import big, flag, integer, table, text, tl

items = table(
    "contract_items",
    big("owner_id", primary_key=True, autoincrement=False),
    text("name", 32, primary_key=True),
    big("number", default=0),
    flag("marked"),
    integer("date", nullable=True),
    tl("value", nullable=True),
)
sequence = table(
    "contract_sequence",
    big("id", primary_key=True, autoincrement=True),
    text("name", 32, unique=True),
    sqlite_autoincrement=True,
)
for _table in (items, sequence):
    # Their own: the schema's metadata is compared with the migrations elsewhere.
    _table.metadata.remove(_table)

BIGGEST = 2**63 - 1
SMALLEST = -(2**63)


@pytest.fixture(scope="module")
def opened(database_url: str) -> Iterator[Database]:
    database = open_database(database_url, pool_size=8)
    for created in (items, sequence):
        created.create(database.engine, checkfirst=True)
    yield database
    database.close()


@pytest.fixture
def database(opened: Database) -> Database:
    with opened.transaction(writes=True) as db:
        db.execute(sa.delete(items))
        db.execute(sa.delete(sequence))
    return opened


def row(name: str = "a", **columns: Any) -> dict[str, Any]:
    return {"owner_id": 1, "name": name, **columns}


def names(database: Database) -> list[str]:
    with database.transaction(writes=False) as db:
        return list(db.scalars(sa.select(items.c.name).order_by(items.c.name)))


# Transactions


def test_what_was_written_is_there_after_the_commit(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row())
        assert db.scalar(sa.select(items.c.name)) == "a", "a unit of work reads its own writes"
        assert names(database) == [], "nobody sees what is not committed"
    assert names(database) == ["a"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_undoes_the_whole_work(database: Database, error: type[BaseException]) -> None:
    with pytest.raises(error), database.transaction(writes=True) as db:
        db.execute(sa.insert(items), [row("a"), row("b")])
        raise error
    assert names(database) == []
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row("c"))
    assert names(database) == ["c"]


def test_a_statement_that_fails_undoes_the_work_that_lets_it_out(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row("a"))
        db.execute(sa.insert(items), row("a"))
    assert names(database) == []


def test_a_statement_that_fails_may_be_caught(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row("a"))
        with pytest.raises(IntegrityError):
            db.execute(sa.insert(items), row("a"))
        db.execute(sa.insert(items), row("b"))
    assert names(database) == ["a", "b"]


def test_actions_after_the_commit_run_in_order_and_see_it(database: Database) -> None:
    seen: list[object] = []
    with database.transaction(writes=True) as db:
        db.after_commit(lambda: seen.append(names(database)))
        db.after_commit(lambda: seen.append("second"))
        db.execute(sa.insert(items), row())
        assert seen == []
    assert seen == [["a"], "second"]


def test_actions_may_write(database: Database) -> None:
    def write() -> None:
        with database.transaction(writes=True) as later:
            later.execute(sa.insert(items), row("b"))

    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row("a"))
        db.after_commit(write)
    assert names(database) == ["a", "b"]


def test_an_action_that_fails_neither_undoes_the_work_nor_stops_the_next(database: Database) -> None:
    seen: list[int] = []
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row())
        db.after_commit(lambda: seen.append(1 // 0))
        db.after_commit(lambda: seen.append(2))
    assert seen == [2]
    assert names(database) == ["a"]


def test_work_that_failed_has_no_actions(database: Database) -> None:
    seen: list[int] = []
    with pytest.raises(ValueError), database.transaction(writes=True) as db:
        db.after_commit(lambda: seen.append(1))
        raise ValueError
    assert seen == []


def test_statements_are_counted(database: Database) -> None:
    with database.transaction(writes=True) as db:
        assert db.statements == 0
        db.execute(sa.insert(items), [row("a"), row("b")])
        db.first(sa.select(items))
        db.rows(sa.select(items))
        db.scalar(sa.select(items.c.name))
        db.scalars(sa.select(items.c.name))
        assert db.statements == 5


def test_results(database: Database) -> None:
    with database.transaction(writes=True) as db:
        assert db.first(sa.select(items)) is None
        assert db.scalar(sa.select(items.c.number)) is None
        assert list(db.rows(sa.select(items))) == list(db.scalars(sa.select(items.c.name))) == []
        db.execute(sa.insert(items), [row("a", number=1), row("b", number=2)])
        query = sa.select(items.c.name, items.c.number).order_by(items.c.name.desc())
        assert [tuple(found) for found in db.rows(query)] == [("b", 2), ("a", 1)]
        first = db.first(query)
        assert first is not None
        assert (first.name, first.number) == ("b", 2)


def test_an_update_counts_the_rows_it_names_changed_or_not(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), [row("a", number=1), row("b", number=2)])
        assert db.execute(sa.update(items).values(number=1)).rowcount == 2
        assert db.execute(sa.delete(items).where(items.c.name == "a")).rowcount == 1


# Many at once


def test_no_update_is_lost(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row())

    def increment(db: Transaction) -> None:
        number = db.scalar(sa.select(items.c.number).with_for_update())
        db.execute(sa.update(items).values(number=number + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: database.run(increment, writes=True), range(80)))
    with database.transaction(writes=False) as db:
        assert db.scalar(sa.select(items.c.number)) == 80


def test_readers_are_not_held_up_by_a_writer(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row())
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(names, database).result(5) == []


def test_a_writer_waits_for_the_row_another_has_locked(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row())
    order: list[str] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with database.transaction(writes=True) as db:
            number = db.scalar(sa.select(items.c.number).with_for_update())
            order.append(f"second reads {number}")

    with ThreadPoolExecutor(1) as pool:
        with database.transaction(writes=True) as db:
            db.scalar(sa.select(items.c.number).with_for_update())
            waiting = pool.submit(second)
            assert started.wait(5)
            db.execute(sa.update(items).values(number=7))
            order.append("first is done")
        waiting.result(10)
    assert order == ["first is done", "second reads 7"]


def test_a_race_for_a_key_is_run_again_and_sees_the_winner(database: Database) -> None:
    runs: list[bool] = []

    def create(db: Transaction) -> None:
        found = db.scalar(sa.select(items.c.name))
        runs.append(found is not None)
        if len(runs) == 1:
            # Another connection wins between the look and the insert; on SQLite it must come before.
            with open_database(str(database.url.render_as_string(hide_password=False))).engine.connect() as other:
                if database.dialect == "sqlite":
                    raise IntegrityError("", None, ValueError("as if another process had won"))
                other.execute(sa.insert(items), row())
        if found is None:
            db.execute(sa.insert(items), row())

    database.run(create, writes=True)
    assert len(runs) == 2
    assert names(database) == ["a"]


def test_an_error_of_ours_is_not_run_again(database: Database) -> None:
    runs: list[int] = []

    def fail(_: Transaction) -> None:
        runs.append(1)
        raise ValueError

    with pytest.raises(ValueError):
        database.run(fail, writes=True)
    assert len(runs) == 1


def test_work_that_can_never_succeed_ends(database: Database) -> None:
    runs: list[int] = []

    def fail(db: Transaction) -> None:
        runs.append(1)
        db.execute(sa.insert(items), row())
        db.execute(sa.insert(items), row())

    with pytest.raises(IntegrityError):
        database.run(fail, writes=True)
    assert 1 < len(runs) < 10


# Statements


def test_insert_ignore_counts_what_it_inserted(database: Database) -> None:
    with database.transaction(writes=True) as db:
        assert insert_ignore(db, items, row("a", number=1)) == 1
        assert insert_ignore(db, items, row("a", number=2)) == 0
        assert insert_ignore(db, items, [row("a"), row("b"), row("c"), row("b")]) == 2
        assert insert_ignore(db, items, [row("a"), row("b")]) == 0
        assert db.scalar(sa.select(items.c.number).where(items.c.name == "a")) == 1


def test_insert_ignore_heeds_every_unique_key(database: Database) -> None:
    with database.transaction(writes=True) as db:
        assert insert_ignore(db, sequence, {"id": 5, "name": "a"}) == 1
        assert insert_ignore(db, sequence, [{"id": 6, "name": "a"}, {"id": 5, "name": "b"}]) == 0


def test_insert_ignore_does_not_hide_what_is_wrong(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction(writes=True) as db:
        insert_ignore(db, items, row("a", number=None))
    assert names(database) == []


def test_upsert_takes_the_inserted_values(database: Database) -> None:
    with database.transaction(writes=True) as db:
        upsert(db, items, row("a", number=1, date=1), update=["number"])
        upsert(db, items, [row("a", number=2, date=2), row("b", number=3, date=3)], update=["number"])
        found = db.rows(sa.select(items.c.name, items.c.number, items.c.date).order_by(items.c.name))
    assert [tuple(one) for one in found] == [("a", 2, 1), ("b", 3, 3)]


def test_upsert_by_expression(database: Database) -> None:
    with database.transaction(writes=True) as db:
        for _ in range(3):
            upsert(db, items, row("a", number=10), update={"number": items.c.number + 5, "marked": True})
        found = db.first(sa.select(items.c.number, items.c.marked))
    assert found is not None
    assert tuple(found) == (20, True)


def test_a_batch_takes_the_inserted_values_only(database: Database) -> None:
    with database.transaction(writes=True) as db:
        for options in ({"update": {"number": items.c.number + 5}}, {"add": {"number": 1}}):
            with pytest.raises(ValueError):
                upsert(db, items, [row("a"), row("b")], **options)


def test_upsert_adds(database: Database) -> None:
    with database.transaction(writes=True) as db:
        for number in (1, 10, -3):
            upsert(db, items, row("a", number=number, date=number), update=["date"], add={"number": number})
        found = db.first(sa.select(items.c.number, items.c.date))
    assert found is not None
    assert tuple(found) == (8, -3)


def test_generated_keys_rise_and_are_told(database: Database) -> None:
    with database.transaction(writes=True) as db:
        first, second = (
            db.execute(sa.insert(sequence), {"name": name}).inserted_primary_key for name in ("one", "two")
        )
        assert first is not None
        assert second is not None
        assert first[0] < second[0]
        db.execute(sa.delete(sequence).where(sequence.c.id == second[0]))
        third = db.execute(sa.insert(sequence), {"name": "three"}).inserted_primary_key
    assert third is not None
    assert third[0] > second[0], "a key is never used again"


def test_columns_may_be_swapped_only_in_two_statements(database: Database) -> None:
    """MySQL assigns from left to right, SQLite all at once: what a function writes must not depend on it."""
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(number=1, date=1))
        db.execute(sa.update(items).values(number=items.c.number + 1))
        db.execute(sa.update(items).values(date=items.c.number))
        found = db.first(sa.select(items.c.number, items.c.date))
    assert found is not None
    assert tuple(found) == (2, 2)


@pytest.mark.parametrize("size", [1, 2, 50])
def test_a_statement_is_compiled_once(database: Database, size: int) -> None:
    def work(db: Transaction) -> None:
        rows = [row(str(number)) for number in range(size)]
        insert_ignore(db, items, rows)
        upsert(db, items, rows, update=["number"])
        upsert(db, items, rows[0], update={"number": items.c.number + size})
        upsert(db, items, rows[0], add={"number": size})
        db.rows(sa.select(items.c.name).where(items.c.name.in_([one["name"] for one in rows])).with_for_update())
        db.execute(sa.update(items).where(items.c.name == "a").values(number=size))

    database.run(work, writes=True)
    cache: Any = database.engine._compiled_cache
    compiled = set(cache)
    database.run(work, writes=True)
    assert set(cache) == compiled


# Values


@pytest.mark.parametrize("number", [BIGGEST, SMALLEST, 0, -1, 2**53 + 1])
def test_sixty_four_bits(database: Database, number: int) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), {"owner_id": number, "name": "a", "number": number})
        query = sa.select(items.c.number).where(items.c.owner_id == number, items.c.number.in_([number, 5]))
        assert db.scalar(query) == number


@pytest.mark.parametrize("size", [0, 1, 255, 65_535, 65_536, 3_000_000])
def test_bytes_of_any_size(database: Database, size: int) -> None:
    value = bytes(range(256)) * (size // 256) + bytes(range(size % 256))
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(value=value))
        found = db.scalar(sa.select(items.c.value))
    assert type(found) is bytes
    assert found == value


def test_many_rows_in_one_batch(database: Database) -> None:
    rows = [row(f"{number:04}", number=number, value=b"\x00'\"\\%s" * 100) for number in range(3000)]
    with database.transaction(writes=True) as db:
        assert db.execute(sa.insert(items), rows).rowcount == 3000
        assert db.statements == 1
        assert db.scalar(sa.select(sa.func.count()).select_from(items)) == 3000
        assert db.scalar(sa.select(items.c.value).where(items.c.name == "2999")) == rows[0]["value"]


def test_rows_of_a_batch_name_the_same_columns(database: Database) -> None:
    with database.transaction(writes=True) as db:
        for rows in ([row("a"), row("b", date=1)], [row("a", date=1), row("b")]):
            with pytest.raises((ValueError, StatementError)):
                db.execute(sa.insert(items), rows)
        assert db.scalar(sa.select(sa.func.count()).select_from(items)) == 0


@pytest.mark.parametrize(
    "name", ["😀👨‍👩‍👧", "Ωmega", "ß", "漢字", "a'b\"c\\d%e_f;--", "%s %(x)s :x ?", "\x00zero", "line\nbreak"]
)
def test_text_of_all_kinds(database: Database, name: str) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(name))
        assert db.scalar(sa.select(items.c.name).where(items.c.name == name)) == name


@pytest.mark.parametrize(("stored", "asked"), [("Alice", "alice"), ("é", "e"), ("ß", "ss"), ("Å", "A"), ("😀", "😁")])
def test_text_is_compared_byte_by_byte(database: Database, stored: str, asked: str) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(stored))
        assert db.scalar(sa.select(items.c.name).where(items.c.name == asked)) is None
        db.execute(sa.insert(items), row(asked))
        ordered = db.scalars(sa.select(items.c.name).order_by(items.c.name))
    assert list(ordered) == sorted([stored, asked], key=lambda name: name.encode())


def test_prefixes_heed_case_and_escapes(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), [row(name) for name in ("hello", "Hello", "he%lo", "he_lo", "he\\lo", "help")])

        def starting(prefix: str) -> list[str]:
            query = sa.select(items.c.name).where(items.c.name.startswith(prefix, autoescape=True))
            return sorted(db.scalars(query))

        assert starting("hel") == ["hello", "help"]
        assert starting("He") == ["Hello"]
        assert starting("he%") == ["he%lo"]
        assert starting("he_") == ["he_lo"]
        assert starting("he\\") == ["he\\lo"]


@pytest.mark.parametrize("marked", [True, False])
def test_booleans(database: Database, marked: bool) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(marked=marked))
        assert db.scalar(sa.select(items.c.marked)) is marked
        assert db.scalar(sa.select(sa.func.count()).where(items.c.marked.is_(marked))) == 1
        assert db.scalar(sa.select(sa.func.count()).where(items.c.marked == (not marked))) == 0


@pytest.mark.parametrize("date", [0, 1, 1_790_000_000, 2**31 - 1])
def test_dates_are_unix_seconds(database: Database, date: int) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(date=date))
        assert db.scalar(sa.select(items.c.date)) == date


def test_null_is_no_value(database: Database) -> None:
    with database.transaction(writes=True) as db:
        db.execute(sa.insert(items), [row("a", date=None), row("b", date=1)])
        assert db.scalars(sa.select(items.c.name).where(items.c.date.is_(None))) == ["a"]
        assert db.scalars(sa.select(items.c.name).order_by(items.c.date)) == ["a", "b"], "NULL sorts first"


def test_a_required_column_is_required(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row(number=None))


def test_mariadb_refuses_what_does_not_fit(mariadb: Database) -> None:
    """SQLite does not check lengths: functions bound their input, and their tests run on both."""
    database = mariadb
    with pytest.raises(DataError), database.transaction(writes=True) as db:
        db.execute(sa.insert(items), row("x" * 33))
    with pytest.raises(DataError), database.transaction(writes=True) as db:
        insert_ignore(db, items, row("x" * 33))
    with pytest.raises(DataError), database.transaction(writes=True) as db:
        insert_ignore(db, items, [row("a"), row("x" * 33)])


@pytest.fixture(scope="module")
def mariadb(mysql_driver_url: str) -> Iterator[Database]:
    database = open_database(mysql_driver_url)
    items.create(database.engine, checkfirst=True)
    yield database
    database.close()
