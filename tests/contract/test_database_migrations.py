"""Migrations make the same schema as `layers.schema` says, on every engine, whoever else migrates at the time."""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pymysql
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from layers.database import Database, open_database
from layers.errors import ConfigurationError
from layers.migrations import migrate
from layers.migrations.new import write_revision
from layers.migrations.rendering import compare_type
from layers.migrations.revisions import VERSIONS, in_folder, known, newest
from layers.migrations.run import alembic_config
from layers.schema import metadata

ROOT = Path(__file__).parents[2]
MAKE_A_MIGRATION = 'the schema has changed: make a migration with `python -m layers.migrations.new "what changes"`'


@pytest.fixture(params=["sqlite", "mariadb"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Makes empty databases of one engine."""
    with contextlib.ExitStack() as stack:

        def make() -> Database:
            name = f"migrated_{secrets.token_hex(6)}"
            if request.param == "sqlite":
                url = f"sqlite:///{tmp_path / name}.db"
            else:
                url = stack.enter_context(mariadb_schema(request.getfixturevalue("mariadb_url"), name))
            database = open_database(url)
            stack.callback(database.close)
            return database

        yield make


@pytest.fixture(scope="module")
def migrated(database_url: str) -> Iterator[Database]:
    """A database of each engine with the schema in it; who changes it undoes that."""
    database = open_database(database_url)
    migrate(database)
    yield database
    database.close()


@contextlib.contextmanager
def mariadb_schema(server_url: str, name: str) -> Iterator[str]:
    """A schema whose default collation is not ours, which must therefore come with the tables."""
    server = make_url(server_url)
    with contextlib.closing(
        pymysql.connect(host=server.host, port=server.port or 0, user="root", ssl_disabled=True, autocommit=True)
    ) as connection:
        connection.cursor().execute(f"CREATE DATABASE {name} CHARACTER SET latin1")
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.cursor().execute(f"DROP DATABASE {name}")


def facts(database: Database) -> dict[str, Any]:
    """What an engine itself says of every table: columns, keys, indexes, options."""
    with database.engine.connect() as connection:
        inspector = sa.inspect(connection)
        return {
            name: {
                "columns": {
                    column["name"]: (str(column["type"]), column["nullable"], str(column["default"]))
                    for column in inspector.get_columns(name)
                },
                "key": inspector.get_pk_constraint(name)["constrained_columns"],
                "unique": sorted(
                    (item["name"], item["column_names"]) for item in inspector.get_unique_constraints(name)
                ),
                "indexes": sorted(
                    (item["name"], item["column_names"], bool(item["unique"])) for item in inspector.get_indexes(name)
                ),
                "generated": "AUTO" in definition(connection, name).upper().replace("AUTO_INCREMENT=", ""),
                "options": inspector.get_table_options(name),
            }
            for name in inspector.get_table_names()
            if name != "alembic_version"
        }


def definition(connection: sa.Connection, name: str) -> str:
    if connection.dialect.name == "sqlite":
        query = sa.text("SELECT sql FROM sqlite_master WHERE name = :name")
        return str(connection.execute(query, {"name": name}).scalar_one())
    return str(connection.exec_driver_sql(f"SHOW CREATE TABLE `{name}`").one()[1])


def version(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def test_migrations_and_schema_agree(empty: Callable[[], Database]) -> None:
    migrated, created = empty(), empty()
    assert migrate(migrated) == list(known())
    metadata.create_all(created.engine)
    assert facts(migrated) == facts(created), MAKE_A_MIGRATION
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": compare_type})
        assert compare_metadata(context, metadata) == [], MAKE_A_MIGRATION


def test_text_and_generated_keys_are_as_tables_say(migrated: Database) -> None:
    found = facts(migrated)
    assert found["users"]["generated"]
    assert not found["boxes"]["generated"]
    if migrated.dialect == "mysql":
        options = [table["options"] for table in found.values()]
        assert {option["mysql_default charset"] for option in options} == {"utf8mb4"}
        assert {option["mysql_collate"] for option in options} == {"utf8mb4_bin"}
        assert {option["mysql_engine"] for option in options} == {"InnoDB"}
        assert found["contents"]["columns"]["message"][0] == "MEDIUMBLOB"


def test_a_second_time_there_is_one_statement_to_run(migrated: Database) -> None:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    sa.event.listen(migrated.engine, "before_cursor_execute", note)
    assert migrate(migrated) == []
    sa.event.remove(migrated.engine, "before_cursor_execute", note)
    assert len(statements) == 1
    assert version(migrated) == newest()


def test_alembic_is_imported_only_to_migrate(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    migrate(open_database(url))
    program = (
        "import sys\n"
        "from layers.database import open_database\n"
        "from layers.migrations import migrate\n"
        "assert migrate(open_database(sys.argv[1])) == []\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, url], cwd=ROOT, check=True, timeout=60)


def test_several_nodes_may_migrate_at_once(empty: Callable[[], Database]) -> None:
    database = empty()
    program = (
        "import sys\n"
        "from layers.database import open_database\n"
        "from layers.migrations import migrate\n"
        "database = open_database(sys.argv[1])\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(len(migrate(database)))\n"
    )
    url = database.url.render_as_string(hide_password=False)
    nodes = [
        subprocess.Popen(
            [sys.executable, "-c", program, url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for node in nodes:
        assert node.stdout is not None
        assert node.stdout.readline() == "ready\n"
    for node in nodes:
        assert node.stdin is not None
        node.stdin.write("\n")
        node.stdin.flush()
    answers = [node.communicate(timeout=100) for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0, 0, 0], [error for _, error in answers]
    applied = sorted(int(output.splitlines()[-1]) for output, _ in answers)
    assert applied == [0, 0, 0, len(known())]
    assert version(database) == newest()


def test_a_first_migration_that_broke_off_is_started_again(empty: Callable[[], Database]) -> None:
    """MySQL keeps the tables made so far: the version table is there, without a row."""
    database = empty()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE users (id INTEGER PRIMARY KEY)")
    assert migrate(database) == list(known())


def test_tables_of_somebody_else_are_left_alone(empty: Callable[[], Database]) -> None:
    database = empty()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE users (id INTEGER PRIMARY KEY)")
    with pytest.raises(ConfigurationError, match="no schema version: use an empty one"):
        migrate(database)


def test_rows_are_never_dropped(empty: Callable[[], Database]) -> None:
    database = empty()
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO usernames (username, peer_key) VALUES ('durov', 1)")
        connection.exec_driver_sql("DELETE FROM alembic_version")
    with pytest.raises(ConfigurationError, match="no schema version"):
        migrate(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM usernames").scalar() == 1


def test_a_newer_database_is_refused(migrated: Database) -> None:
    def become(number: str) -> None:
        with migrated.transaction(writes=True) as db:
            db.execute(sa.text("UPDATE alembic_version SET version_num = :number"), {"number": number})

    become("9999")
    with pytest.raises(ConfigurationError) as caught:
        migrate(migrated)
    become(newest())
    assert str(caught.value).startswith(f"the database schema (9999) is newer than this program ({newest()})")
    assert "\n" not in str(caught.value)


def test_a_user_who_may_not_change_the_schema(mariadb_url: str) -> None:
    name = f"reader_{secrets.token_hex(4)}"
    with mariadb_schema(mariadb_url, name) as url:
        server = make_url(url)
        with contextlib.closing(
            pymysql.connect(host=server.host, port=server.port or 0, user="root", ssl_disabled=True)
        ) as connection:
            cursor = connection.cursor()
            cursor.execute(f"CREATE USER {name}@'%' IDENTIFIED BY 'secret'")
            cursor.execute(f"GRANT SELECT ON {name}.* TO {name}@'%'")
        database = open_database(server.set(username=name, password="secret").render_as_string(hide_password=False))
        with pytest.raises(ConfigurationError, match="grant the user") as caught:
            migrate(database)
        assert "secret" not in str(caught.value)
        database.close()


def test_revisions_form_one_line() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    found = [(revision.revision, revision.down_revision) for revision in script.walk_revisions()]
    numbers = list(known())
    assert found == list(reversed(list(zip(numbers, [None, *numbers], strict=False))))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_downgrading_leaves_nothing(empty: Callable[[], Database]) -> None:
    from alembic import command

    database = empty()
    migrate(database)
    with database.engine.connect() as connection:
        command.downgrade(alembic_config(connection=connection), "base")
    assert facts(database) == {}


def test_a_revision_is_written_from_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    for path in VERSIONS.glob("v*.py"):
        (versions / path.name).write_bytes(path.read_bytes())
    assert write_revision("Nothing", versions=versions) is None
    changed = sa.MetaData(naming_convention=metadata.naming_convention)
    for item in metadata.tables.values():
        item.to_metadata(changed)
    sa.Table("additions", changed, sa.Column("id", metadata.tables["users"].c.id.type, primary_key=True))
    written = write_revision("Add additions.", versions=versions, target=changed)
    assert written is not None
    number = f"{int(newest()) + 1:04}"
    assert written == versions / f"v{number}_add_additions.py"
    assert list(in_folder(versions)) == [*known(), number]
    text = written.read_text()
    assert text.startswith(f'"""Add additions.\n\nRevision {number}, after {newest()}.\n"""')
    assert 'op.create_table(\n        "additions",' in text
    assert "from layers.migrations.types import BIG" in text
    again = write_revision("Add additions", versions=versions, target=changed, again=True)
    assert again == written
    assert again.read_text() == text
    assert write_revision("Nothing", versions=versions, target=changed) is None
    capsys.readouterr()
