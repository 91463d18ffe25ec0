"""Searching all chats at once: https://core.telegram.org/method/messages.searchGlobal.

An account's own box holds its private chats and basic groups; each supergroup and channel it is in has a box of its
own. A word that few messages of all these channels hold is looked up in one statement. Otherwise the channels are
walked, those in which something was said last first, a batch at a time, until nothing newer can come: a word that is
common fills a page soon. Hits are in the order of their dates, then of their boxes, then of their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chats import PRESENT, ChatFlag, ChatKind
from layers.domain.search import Count, Query, branches_of, there_is
from layers.domain.search_words import COMMON, WordLists, begins_with, counted, counts_of, entries_of
from layers.schema import boxes, chat_members, chats, dialogs, message_tag_counts, message_tags, message_terms

_CHANNELS_BELOW: Final = -(10**12)
_BATCH: Final = 20
"""Channels that one statement walks."""

Hit = tuple[int, int, int]
"""Date, box (`boxes.owner_id`) and id of a message."""


@dataclass(frozen=True, slots=True)
class Source:
    """A channel that is searched; messages up to ``above_id`` are not shown to the caller."""

    key: int
    top_date: int
    above_id: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Dates between which messages must lie, both excluded (0 = open), and the hit behind which the page begins."""

    min_date: int = 0
    max_date: int = 0
    behind: Hit | None = None

    def before(self, owner_id: int) -> int:
        """Messages of a box must have a date before this; 0 = any. Does not know of the ids in the hit's own box."""
        dates = [self.max_date] if self.max_date else []
        if self.behind is not None:
            dates.append(self.behind[0] + (1 if owner_id <= self.behind[1] else 0))
        return min(dates, default=0)


def sources(ctx: Context, kinds: Sequence[ChatKind], folder_id: int | None) -> list[Source]:
    """The channels of these kinds that the caller is in, that in which something was said last first; one statement."""
    if not kinds:
        return []
    own, mine = dialogs.alias("own"), dialogs.alias("mine")
    statement = (
        sa.select(chats.c.peer_key, own.c.top_message_date, chat_members.c.available_min_id)
        .join_from(chat_members, chats, chats.c.peer_key == chat_members.c.peer_key)
        .join(own, sa.and_(own.c.owner_id == chats.c.peer_key, own.c.peer_key == chats.c.peer_key))
        .where(
            chat_members.c.user_id == ctx.user_id,
            chat_members.c.status.in_([int(status) for status in PRESENT]),
            chat_members.c.peer_key < _CHANNELS_BELOW,
            chats.c.kind.in_([int(kind) for kind in kinds]),
            chats.c.flags.op("&")(int(ChatFlag.DEACTIVATED)) == 0,
        )
        .order_by(own.c.top_message_date.desc(), chats.c.peer_key.desc())
    )
    if folder_id is not None:
        listed = sa.and_(mine.c.owner_id == ctx.user_id, mine.c.peer_key == chats.c.peer_key)
        statement = statement.join(mine, listed).where(mine.c.folder_id == folder_id)
    return [Source(row.peer_key, row.top_message_date, row.available_min_id) for row in ctx.db.rows(statement)]


def search_channels(
    ctx: Context, found: Sequence[Source], query: Query, bounds: Bounds, limit: int
) -> tuple[list[Hit], Count]:
    """The newest ``limit`` hits in these channels, and how many there are; ``query`` says what is looked for."""
    if not found or query.impossible or (query.tags is not None and not query.tags):
        return [], Count(0)
    keys = [source.key for source in found]
    if not query.words:
        return _walk(ctx, found, query, bounds, limit), _tag_count(ctx, keys, query, bounds)
    entries = sa.select(message_terms.c.message_id).where(message_terms.c.owner_id.in_(keys))
    counts = counts_of(ctx, entries, query.words, COMMON)
    words = tuple(sorted(query.words, key=lambda word: (counts[word], -len(word))))
    query = replace(query, words=words)
    if counts[words[0]] > COMMON:
        return _walk(ctx, found, query, bounds, limit), Count(COMMON, inexact=True)
    hits = _rare(ctx, keys, query)
    total = ctx.db.scalar(sa.select(sa.func.count()).select_from(hits.subquery()))
    column = hits.selected_columns
    page = hits.where(*_within(bounds, column.date, column.owner_id, column.message_id))
    order = (column.date.desc(), column.owner_id.desc(), column.message_id.desc())
    rows = ctx.db.rows(page.order_by(*order).limit(limit))
    return [(row.date, row.owner_id, row.message_id) for row in rows], Count(int(total))


def _rare(ctx: Context, keys: Sequence[int], query: Query) -> sa.Select[Any]:
    """Every message of these channels that the query finds, through the entries of its rarest word."""
    first, *others = query.words
    terms = (
        sa.select(message_terms.c.owner_id, message_terms.c.message_id)
        .where(message_terms.c.owner_id.in_(keys), *begins_with(first))
        .distinct()
        .subquery()
    )
    mine = sa.and_(chat_members.c.peer_key == terms.c.owner_id, chat_members.c.user_id == ctx.user_id)
    statement = (
        sa.select(boxes.c.date, boxes.c.owner_id, boxes.c.message_id)
        .join_from(
            terms,
            boxes,
            sa.and_(boxes.c.owner_id == terms.c.owner_id, boxes.c.message_id == terms.c.message_id),
        )
        .join(chat_members, mine)
        .where(boxes.c.message_id > chat_members.c.available_min_id)
    )
    for word in others:
        other = message_terms.alias()
        same = (other.c.owner_id == boxes.c.owner_id, other.c.message_id == boxes.c.message_id)
        statement = statement.where(there_is(*same, *begins_with(word, other.c)))
    if query.tags is not None:
        tag = message_tags.alias()
        same = (tag.c.owner_id == boxes.c.owner_id, tag.c.message_id == boxes.c.message_id)
        statement = statement.where(there_is(*same, tag.c.tag.in_([int(item) for item in query.tags])))
    return statement


def _within(bounds: Bounds, date: Any, owner_id: Any, message_id: Any) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if bounds.min_date:
        where.append(date > bounds.min_date)
    if bounds.max_date:
        where.append(date < bounds.max_date)
    if bounds.behind is not None:
        last_date, last_owner, last_id = bounds.behind
        in_box = sa.and_(owner_id == last_owner, message_id < last_id)
        where.append(sa.or_(date < last_date, sa.and_(date == last_date, sa.or_(owner_id < last_owner, in_box))))
    return where


def _walk(ctx: Context, found: Sequence[Source], query: Query, bounds: Bounds, limit: int) -> list[Hit]:
    hits: list[Hit] = []
    for start in range(0, len(found), _BATCH):
        part = found[start : start + _BATCH]
        if len(hits) >= limit and hits[limit - 1][0] > part[0].top_date:
            break
        hits = sorted([*hits, *_newest(ctx, part, query, bounds, limit)], reverse=True)[:limit]
    return hits


def _newest(ctx: Context, part: Sequence[Source], query: Query, bounds: Bounds, limit: int) -> list[Hit]:
    """The newest hits of each of a batch of channels, each walked along an index."""
    keys = [source.key for source in part]
    below = ids_since(ctx, {key: date for key in keys if (date := bounds.before(key))})
    if bounds.behind is not None and bounds.behind[1] in keys:
        below[bounds.behind[1]] = min(bounds.behind[2], below.get(bounds.behind[1], bounds.behind[2]))
    above = ids_since(ctx, dict.fromkeys(keys, bounds.min_date + 1)) if bounds.min_date else {}
    common = _where_common(ctx, keys, query.words[0]) if query.words else {}
    cuts = []
    for source in part:
        within = replace(
            query,
            owner_id=source.key,
            peer_key=source.key,
            above_id=max(source.above_id, above.get(source.key, 1) - 1),
            below_id=below.get(source.key, 0),
            # A common word is met soon along the chat itself.
            lists=WordLists(sorted=not common.get(source.key, False)),
        )
        for branch in branches_of(within):
            column = branch.selected_columns[0]
            cut = branch.order_by(column.desc()).limit(limit).subquery()
            cuts.append(sa.select(sa.literal(source.key).label("owner_id"), cut.c.message_id.label("message_id")))
    merged = sa.union_all(*cuts).subquery()
    same = sa.and_(boxes.c.owner_id == merged.c.owner_id, boxes.c.message_id == merged.c.message_id)
    rows = ctx.db.rows(sa.select(boxes.c.date, boxes.c.owner_id, boxes.c.message_id).join_from(merged, boxes, same))
    return [(row.date, row.owner_id, row.message_id) for row in rows]


def _where_common(ctx: Context, keys: Sequence[int], word: str) -> dict[int, bool]:
    """In which of the channels more than `COMMON` entries begin with the word; one statement."""
    counts = [
        counted(entries_of(key, key, message_terms.c.message_id), word, COMMON).label(f"count_{index}")
        for index, key in enumerate(keys)
    ]
    row = ctx.db.rows(sa.select(*counts))[0]
    return {key: row[index] > COMMON for index, key in enumerate(keys)}


def ids_since(ctx: Context, dates: Mapping[int, int]) -> dict[int, int]:
    """Of each channel (key → date) the id from which on its messages are as new; above the last where none is.

    Ids rise with time: a binary search in all of them at once, with a statement for each step.
    """
    if not dates:
        return {}
    keys = list(dates)
    last = ctx.db.rows(
        sa.select(boxes.c.owner_id, sa.func.max(boxes.c.message_id).label("last"))
        .where(boxes.c.owner_id.in_(keys))
        .group_by(boxes.c.owner_id)
    )
    below, above = dict.fromkeys(keys, 0), dict.fromkeys(keys, 1)
    above |= {row.owner_id: row.last + 1 for row in last}
    while open_keys := [key for key in keys if above[key] - below[key] > 1]:
        middles = {key: (below[key] + above[key]) // 2 for key in open_keys}
        asked = [
            sa.select(boxes.c.date)
            .where(boxes.c.owner_id == key, boxes.c.message_id >= middle)
            .order_by(boxes.c.message_id)
            .limit(1)
            .scalar_subquery()
            .label(f"date_{index}")
            for index, (key, middle) in enumerate(middles.items())
        ]
        row = ctx.db.rows(sa.select(*asked))[0]
        for index, (key, middle) in enumerate(middles.items()):
            if row[index] is None or row[index] >= dates[key]:
                above[key] = middle
            else:
                below[key] = middle
    return above


def _tag_count(ctx: Context, keys: Sequence[int], query: Query, bounds: Bounds) -> Count:
    """How many messages of a kind the channels hold, from their counters."""
    table = message_tag_counts.c
    total = ctx.db.scalar(
        sa.select(sa.func.sum(table.count)).where(
            table.owner_id.in_(keys), table.tag.in_([int(tag) for tag in query.tags or ()])
        )
    )
    return Count(int(total or 0), inexact=bool(bounds.min_date or bounds.max_date))
