"""Schema migrations: Alembic revisions that run alike on SQLite, MySQL and MariaDB.

`python -m layers.migrations.new "what changes"` writes the next revision from the difference between the newest one
and `layers.schema`.
"""

from layers.migrations.run import migrate

__all__ = ["migrate"]
