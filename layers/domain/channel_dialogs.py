"""Channels in the chat list: https://core.telegram.org/api/folders, https://core.telegram.org/constructor/dialog.

A post to a channel does not touch its members' rows in `dialogs`, so a channel's place in the list is found when the
list is read: the last message comes from the channel's own row. A member's rows of channels have ``top_message_date`` 0
and are no part of the walk along the index of the other chats; there are at most `CHANNELS_MAX` of them, read by the
primary key in one statement and merged.

Unread messages are counted when they are shown, among the newest `COUNTED` ids of each channel of the page; what lies
further back is taken from the distance of the ids, which are dense but for deletions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chats import ChatKind
from layers.schema import box_states, boxes, channel_reads, chat_members, chats, dialogs

COUNTED: Final = 1_000
"""Unread messages are counted exactly up to here."""
_CHANNELS_BELOW: Final = -(10**12)


@dataclass(frozen=True, slots=True)
class ChannelDialog:
    """A channel in somebody's chat list, with the attributes of a row of `dialogs`."""

    peer_key: int
    folder_id: int
    top_message_id: int
    top_message_date: int
    read_inbox_max_id: int
    read_outbox_max_id: int
    unread_count: int
    message_count: int
    unread_mentions_count: int
    unread_reactions_count: int
    unread_poll_votes_count: int
    pinned_rank: int
    unread_mark: bool
    ttl_period: int | None
    pts: int
    last_message_id: int
    above_id: int


_mine, _own = dialogs.alias("mine"), dialogs.alias("own")
_COLUMNS: Final = (
    chats.c.peer_key,
    chats.c.kind,
    chats.c.ttl_period,
    _own.c.top_message_id,
    _own.c.top_message_date,
    _own.c.message_count,
    box_states.c.pts,
    box_states.c.last_message_id,
    channel_reads.c.read_max_id,
    channel_reads.c.reader_id,
    channel_reads.c.other_read_max_id,
    chat_members.c.available_min_id,
    _mine.c.folder_id,
    _mine.c.read_inbox_max_id,
    _mine.c.unread_mentions_count,
    _mine.c.unread_reactions_count,
    _mine.c.unread_poll_votes_count,
    _mine.c.pinned_rank,
    _mine.c.unread_mark,
)
_viewer: Final[sa.BindParameter[Any]] = sa.bindparam("viewer")


def _joined(source: sa.FromClause, key: sa.ColumnElement[int], *, outer: bool) -> sa.FromClause:
    joined = source.join(chats, chats.c.peer_key == key) if source is not chats else source
    joined = joined.join(_own, sa.and_(_own.c.owner_id == key, _own.c.peer_key == key))
    joined = joined.join(box_states, box_states.c.owner_id == key)
    if outer:
        joined = joined.outerjoin(_mine, sa.and_(_mine.c.owner_id == _viewer, _mine.c.peer_key == key))
    joined = joined.outerjoin(chat_members, sa.and_(chat_members.c.peer_key == key, chat_members.c.user_id == _viewer))
    return joined.outerjoin(channel_reads, channel_reads.c.peer_key == key)


_LISTED: Final = (
    sa.select(*_COLUMNS)
    .select_from(_joined(_mine, _mine.c.peer_key, outer=False))
    .where(_mine.c.owner_id == _viewer, _mine.c.peer_key < _CHANNELS_BELOW)
)
_NAMED: Final = (
    sa.select(*_COLUMNS)
    .select_from(_joined(chats, chats.c.peer_key, outer=True))
    .where(chats.c.peer_key.in_(sa.bindparam("keys", expanding=True)))
)


def listed_channels(ctx: Context, viewer_id: int, folder_id: int | None, *, pinned: bool) -> list[ChannelDialog]:
    """The account's channels in a folder (None: in any), pinned ones or the others; without unread counts."""
    statement = _LISTED.where(_mine.c.pinned_rank > 0 if pinned else _mine.c.pinned_rank == 0)
    if folder_id is not None:
        statement = statement.where(_mine.c.folder_id == folder_id)
    return [_dialog(viewer_id, row) for row in ctx.db.rows(statement, {"viewer": viewer_id})]


def count_channels(ctx: Context, viewer_id: int, folder_id: int | None, *, pinned: bool) -> int:
    """How many channels a folder lists, with or without the pinned ones."""
    where = [dialogs.c.owner_id == viewer_id, dialogs.c.peer_key < _CHANNELS_BELOW]
    if folder_id is not None:
        where.append(dialogs.c.folder_id == folder_id)
    if not pinned:
        where.append(dialogs.c.pinned_rank == 0)
    return int(ctx.db.scalar(sa.select(sa.func.count()).select_from(dialogs).where(*where)))


def channel_dialogs(ctx: Context, viewer_id: int, keys: Sequence[int]) -> dict[int, ChannelDialog]:
    """Dialogs of these channels, also of ones that the account is not in; without unread counts."""
    if not keys:
        return {}
    rows = ctx.db.rows(_NAMED, {"viewer": viewer_id, "keys": list(keys)})
    return {row.peer_key: _dialog(viewer_id, row) for row in rows}


def _dialog(viewer_id: int, row: Any) -> ChannelDialog:
    read_outbox = row.other_read_max_id if row.reader_id == viewer_id else row.read_max_id
    return ChannelDialog(
        peer_key=row.peer_key,
        folder_id=row.folder_id or 0,
        top_message_id=row.top_message_id,
        top_message_date=row.top_message_date,
        read_inbox_max_id=row.read_inbox_max_id or 0,
        read_outbox_max_id=(read_outbox or 0) if row.kind == ChatKind.SUPERGROUP else 0,
        unread_count=0,
        message_count=row.message_count,
        unread_mentions_count=row.unread_mentions_count or 0,
        unread_reactions_count=row.unread_reactions_count or 0,
        unread_poll_votes_count=row.unread_poll_votes_count or 0,
        pinned_rank=row.pinned_rank or 0,
        unread_mark=bool(row.unread_mark),
        ttl_period=row.ttl_period,
        pts=row.pts,
        last_message_id=row.last_message_id,
        above_id=row.available_min_id or 0,
    )


def with_unread(ctx: Context, viewer_id: int, rows: Iterable[Any]) -> list[Any]:
    """The rows with unread counts filled in for the channels among them; one statement, none without channels."""
    found = list(rows)
    behind = {
        row.peer_key: max(row.read_inbox_max_id, row.above_id)
        for row in found
        if isinstance(row, ChannelDialog) and row.read_inbox_max_id < row.top_message_id
    }
    if not behind:
        return found
    last = {row.peer_key: row.last_message_id for row in found if isinstance(row, ChannelDialog)}
    counts = unread_counts(ctx, viewer_id, behind, last)
    return [replace(row, unread_count=counts[row.peer_key]) if row.peer_key in counts else row for row in found]


def unread_counts(ctx: Context, viewer_id: int, read: dict[int, int], last: dict[int, int]) -> dict[int, int]:
    """Of each channel, how many messages by others follow the one read last; ``last`` is the newest id there."""
    start = {key: max(read_id, last[key] - COUNTED) for key, read_id in read.items()}
    ranges = sa.or_(
        *(sa.and_(boxes.c.owner_id == key, boxes.c.message_id > above_id) for key, above_id in start.items())
    )
    counted = ctx.db.rows(
        sa.select(boxes.c.owner_id, sa.func.count().label("unread"))
        .where(ranges, boxes.c.sender_id != viewer_id)
        .group_by(boxes.c.owner_id)
    )
    exact = {row.owner_id: row.unread for row in counted}
    return {key: exact.get(key, 0) + start[key] - read_id for key, read_id in read.items()}
