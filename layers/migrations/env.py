"""Run by Alembic for each of its commands, on the connection that `layers.migrations` hands over."""

from __future__ import annotations

from alembic import context

from layers.migrations.rendering import compare_type, render_item
from layers.schema import metadata

_given = context.config.attributes

# The caller holds the lock and the transaction: nothing is begun here.
context.configure(
    connection=_given["connection"],
    target_metadata=_given.get("target", metadata),
    compare_type=compare_type,
    render_item=render_item,
    # SQLite changes a column by copying its table, which Alembic calls a batch.
    render_as_batch=True,
)
context.run_migrations()
