"""Mentions in channels: https://core.telegram.org/api/mentions.

A row for each mention, never one for each member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain.members import present_among
from layers.schema import channel_mentions, dialogs


def keep_mentions(
    ctx: Context,
    channel_key: int,
    mentioned: Mapping[int, set[int]],
    threads: Mapping[int, int],
) -> dict[int, list[int]]:
    """Write down mentions (message id → users) of those who are in the channel; returns these.

    ``threads``: the thread of each message.
    """
    users = {user_id for user_ids in mentioned.values() for user_id in user_ids} - {ctx.user_id}
    if not users:
        return {}
    present = present_among(ctx, channel_key, users)
    kept = {message_id: sorted(user_ids & present) for message_id, user_ids in mentioned.items()}
    values = [
        {
            "owner_id": user_id,
            "peer_key": channel_key,
            "message_id": message_id,
            "thread_id": threads.get(message_id, 0),
            "unread": True,
        }
        for message_id, user_ids in kept.items()
        for user_id in user_ids
    ]
    if values:
        insert_ignore(ctx.db, channel_mentions, values)
        _count(ctx, channel_key, [value["owner_id"] for value in values], +1)
    return kept


def _count(ctx: Context, channel_key: int, user_ids: Sequence[int], sign: int) -> None:
    column = dialogs.c.unread_mentions_count
    ctx.db.execute(
        sa.update(dialogs)
        .where(dialogs.c.owner_id == sa.bindparam("user"), dialogs.c.peer_key == channel_key)
        .values(unread_mentions_count=column + sign),
        [{"user": user_id} for user_id in user_ids],
    )


def drop_mentions(ctx: Context, channel_key: int, message_ids: Sequence[int]) -> None:
    """Messages were deleted: nobody is mentioned by them any more."""
    table = channel_mentions.c
    where = [table.peer_key == channel_key, table.message_id.in_(message_ids)]
    unread = ctx.db.scalars(sa.select(table.owner_id).where(*where, table.unread))
    ctx.db.execute(sa.delete(channel_mentions).where(*where))
    if unread:
        _count(ctx, channel_key, unread, -1)


def read_mentions(
    ctx: Context,
    channel_key: int,
    message_ids: Sequence[int] | None,
    *,
    limit: int = 100,
    thread_id: int | None = None,
) -> list[int]:
    """The caller has seen these messages (None: the next ``limit``) that mention him; ids of those he had not yet.

    ``thread_id`` narrows it to one thread.
    """
    table = channel_mentions.c
    where = [table.owner_id == ctx.user_id, table.peer_key == channel_key, table.unread]
    if message_ids is not None:
        where.append(table.message_id.in_(list(message_ids)))
    if thread_id:
        where.append(table.thread_id == thread_id)
    found = list(ctx.db.scalars(sa.select(table.message_id).where(*where).order_by(table.message_id).limit(limit)))
    if found:
        ctx.db.execute(
            sa.update(channel_mentions)
            .where(table.owner_id == ctx.user_id, table.peer_key == channel_key, table.message_id.in_(found))
            .values(unread=False)
        )
        _lower(ctx, channel_key, len(found))
    return found


def _lower(ctx: Context, channel_key: int, count: int) -> None:
    ctx.db.execute(
        sa.update(dialogs)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == channel_key)
        .values(unread_mentions_count=dialogs.c.unread_mentions_count - count)
    )


def unread_mentions_of(viewer_id: int, channel_key: int, thread_id: int | None = None) -> sa.Select[Any]:
    """The list of messages (of a thread) that mention the viewer and that he has not seen."""
    table = channel_mentions.c
    found = sa.select(table.message_id).where(table.owner_id == viewer_id, table.peer_key == channel_key, table.unread)
    return found.where(table.thread_id == thread_id) if thread_id else found
