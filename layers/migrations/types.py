"""Column types as revisions name them: frozen here, so that an old revision means the same for ever."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

BIG: Final[sa.types.TypeEngine[Any]] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""64 bits; SQLite autoincrements only an INTEGER key."""

TL: Final[sa.types.TypeEngine[Any]] = sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
"""A TL object, up to 16 MiB."""
