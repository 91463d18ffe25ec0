"""Comments: a channel's posts in its discussion group. https://core.telegram.org/api/discussion

Each post is copied into the linked group in the transaction that made it; the copy is the first message of the thread
that holds its comments. The channel's box is locked before the group's, never the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.boxes import Entry
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import push_channel_box
from layers.domain.chats import Membership
from layers.domain.extras import extras_of
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.peers import peer_of
from layers.schema import boxes, contents, thread_messages, thread_reads, threads
from tl import api

_UNREAD_MAX: Final = 1_000
"""Unread comments are counted up to here."""


def forward_to_discussion(ctx: Context, channel: Membership, rows: Sequence[Any]) -> None:
    """Copy new posts of a channel (rows of its box) into the linked group; only the first of an album has comments."""
    posts = [row for row in rows if isinstance(tl.decode(row.message), api.Message)]
    group_key = channel.row.linked_chat_key
    if not posts or group_key is None:
        return
    first_id = ctx.random_id()
    albums: dict[int, int] = {}
    entries = []
    for index, row in enumerate(posts):
        message = _copy(ctx, channel.key, row, albums)
        entries.append(
            Entry(
                content_id=first_id + index,
                peer_key=group_key,
                sender_id=channel.key,
                date=ctx.now,
                message=message,
                encoded=tl.encode(message),
                flags=int(BoxFlag.ANONYMOUS | BoxFlag.PINNED),
            )
        )
    values = [
        {
            "content_id": entry.content_id,
            "sender_id": channel.key,
            "date": ctx.now,
            "extras": extras_of(entry.message),
            "message": entry.encoded,
        }
        for entry in entries
    ]
    ctx.db.execute(sa.insert(contents), values)
    with open_channel_box(ctx, group_key) as box:
        copies = box.append(entries)
        kept = {
            "owner_id": group_key,
            "thread_id": copies[0].message_id,
            "post_owner_id": channel.key,
            "post_id": posts[0].message_id,
        }
        insert_ignore(ctx.db, threads, kept)
    push_channel_box(ctx, box)


def _copy(ctx: Context, channel_key: int, row: Any, albums: dict[int, int]) -> Any:
    message: Any = tl.decode(row.message)
    forward = message.fwd_from or api.MessageFwdHeader(
        date=row.date,
        from_id=peer_of(channel_key),
        channel_post=row.message_id,
        post_author=message.post_author,
    )
    forward.saved_from_peer = peer_of(channel_key)
    forward.saved_from_msg_id = row.message_id
    message.fwd_from = forward
    message.from_id = peer_of(channel_key)
    message.post = False
    message.views = message.forwards = message.replies = message.post_author = message.reply_to = None
    message.factcheck = None
    if message.grouped_id is not None:
        message.grouped_id = albums.setdefault(message.grouped_id, ctx.random_id())
    return message


def edit_copy(ctx: Context, channel_key: int, row: Any) -> None:
    """A post (row of the channel's box, as it is now) was edited: so is its copy in the discussion group."""
    thread = thread_of_post(ctx, channel_key, row.message_id)
    if thread is None:
        return
    with open_channel_box(ctx, thread.owner_id) as box:
        copied = load_rows(ctx, thread.owner_id, [thread.thread_id]).get(thread.thread_id)
        if copied is None:
            return
        before: Any = tl.decode(copied.message)
        message = _copy(ctx, channel_key, row, {})
        message.grouped_id = before.grouped_id
        extras = contents.c.extras.op("|")(extras_of(message))
        values = {"message": tl.encode(message), "edit_date": ctx.now, "extras": extras}
        ctx.db.execute(sa.update(contents).where(contents.c.content_id == copied.content_id).values(**values))
        box.edited(copied, message)
    push_channel_box(ctx, box)


def delete_copies(ctx: Context, channel_key: int, post_ids: Sequence[int]) -> None:
    """Posts were deleted: so are their copies in the discussion group."""
    rows = ctx.db.rows(
        sa.select(threads.c.owner_id, threads.c.thread_id).where(
            threads.c.post_owner_id == channel_key, threads.c.post_id.in_(list(post_ids))
        )
    )
    copies: dict[int, list[int]] = {}
    for row in rows:
        copies.setdefault(row.owner_id, []).append(row.thread_id)
    for group_key, message_ids in copies.items():
        with open_channel_box(ctx, group_key) as box:
            box.delete(list(load_rows(ctx, group_key, message_ids).values()))
        push_channel_box(ctx, box)


def thread_of_post(ctx: Context, channel_key: int, post_id: int) -> Any:
    """The thread (row of `threads`) that holds the comments of a post, or None."""
    return ctx.db.first(sa.select(threads).where(threads.c.post_owner_id == channel_key, threads.c.post_id == post_id))


def thread_row(ctx: Context, group_key: int, thread_id: int) -> Any:
    """The thread below a message of a supergroup, or None when nobody answered it."""
    return ctx.db.first(sa.select(threads).where(threads.c.owner_id == group_key, threads.c.thread_id == thread_id))


def read_mark(ctx: Context, group_key: int, thread_id: int) -> int:
    """How far the caller has read a thread."""
    mark = ctx.db.scalar(
        sa.select(thread_reads.c.read_inbox_max_id).where(
            thread_reads.c.owner_id == ctx.user_id,
            thread_reads.c.peer_key == group_key,
            thread_reads.c.thread_id == thread_id,
        )
    )
    return int(mark or 0)


def unread_in_thread(ctx: Context, group_key: int, thread_id: int, read_id: int) -> int:
    """How many messages of others the thread has behind the one read last, up to a thousand."""
    table = thread_messages.c
    found = (
        sa.select(table.message_id)
        .join(boxes, sa.and_(boxes.c.owner_id == table.owner_id, boxes.c.message_id == table.message_id))
        .where(
            table.owner_id == group_key,
            table.thread_id == thread_id,
            table.message_id > read_id,
            boxes.c.sender_id != ctx.user_id,
        )
        .limit(_UNREAD_MAX)
        .subquery()
    )
    return int(ctx.db.scalar(sa.select(sa.func.count()).select_from(found)))
