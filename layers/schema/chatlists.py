"""Shared folders: https://core.telegram.org/api/folders#shared-folders."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, integer, table, text, tl

chatlist_invites = table(
    "chatlist_invites",
    text("slug", 32, primary_key=True),
    big("owner_id"),
    integer("filter_id"),
    integer("date"),
    tl("invite"),
    sa.Index("ix_chatlist_invites_owner_id_filter_id_date", "owner_id", "filter_id", "date"),
)
"""Links to an account's folder: ``slug`` follows ``https://t.me/addlist/``; ``invite``: a TL exportedChatlistInvite."""

chatlist_joins = table(
    "chatlist_joins",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("filter_id", primary_key=True, autoincrement=False),
    text("slug", 32),
    tl("seen"),
)
"""Folders that an account took over by a link; ``seen`` is the TL exportedChatlistInvite as it knows it: what the link
has beyond it is news."""
