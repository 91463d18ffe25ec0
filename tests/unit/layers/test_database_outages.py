"""Which errors of a database are an outage, and what the log says of them."""

from __future__ import annotations

import sqlite3

import pymysql
import pytest
from sqlalchemy.exc import OperationalError

from layers.database import is_outage, outage_reason

_STATEMENT = "INSERT INTO contents VALUES ('secret')"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (pymysql.err.OperationalError(1021, "Disk full (contents); secret"), "OperationalError 1021"),
        (pymysql.err.OperationalError(1026, "Error writing file"), "OperationalError 1026"),
        (pymysql.err.OperationalError(1114, "The table 'contents' is full"), "OperationalError 1114"),
        (pymysql.err.OperationalError(1290, "running with the --read-only option"), "OperationalError 1290"),
        (sqlite3.OperationalError("database or disk is full"), "database or disk is full"),
        (sqlite3.OperationalError("disk I/O error"), "disk I/O error"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "attempt to write a readonly database"),
    ],
)
def test_no_room_and_no_right_to_write_are_outages(error: Exception, reason: str) -> None:
    raised = OperationalError(_STATEMENT, {}, error)
    assert is_outage(raised)
    assert outage_reason(raised) == reason


@pytest.mark.parametrize(
    "error", [pymysql.err.ProgrammingError(1064, "You have an error"), sqlite3.OperationalError("no such table: x")]
)
def test_a_defect_is_none(error: Exception) -> None:
    assert not is_outage(OperationalError(_STATEMENT, {}, error))
