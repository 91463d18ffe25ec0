"""Messages that an account keeps to answer with: https://core.telegram.org/api/business#quick-reply-shortcuts."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text, tl

quick_reply_states = table(
    "quick_reply_states",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("last_shortcut_id", default=0),
    integer("last_message_id", default=0),
)
"""One row an account that ever had a shortcut, locked by whoever changes one: ids are never used again."""

quick_replies = table(
    "quick_replies",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("shortcut_id", primary_key=True, autoincrement=False),
    text("shortcut", 32),
    integer("rank"),
    sa.Index("uq_quick_replies_owner_id_shortcut", "owner_id", "shortcut", unique=True),
)
"""Shortcuts of an account by ascending ``rank``; each has at least one message."""

quick_reply_messages = table(
    "quick_reply_messages",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    integer("shortcut_id"),
    big("random_id"),
    integer("date"),
    integer("edit_date", nullable=True),
    integer("reply_to_msg_id", nullable=True),
    flag("media_unread"),
    tl("message"),
    sa.Index("ix_quick_reply_messages_owner_id_shortcut_id", "owner_id", "shortcut_id", "message_id"),
    sa.Index("uq_quick_reply_messages_owner_id_random_id", "owner_id", "random_id", unique=True),
)
"""The messages of shortcuts; one sequence of ids an account. ``reply_to_msg_id``: another one of the shortcut."""
