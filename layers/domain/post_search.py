"""Searching the posts of all public channels: https://core.telegram.org/api/search#posts-tab.

Posts are found by whole words or by a hashtag, the newest first. The index holds the posts of every broadcast channel,
in the order of their dates; whether a channel is public is asked when it is read. A call looks at `SCANNED` entries of
the rarest word at most; where they do not fill a page the next call goes on behind them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chats import ChatFlag
from layers.domain.tags import hashtags, terms_of
from layers.schema import chats, post_terms

SCANNED: Final = 2_000
_table: Final = post_terms.c


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last post of a page: what comes behind it is older, or stands in a channel of a smaller key."""

    date: int
    owner_id: int = 0
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """(channel's key, message id) of posts, the newest first; ``more``: the cursor from which a next page goes on."""

    places: list[tuple[int, int]]
    more: Cursor | None


def index_posts(ctx: Context, channel_key: int, posts: Sequence[tuple[Any, Any]]) -> None:
    """Add (row, message) pairs to the index; one statement, none for none."""
    values = [
        {"term": term, "date": row.date, "owner_id": channel_key, "message_id": row.message_id}
        for row, message in posts
        for term in [*terms_of(message), *hashtags(getattr(message, "message", ""))]
    ]
    if values:
        ctx.db.execute(sa.insert(post_terms), values)


def forget_posts(ctx: Context, channel_key: int, message_ids: Collection[int]) -> None:
    """Posts were deleted, or are to be indexed anew."""
    ctx.db.execute(
        sa.delete(post_terms).where(_table.owner_id == channel_key, _table.message_id.in_(list(message_ids)))
    )


def find_posts(ctx: Context, terms: Sequence[str], cursor: Cursor | None, limit: int) -> Found:
    """Posts of public channels that hold all the terms; two statements."""
    if limit <= 0 or not terms:
        return Found([], None)
    first, *others = _rarest_first(ctx, terms)
    order = (_table.date.desc(), _table.owner_id.desc(), _table.message_id.desc())
    walk = sa.select(_table.date, _table.owner_id, _table.message_id).where(_table.term == first)
    if cursor is not None:
        walk = walk.where(_behind(cursor))
    scanned = walk.order_by(*order).limit(SCANNED).subquery()
    statement = (
        sa.select(scanned)
        .join(chats, chats.c.peer_key == scanned.c.owner_id)
        .where(*(_holds(scanned, term) for term in others))
        .order_by(scanned.c.date.desc(), scanned.c.owner_id.desc(), scanned.c.message_id.desc())
    )
    public = [chats.c.username.is_not(None), chats.c.flags.op("&")(int(ChatFlag.DEACTIVATED)) == 0]
    rows = ctx.db.rows(statement.where(*public).limit(limit + 1))
    places = [(row.owner_id, row.message_id) for row in rows[:limit]]
    if len(rows) > limit:
        return Found(places, _cursor(rows[limit - 1]))
    last = ctx.db.first(walk.order_by(*order).offset(SCANNED - 1).limit(1))
    return Found(places, None if last is None else _cursor(last))


def _cursor(row: Any) -> Cursor:
    return Cursor(row.date, row.owner_id, row.message_id)


def _behind(cursor: Cursor) -> sa.ColumnElement[bool]:
    same_channel = sa.and_(_table.owner_id == cursor.owner_id, _table.message_id < cursor.message_id)
    same_date = sa.and_(_table.date == cursor.date, sa.or_(_table.owner_id < cursor.owner_id, same_channel))
    return sa.or_(_table.date < cursor.date, same_date)


def _rarest_first(ctx: Context, terms: Sequence[str]) -> list[str]:
    """The terms by how many posts hold them, counted no further than a call looks; one statement."""
    if len(terms) == 1:
        return list(terms)
    counted = [
        sa.select(sa.func.count())
        .select_from(sa.select(_table.date).where(_table.term == term).limit(SCANNED + 1).subquery())
        .scalar_subquery()
        .label(f"term_{index}")
        for index, term in enumerate(terms)
    ]
    row = ctx.db.rows(sa.select(*counted))[0]
    return [term for _, term in sorted(zip(row, terms, strict=True))]


def _holds(scanned: sa.Subquery, term: str) -> sa.ColumnElement[bool]:
    other = post_terms.alias()
    return (
        sa.select(sa.literal_column("1"))
        .where(
            other.c.term == term,
            other.c.date == scanned.c.date,
            other.c.owner_id == scanned.c.owner_id,
            other.c.message_id == scanned.c.message_id,
        )
        .limit(1)
        .scalar_subquery()
        .is_not(None)
    )
