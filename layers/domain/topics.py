"""Topics of a forum: https://core.telegram.org/api/forum.

A topic is the thread below its service message; what a list of topics shows is kept on the topic's row by whoever
writes there. A member's read marks are rows of `thread_reads`, written when he reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain.channel_marks import marks_by_thread
from layers.domain.chat_access import has_right
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatFlag, Membership
from layers.domain.drafts import thread_drafts
from layers.domain.peers import peer_of
from layers.domain.tags import Tag
from layers.domain.thread_reads import others_have_read
from layers.domain.threads import GENERAL_TOPIC
from layers.errors import bad_request
from layers.schema import boxes, channel_mentions, forum_topics, thread_messages, thread_reads
from tl import api

ICON_COLORS: Final = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
TITLE_MAX: Final = 128
PINNED_MAX: Final = 5
_COUNTED: Final = 10_000
"""Unread messages of a topic are counted among so many of the newest ids of the group."""


def create_general(ctx: Context, channel_key: int, creator_id: int) -> None:
    """The topic that every forum has, if it is not there yet."""
    insert_ignore(ctx.db, forum_topics, topic_values(ctx, channel_key, GENERAL_TOPIC, "General", creator_id))


def topic_values(
    ctx: Context,
    channel_key: int,
    topic_id: int,
    title: str,
    creator_id: int,
    *,
    icon_color: int = ICON_COLORS[0],
    icon_emoji_id: int = 0,
) -> dict[str, Any]:
    """The row of a new topic."""
    return {
        "peer_key": channel_key,
        "topic_id": topic_id,
        "title": title,
        "icon_color": icon_color,
        "icon_emoji_id": icon_emoji_id,
        "creator_id": creator_id,
        "date": ctx.now,
        "top_message_id": topic_id,
        "top_message_date": ctx.now,
    }


def require_forum(member: Membership) -> Membership:
    """400 CHANNEL_FORUM_MISSING for a chat without topics."""
    if not member.flags & ChatFlag.FORUM:
        raise bad_request("CHANNEL_FORUM_MISSING")
    return member


def topic_row(ctx: Context, channel_key: int, topic_id: int, *, lock: bool = False) -> Any:
    """The row of a topic; 400 TOPIC_ID_INVALID."""
    statement = sa.select(forum_topics).where(
        forum_topics.c.peer_key == channel_key, forum_topics.c.topic_id == topic_id
    )
    row = ctx.db.first(statement.with_for_update() if lock else statement)
    if row is None:
        raise bad_request("TOPIC_ID_INVALID")
    return row


def require_manager(ctx: Context, member: Membership, row: Any) -> None:
    """Topics are changed by their authors and by administrators with the right to it; 400 CHAT_ADMIN_REQUIRED."""
    may = member.is_admin and has_right(member, AdminRight.MANAGE_TOPICS)
    if not may and row.creator_id != ctx.user_id:
        raise bad_request("CHAT_ADMIN_REQUIRED")


def change_topic(ctx: Context, channel_key: int, topic_id: int, **values: Any) -> None:
    """Change columns of a topic."""
    ctx.db.execute(
        sa.update(forum_topics)
        .where(forum_topics.c.peer_key == channel_key, forum_topics.c.topic_id == topic_id)
        .values(**values)
    )


def pinned_topics(ctx: Context, channel_key: int) -> Sequence[Any]:
    """Rows of the pinned topics, the highest first."""
    return ctx.db.rows(
        sa.select(forum_topics)
        .where(forum_topics.c.peer_key == channel_key, forum_topics.c.pinned_rank > 0)
        .order_by(forum_topics.c.pinned_rank.desc())
    )


def recent_topics(
    ctx: Context, channel_key: int, limit: int, *, before: tuple[int, int] | None, words: Sequence[str]
) -> Sequence[Any]:
    """Rows of the other topics, the one written in last first; ``before`` is the (date, id) of a last message."""
    table = forum_topics.c
    statement = sa.select(forum_topics).where(table.peer_key == channel_key, table.pinned_rank == 0)
    for word in words:
        statement = statement.where(sa.func.lower(table.title).contains(word, autoescape=True))
    if before is not None:
        date, message_id = before
        earlier = sa.and_(table.top_message_date == date, table.top_message_id < message_id)
        statement = statement.where(sa.or_(table.top_message_date < date, earlier))
    order = (table.top_message_date.desc(), table.top_message_id.desc())
    return ctx.db.rows(statement.order_by(*order).limit(limit))


def count_topics(ctx: Context, channel_key: int) -> int:
    """How many topics a forum has."""
    counted = sa.select(sa.func.count()).select_from(forum_topics).where(forum_topics.c.peer_key == channel_key)
    return int(ctx.db.scalar(counted))


def topic_objects(ctx: Context, member: Membership, rows: Sequence[Any], last_message_id: int) -> list[Any]:
    """A forumTopic for each row as the caller sees it; six statements, whatever the number of topics."""
    key = member.key
    ids = [row.topic_id for row in rows]
    reads = _reads(ctx, key, ids)
    unread = _unread(ctx, key, {row.topic_id: row.top_message_id for row in rows}, reads, last_message_id)
    mentions = _mentions(ctx, key, ids)
    marks = marks_by_thread(ctx, key, ids)
    others = others_have_read(ctx, key, ids)
    drafts = thread_drafts(ctx, key, ids)
    return [
        api.ForumTopic(
            my=row.creator_id == ctx.user_id,
            closed=bool(row.closed),
            pinned=row.pinned_rank > 0,
            hidden=bool(row.hidden),
            id=row.topic_id,
            date=row.date,
            peer=peer_of(key),
            title=row.title,
            icon_color=row.icon_color,
            icon_emoji_id=row.icon_emoji_id or None,
            top_message=row.top_message_id,
            read_inbox_max_id=reads.get(row.topic_id, 0),
            read_outbox_max_id=others.get(row.topic_id, 0),
            unread_count=unread.get(row.topic_id, 0),
            unread_mentions_count=mentions.get(row.topic_id, 0),
            unread_reactions_count=marks.get((Tag.UNREAD_REACTION, row.topic_id), 0),
            unread_poll_votes_count=marks.get((Tag.UNREAD_VOTE, row.topic_id), 0),
            from_id=peer_of(row.creator_id),
            notify_settings=api.PeerNotifySettings(),
            draft=drafts.get(row.topic_id),
        )
        for row in rows
    ]


def _reads(ctx: Context, key: int, ids: Iterable[int]) -> dict[int, int]:
    table = thread_reads.c
    rows = ctx.db.rows(
        sa.select(table.thread_id, table.read_inbox_max_id).where(
            table.owner_id == ctx.user_id, table.peer_key == key, table.thread_id.in_(list(ids))
        )
    )
    return {row.thread_id: row.read_inbox_max_id for row in rows}


def _unread(
    ctx: Context, key: int, tops: dict[int, int], reads: dict[int, int], last_message_id: int
) -> dict[int, int]:
    lowest = last_message_id - _COUNTED
    behind = {
        topic_id: max(reads.get(topic_id, 0), lowest) for topic_id, top in tops.items() if top > reads.get(topic_id, 0)
    }
    if not behind:
        return {}
    table = thread_messages.c
    ranges = sa.or_(
        *(sa.and_(table.thread_id == topic_id, table.message_id > above) for topic_id, above in behind.items())
    )
    rows = ctx.db.rows(
        sa.select(table.thread_id, sa.func.count().label("unread"))
        .join(boxes, sa.and_(boxes.c.owner_id == table.owner_id, boxes.c.message_id == table.message_id))
        .where(table.owner_id == key, ranges, boxes.c.sender_id != ctx.user_id)
        .group_by(table.thread_id)
    )
    return {row.thread_id: row.unread for row in rows}


def _mentions(ctx: Context, key: int, ids: Iterable[int]) -> dict[int, int]:
    table = channel_mentions.c
    rows = ctx.db.rows(
        sa.select(table.thread_id, sa.func.count().label("unread"))
        .where(table.owner_id == ctx.user_id, table.peer_key == key, table.unread, table.thread_id.in_(list(ids)))
        .group_by(table.thread_id)
    )
    return {row.thread_id: row.unread for row in rows}
