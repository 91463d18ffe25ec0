"""Supergroups and channels whose owner has left."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, integer, table

successions = table(
    "successions",
    big("peer_key", primary_key=True, autoincrement=False),
    big("old_owner_id"),
    big("new_owner_id"),
    integer("due_at"),
    sa.Index("ix_successions_due_at", "due_at"),
)
"""Who becomes the owner at ``due_at``, unless the old one comes back before."""
