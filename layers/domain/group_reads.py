"""Read marks in groups: https://core.telegram.org/method/messages.getMessageReadParticipants.

A message of a group counts as read once its sender hears of the first reader. Who read it, and when, is kept for a
while with each reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import outbox
from layers.domain.members import other_members
from layers.domain.messages import BoxFlag
from layers.schema import boxes, dialogs, inbox_reads

READERS_MAX: Final = 100
"""Groups with more members do not say who read: appConfig's ``chat_read_mark_size_threshold``."""
READ_MARK_LIFE_S: Final = 604_800
"""How long it can be asked: appConfig's ``chat_read_mark_expire_period``."""
_LOOKED_AT: Final = 500
"""Messages whose senders are told, the newest of those just read."""


def tell_read_in_group(ctx: Context, peer_key: int, after_id: int, max_id: int) -> None:
    """The caller has read a group's messages between two ids: note when, and tell their senders."""
    newest = (
        sa.select(boxes.c.sender_id, boxes.c.message_id)
        .where(
            boxes.c.owner_id == ctx.user_id,
            boxes.c.peer_key == peer_key,
            boxes.c.message_id > after_id,
            boxes.c.message_id <= max_id,
            boxes.c.flags.op("&")(int(BoxFlag.OUT)) == 0,
        )
        .order_by(boxes.c.message_id.desc())
        .limit(_LOOKED_AT)
        .subquery()
    )
    last = (
        sa.select(newest.c.sender_id, sa.func.max(newest.c.message_id).label("message_id"))
        .group_by(newest.c.sender_id)
        .subquery()
    )
    rows = ctx.db.rows(
        sa.select(boxes.c.sender_id, boxes.c.content_id, boxes.c.message_id).join_from(
            last, boxes, sa.and_(boxes.c.owner_id == ctx.user_id, boxes.c.message_id == last.c.message_id)
        )
    )
    if not rows:
        return
    upsert(
        ctx.db,
        inbox_reads,
        {
            "owner_id": ctx.user_id,
            "peer_key": peer_key,
            "message_id": max(row.message_id for row in rows),
            "date": ctx.now,
        },
        update=("date",),
    )
    # Who has left is told nothing more.
    members = set(other_members(ctx, peer_key, ctx.user_id))
    outbox.post_all(
        ctx,
        {
            row.sender_id: [outbox.Read(peer_key=peer_key, content_id=row.content_id)]
            for row in rows
            if row.sender_id in members
        },
    )


def readers_of(ctx: Context, peer_key: int, content_id: int, member_ids: Sequence[int]) -> Sequence[Any]:
    """Rows (user_id, date) of the members who have read a message of a basic group, the latest first.

    One statement; each member's copy, read mark and moment of reading are found by key.
    """
    read_at = (
        sa.select(inbox_reads.c.date)
        .where(
            inbox_reads.c.owner_id == boxes.c.owner_id,
            inbox_reads.c.peer_key == peer_key,
            inbox_reads.c.message_id >= boxes.c.message_id,
        )
        .order_by(inbox_reads.c.message_id)
        .limit(1)
        .scalar_subquery()
    )
    rows = ctx.db.rows(
        sa.select(boxes.c.owner_id.label("user_id"), read_at.label("date"))
        .join_from(
            boxes,
            dialogs,
            sa.and_(dialogs.c.owner_id == boxes.c.owner_id, dialogs.c.peer_key == peer_key),
        )
        .where(
            boxes.c.owner_id.in_(member_ids),
            boxes.c.content_id == content_id,
            dialogs.c.read_inbox_max_id >= boxes.c.message_id,
        )
    )
    return sorted((row for row in rows if row.date is not None), key=lambda row: row.date, reverse=True)
