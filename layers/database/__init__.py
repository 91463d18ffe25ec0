"""The database port: SQLAlchemy Core on SQLite and on MySQL or MariaDB, chosen by URL.

Statements are written once, in the common subset; `layers.database.statements` holds the few that differ.
"""

from layers.database.engine import Database, Transaction, open_database
from layers.database.failures import CommitUnknown, is_outage, outage_reason
from layers.database.statements import by_index, insert_ignore, upsert

__all__ = [
    "CommitUnknown",
    "Database",
    "Transaction",
    "by_index",
    "insert_ignore",
    "is_outage",
    "open_database",
    "outage_reason",
    "upsert",
]
