"""`cirrusgram migrate` prepares an empty deployment, and says in one line what it cannot do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from connection_tier.cli import main
from layers.blobs import open_blobs
from layers.bus import open_bus
from layers.database import open_database
from layers.domain.outbox import TOPIC
from layers.domain.peers import SERVICE_USER_ID
from layers.errors import ConfigurationError
from layers.migrations.revisions import known, newest
from layers.schema import users


def test_an_empty_deployment_is_prepared_and_then_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    assert main(["migrate", "--json", "--data", data]) == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["schema"], first["applied"]) == (newest(), list(known()))
    assert TOPIC in first["topics"]
    assert main(["migrate", "--data", data]) == 0
    assert f"schema {newest()}: nothing to do" in capsys.readouterr().out


def test_every_part_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mariadb_database_url: str,
    kafka_url: str,
    redis_url: str,
    s3_url: str,
) -> None:
    bucket = s3_url.replace("@media?", "@prepared?")
    with pytest.raises(ConfigurationError, match="create it"):
        open_blobs(bucket)
    for name, value in {
        "DATABASE_URL": mariadb_database_url,
        "BUS_URL": kafka_url + "?topic_prefix=migrated.",
        "CACHE_URL": redis_url,
        "BLOB_URL": bucket,
    }.items():
        monkeypatch.setenv(f"CIRRUSGRAM_{name}", value)
    for _ in range(2):
        assert main(["migrate", "--data", str(tmp_path)]) == 0
    blobs = open_blobs(bucket)
    blobs.close()
    database = open_database(mariadb_database_url)
    assert database.run(lambda db: db.scalars(users.select().with_only_columns(users.c.id)), writes=False) == [
        SERVICE_USER_ID
    ]
    database.close()
    bus = open_bus(kafka_url + "?topic_prefix=migrated.")
    delivered: list[object] = []
    bus.produce(TOPIC, b"1", b"", on_delivery=delivered.append)
    bus.close()
    assert delivered == [None]


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("DATABASE_URL", "postgresql://user:secret@host/name", "use sqlite:///FILE or mysql+pymysql://"),
        ("DATABASE_URL", "mysql+pymysql://user:secret@127.0.0.1:1/name", "is the server running"),
        ("BLOB_URL", "ftp://user:secret@host", "use file:///dir or s3://bucket"),
        ("BUS_URL", "amqp://host", "use memory:// or kafka://"),
    ],
)
def test_what_cannot_be_prepared_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    fix: str,
) -> None:
    monkeypatch.setenv(f"CIRRUSGRAM_{name}", value)
    assert main(["migrate", "--data", str(tmp_path)]) == 2
    output = capsys.readouterr().err
    assert fix in output
    assert output.count("\n") == 1
    assert "secret" not in output


def test_a_database_of_a_newer_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--data", str(tmp_path)]) == 0
    database = open_database(make_url(f"sqlite:///{tmp_path}/cirrusgram.db").render_as_string())
    with database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    capsys.readouterr()
    assert main(["migrate", "--data", str(tmp_path)]) == 2
    assert "is newer than this program" in capsys.readouterr().err
