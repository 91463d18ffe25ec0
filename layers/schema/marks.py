"""What an author in a supergroup has not seen of what others did to his messages."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, integer, table

channel_marks = table(
    "channel_marks",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("tag", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    integer("thread_id", default=0),
    sa.Index("ix_channel_marks_peer_key_message_id", "peer_key", "message_id"),
)
"""Messages of an account (``owner_id``) in supergroups with unread reactions or votes: ``tag`` is the
`layers.domain.tags.Tag` that a box would give them. A row for each such message, never one for each member."""
