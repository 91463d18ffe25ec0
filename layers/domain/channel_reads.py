"""Reading a channel: https://core.telegram.org/method/channels.readHistory.

The member's own row holds how far he read. For the check marks of senders one row a supergroup holds how far it was
read by anybody, twice: by whoever is furthest and by the next, so that nobody's own reading marks his messages as read.
Senders learn of it when the mark moves over their messages, each message once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain.channel_dialogs import channel_dialogs, unread_counts
from layers.domain.chats import ChatKind, Membership
from layers.domain.group_reads import READERS_MAX
from layers.domain.mentions import read_mentions
from layers.domain.peers import bare_id
from layers.domain.read_marks import move_mark
from layers.push import online_sessions, push_updates
from layers.schema import boxes, channel_reads, dialogs, inbox_reads
from tl import api

_TOLD_MAX: Final = 100
"""Senders who are told at once that their messages were read."""


def read_channel(ctx: Context, member: Membership, max_id: int) -> bool:
    """Mark the channel's messages up to ``max_id`` (0 = all) as read by the caller; False when they were already."""
    key = member.key
    dialog = channel_dialogs(ctx, ctx.user_id, [key])[key]
    max_id = min(max_id, dialog.last_message_id) if max_id > 0 else dialog.last_message_id
    before = dialog.read_inbox_max_id
    if not member.is_member or (max_id <= before and not dialog.unread_mark):
        return False
    max_id = max(max_id, before)
    ctx.db.execute(
        sa.update(dialogs)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == key)
        .values(read_inbox_max_id=max_id, unread_mark=False)
    )
    unread = 0
    if max_id < dialog.top_message_id:
        unread = unread_counts(ctx, ctx.user_id, {key: max_id}, {key: dialog.last_message_id})[key]
    if online_sessions(ctx, ctx.user_id):
        update = api.UpdateReadChannelInbox(
            channel_id=bare_id(key),
            max_id=max_id,
            still_unread_count=unread,
            pts=dialog.pts,
            folder_id=dialog.folder_id or None,
        )
        push_updates(ctx, ctx.user_id, api.UpdateShort(update=update, date=ctx.now))
    if member.kind is ChatKind.SUPERGROUP and max_id > before:
        if member.row.members_count <= READERS_MAX:
            seen = {"owner_id": ctx.user_id, "peer_key": key, "message_id": max_id, "date": ctx.now}
            upsert(ctx.db, inbox_reads, seen, update=("date",))
        _mark_for_senders(ctx, key, before, max_id)
    return True


def _mark_for_senders(ctx: Context, key: int, before: int, max_id: int) -> None:
    moved = move_mark(ctx, channel_reads, {"peer_key": key}, max_id)
    if moved is None:
        return
    if moved.leader_id:
        _tell(ctx, moved.leader_id, key, max_id)
    mark, me = moved.before, ctx.user_id
    if max_id <= mark:
        return
    senders = ctx.db.scalars(
        sa.select(boxes.c.sender_id)
        .where(
            boxes.c.owner_id == key,
            boxes.c.message_id > max(mark, before),
            boxes.c.message_id <= max_id,
            boxes.c.sender_id != me,
        )
        .distinct()
        .limit(_TOLD_MAX)
    )
    for sender_id in senders:
        _tell(ctx, sender_id, key, max_id)


def _tell(ctx: Context, user_id: int, key: int, max_id: int) -> None:
    update = api.UpdateReadChannelOutbox(channel_id=bare_id(key), max_id=max_id)
    push_updates(ctx, user_id, api.UpdateShort(update=update, date=ctx.now))


def readers_in_channel(ctx: Context, key: int, message_id: int, member_ids: Sequence[int]) -> list[Any]:
    """Rows (user_id, date) of the members of a small supergroup who have read a message, the latest first."""
    table = inbox_reads.c
    first = sa.func.min(table.date).label("date")
    rows = ctx.db.rows(
        sa.select(table.owner_id.label("user_id"), first)
        .where(table.owner_id.in_(list(member_ids)), table.peer_key == key, table.message_id >= message_id)
        .group_by(table.owner_id)
    )
    return sorted(rows, key=lambda row: row.date, reverse=True)


def read_channel_mentions(ctx: Context, member: Membership, limit: int, thread_id: int | None = None) -> bool:
    """Mark the caller's next ``limit`` mentions as seen, on all his devices; True when others are left."""
    seen = read_mentions(ctx, member.key, None, limit=limit, thread_id=thread_id)
    tell_contents_read(ctx, member.key, seen)
    return len(seen) == limit


def tell_contents_read(ctx: Context, key: int, message_ids: Sequence[int]) -> None:
    """Show the caller's other devices that he has seen mentions."""
    if message_ids and online_sessions(ctx, ctx.user_id):
        update = api.UpdateChannelReadMessagesContents(channel_id=bare_id(key), messages=list(message_ids))
        push_updates(ctx, ctx.user_id, api.UpdateShort(update=update, date=ctx.now))
