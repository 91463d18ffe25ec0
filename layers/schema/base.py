"""The metadata and the column types that every dialect shares."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A 64-bit integer that SQLite accepts as an autoincrementing key."""

TL = sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
"""A TL object in the canonical layer."""


DIGEST = sa.LargeBinary(32).with_variant(mysql.VARBINARY(32), "mysql", "mariadb")
"""A SHA-256 digest that may stand in a key: MySQL keys no BLOB."""


def table(name: str, *items: Any, **options: Any) -> sa.Table:
    """A table with binary-compared utf8mb4 text on MySQL: text compares as in SQLite."""
    return sa.Table(name, metadata, *items, mysql_charset="utf8mb4", mysql_collate="utf8mb4_bin", **options)


def big(name: str, *items: Any, **options: Any) -> sa.Column[int]:
    """A required 64-bit column unless ``nullable`` says otherwise."""
    return sa.Column(name, BIG, *items, **{"nullable": False, **options})


def integer(name: str, *items: Any, **options: Any) -> sa.Column[int]:
    """A required 32-bit column unless ``nullable`` says otherwise."""
    return sa.Column(name, sa.Integer, *items, **{"nullable": False, **options})


def text(name: str, length: int, *items: Any, **options: Any) -> sa.Column[str]:
    """A required text column of at most ``length`` characters unless ``nullable`` says otherwise."""
    return sa.Column(name, sa.String(length), *items, **{"nullable": False, **options})


def flag(name: str) -> sa.Column[bool]:
    """A required boolean, false by default."""
    return sa.Column(name, sa.Boolean, nullable=False, default=False, server_default=sa.false())


def tl(name: str, **options: Any) -> sa.Column[bytes]:
    """A TL object in the canonical layer."""
    return sa.Column(name, TL, **{"nullable": False, **options})
