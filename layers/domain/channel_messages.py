"""Messages of supergroups and channels as a viewer sees them.

https://core.telegram.org/constructor/message. The box belongs to the channel, so what depends on the viewer is not in
its rows: whether he wrote the message, whether it mentions him. Files carry a reference that is bound to the channel,
so that one push serves all members and whoever is no longer in it can fetch nothing (`layers.domain.files`).

All of it is read for a whole page at once: a constant number of statements, whatever the page and the channels in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.extras import add_extras
from layers.domain.messages import MESSAGE_COLUMNS, BoxFlag
from layers.domain.peers import bare_id, peer_of
from layers.domain.viewer_media import for_viewer
from layers.schema import boxes, channel_mentions, contents, message_counters, threads
from tl import api

ANYONE: Final = 0
"""The viewer of a push: nobody in particular."""


def channel_message_objects(ctx: Context, viewer_id: int, rows: Sequence[Any], *, new: bool = False) -> list[Any]:
    """The message of each row, of whichever channels, in order.

    ``new``: the rows have just been put in, so there is nothing to read about them yet.
    """
    places = _by_channel(rows)
    if new or not rows:
        fresh = [(row, _message(ctx, viewer_id, row, None, None, None, new=True)) for row in rows]
        add_extras(ctx, viewer_id, fresh)
        return [message for _, message in fresh]
    mentions = _mentions(ctx, viewer_id, places) if viewer_id else {}
    counters = _counters(ctx, places)
    replies = _threads(ctx, places)
    pairs = []
    for row in rows:
        place = (row.peer_key, row.message_id)
        pairs.append((row, _message(ctx, viewer_id, row, mentions.get(place), counters.get(place), replies.get(place))))
    add_extras(ctx, viewer_id, pairs)
    return [message for _, message in pairs]


def _message(
    ctx: Context, viewer_id: int, row: Any, mention: Any, counters: Any, thread: Any, *, new: bool = False
) -> Any:
    message: Any = tl.decode(row.message)
    message.id = row.message_id
    message.peer_id = peer_of(row.peer_key)
    message.date = row.date
    message.out = viewer_id == row.sender_id
    if not row.flags & BoxFlag.ANONYMOUS:
        message.from_id = api.PeerUser(user_id=row.sender_id)
    if mention is not None:
        message.mentioned = True
        message.media_unread = bool(mention.unread)
    if row.reply_to_msg_id is not None:
        if message.reply_to is None:
            message.reply_to = api.MessageReplyHeader()
        if message.reply_to.reply_from is None:
            message.reply_to.reply_to_msg_id = row.reply_to_msg_id
        else:
            # It answers what stands elsewhere, said in a thread here.
            message.reply_to.reply_to_top_id = message.reply_to.reply_to_top_id or row.reply_to_msg_id
    if not isinstance(message, api.Message):
        for_viewer(ctx, row.peer_key, message)
        return message
    message.edit_date = row.edit_date
    message.pinned = bool(row.flags & BoxFlag.PINNED)
    if counters is not None and message.views is not None:
        message.views, message.forwards = max(1, counters.views), counters.forwards
    if message.replies is not None and not new:
        # A post is stored with the comments it may get; whether it still may, its thread says.
        message.replies = None
    if thread is not None:
        message.replies = _replies(message, thread)
    if message.media is not None:
        for_viewer(ctx, row.peer_key, message.media)
    if message.reply_to is not None:
        for_viewer(ctx, row.peer_key, message.reply_to)
    return message


def _replies(message: Any, thread: Any) -> api.MessageReplies:
    """https://core.telegram.org/api/threads: comments of a post, or replies in the group."""
    is_comments = bool(message.post)
    return api.MessageReplies(
        comments=is_comments,
        replies=thread.replies,
        replies_pts=thread.pts,
        channel_id=bare_id(thread.owner_id) if is_comments else None,
        max_id=thread.max_id or None,
    )


Place = tuple[int, int]
"""A channel's key and a message id in it."""


def _by_channel(rows: Iterable[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[row.peer_key].append(row.message_id)
    return found


def _within(
    owner: sa.ColumnElement[int], message: sa.ColumnElement[int], places: dict[int, list[int]]
) -> sa.ColumnElement[bool]:
    """Where messages of these places are found by the index; others that bear an id of another channel come along.

    MariaDB does not look up pairs by an index. Each key with each id is a few hundred lookups for a page; for more of
    them the places are written out, which costs this process more than the database.
    """
    ids = {message_id for found in places.values() for message_id in found}
    if len(places) * len(ids) <= _LOOKUPS_MAX:
        return sa.and_(owner.in_(list(places)), message.in_(sorted(ids)))
    return sa.or_(*(sa.and_(owner == key, message.in_(found)) for key, found in places.items()))


_LOOKUPS_MAX: Final = 2_500


def _mentions(ctx: Context, viewer_id: int, places: dict[int, list[int]]) -> dict[Place, Any]:
    table = channel_mentions.c
    rows = ctx.db.rows(
        sa.select(table.peer_key, table.message_id, table.unread).where(
            table.owner_id == viewer_id, _within(table.peer_key, table.message_id, places)
        )
    )
    return {(row.peer_key, row.message_id): row for row in rows}


def _counters(ctx: Context, places: dict[int, list[int]]) -> dict[Place, Any]:
    table = message_counters.c
    rows = ctx.db.rows(sa.select(message_counters).where(_within(table.owner_id, table.message_id, places)))
    return {(row.owner_id, row.message_id): row for row in rows}


def _threads(ctx: Context, places: dict[int, list[int]]) -> dict[Place, Any]:
    """Threads by their first message, and by the post whose comments they are."""
    table = threads.c
    rows = ctx.db.rows(
        sa.union_all(
            sa.select(threads).where(_within(table.owner_id, table.thread_id, places)),
            sa.select(threads).where(_within(table.post_owner_id, table.post_id, places)),
        )
    )
    found: dict[Place, Any] = {}
    for row in rows:
        found[row.owner_id, row.thread_id] = row
        if row.post_id:
            found[row.post_owner_id, row.post_id] = row
    return found


def load_channel_rows(ctx: Context, places: dict[int, list[int]]) -> dict[Place, Any]:
    """Rows of messages of several channels; one statement, none for none."""
    wanted = {key: ids for key, ids in places.items() if ids}
    if not wanted:
        return {}
    rows = ctx.db.rows(
        sa.select(*MESSAGE_COLUMNS)
        .join_from(boxes, contents, boxes.c.content_id == contents.c.content_id)
        .where(_within(boxes.c.owner_id, boxes.c.message_id, wanted))
    )
    asked = {(key, message_id) for key, ids in wanted.items() for message_id in ids}
    return {place: row for row in rows if (place := (row.peer_key, row.message_id)) in asked}
