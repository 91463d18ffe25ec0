"""Threads: replies below a message of a supergroup, comments of a post, topics of a forum.

https://core.telegram.org/api/threads, https://core.telegram.org/api/forum. A thread is named by the id of its first
message. Which thread a message belongs to is written in its reply header, which in a channel's box is the same for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.schema import forum_topics, thread_messages, threads
from tl import api

GENERAL_TOPIC: Final = 1


def thread_of(stored: Any, reply_to_msg_id: int | None, *, is_forum: bool) -> int:
    """The thread that a stored message stands in, 0 = none; in a forum every message has one."""
    header = stored.reply_to
    top_id = getattr(header, "reply_to_top_id", None) or reply_to_msg_id or 0
    if is_forum:
        return top_id if getattr(header, "forum_topic", False) else GENERAL_TOPIC
    return top_id


def place_in_thread(message: Any, answered: Any, *, is_forum: bool, own_top: int | None = None) -> int:
    """Note in a message's reply header which thread it belongs to; returns the thread, 0 = none.

    ``answered`` is the row of the message that it answers, or None.
    """
    if answered is None:
        return GENERAL_TOPIC if is_forum else 0
    header = message.reply_to
    if header is None:
        header = message.reply_to = api.MessageReplyHeader()
    stored: Any = tl.decode(answered.message)
    is_topic_root = isinstance(getattr(stored, "action", None), api.MessageActionTopicCreate)
    if is_forum:
        top_id = answered.message_id if is_topic_root else thread_of(stored, answered.reply_to_msg_id, is_forum=True)
        if top_id == GENERAL_TOPIC:
            return GENERAL_TOPIC
        header.forum_topic = True
    else:
        top_id = thread_of(stored, answered.reply_to_msg_id, is_forum=False) or answered.message_id
    if top_id != answered.message_id:
        header.reply_to_top_id = top_id
    return top_id


def add_to_threads(ctx: Context, channel_key: int, placed: Sequence[tuple[int, int]], pts: int) -> None:
    """Count messages in their threads: (thread id, message id)."""
    if not placed:
        return
    ctx.db.execute(
        sa.insert(thread_messages),
        [
            {"owner_id": channel_key, "thread_id": thread_id, "message_id": message_id}
            for thread_id, message_id in placed
        ],
    )
    newest = dict(placed)
    for thread_id, count in Counter(thread_id for thread_id, _ in placed).items():
        values = {
            "owner_id": channel_key,
            "thread_id": thread_id,
            "replies": count,
            "max_id": newest[thread_id],
            "pts": pts,
        }
        upsert(ctx.db, threads, values, update=("max_id", "pts"), add={"replies": count})


def raise_topics(ctx: Context, channel_key: int, placed: Sequence[tuple[int, int]]) -> None:
    """Topics in which somebody wrote stand higher: (topic id, message id)."""
    for topic_id, message_id in dict(placed).items():
        ctx.db.execute(
            sa.update(forum_topics)
            .where(forum_topics.c.peer_key == channel_key, forum_topics.c.topic_id == topic_id)
            .values(top_message_id=message_id, top_message_date=ctx.now)
        )


def remove_from_threads(ctx: Context, channel_key: int, message_ids: Sequence[int]) -> None:
    """Messages were deleted: the threads they stood in count less, their own threads are no more."""
    table = thread_messages.c
    where = [table.owner_id == channel_key, table.message_id.in_(message_ids)]
    rows = ctx.db.rows(sa.select(table.thread_id, table.message_id).where(*where))
    if rows:
        ctx.db.execute(sa.delete(thread_messages).where(*where))
    for thread_id, count in Counter(row.thread_id for row in rows).items():
        top = ctx.db.scalar(
            sa.select(sa.func.max(table.message_id)).where(table.owner_id == channel_key, table.thread_id == thread_id)
        )
        ctx.db.execute(
            sa.update(threads)
            .where(threads.c.owner_id == channel_key, threads.c.thread_id == thread_id)
            .values(replies=threads.c.replies - count, max_id=top or 0)
        )
        _lower_topic(ctx, channel_key, thread_id, top or thread_id)


def _lower_topic(ctx: Context, channel_key: int, topic_id: int, top_id: int) -> None:
    ctx.db.execute(
        sa.update(forum_topics)
        .where(
            forum_topics.c.peer_key == channel_key,
            forum_topics.c.topic_id == topic_id,
            forum_topics.c.top_message_id > top_id,
        )
        .values(top_message_id=top_id)
    )


def of_thread(channel_key: int, thread_id: int) -> sa.Select[Any]:
    """The list of a thread's messages, for `layers.domain.history.slice_ids`."""
    return sa.select(thread_messages.c.message_id).where(
        thread_messages.c.owner_id == channel_key, thread_messages.c.thread_id == thread_id
    )
