"""Sticker sets that the operator recommends: https://core.telegram.org/api/stickers#featured-stickersets.

``featured_sets.json`` of the content folder: a list of objects with ``short_name``, the most recommended first. Of
stickers the first `FEATURED_MAX` are the featured ones and the others the old ones, which are never unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore, upsert
from layers.domain.content_folder import Given, text_of
from layers.domain.hashes import vector_hash
from layers.domain.set_kinds import Kind
from layers.schema import featured_reads, featured_sets, installed_sets, sticker_sets

FEATURED_MAX: Final = 20
LISTED_MAX: Final = 500
"""Recommended sets of a kind; what the file has beyond is not shown."""


def take_in(ctx: Context, given: Given) -> None:
    """Bring the table up to date with the file; a set that stays keeps the date it was first recommended at."""
    names = list(dict.fromkeys(text_of(entry, "short_name", limit=64).lower() for entry in given.entries))
    ctx.db.execute(sa.delete(featured_sets).where(featured_sets.c.short_name_key.not_in(names)))
    rows = [{"short_name_key": name, "rank": rank, "date": ctx.now} for rank, name in enumerate(names)]
    if rows:
        upsert(ctx.db, featured_sets, rows, update=["rank"])


def featured_rows(ctx: Context, kind: Kind) -> Sequence[Any]:
    """Rows of the sets of a kind in the operator's order, each with ``seen``: the caller need not be told of it."""
    read = sa.and_(featured_reads.c.owner_id == ctx.user_id, featured_reads.c.set_id == sticker_sets.c.set_id)
    had = sa.and_(installed_sets.c.owner_id == ctx.user_id, installed_sets.c.set_id == sticker_sets.c.set_id)
    seen = sa.or_(featured_reads.c.set_id.is_not(None), installed_sets.c.set_id.is_not(None))
    return ctx.db.rows(
        sa.select(sticker_sets, seen.label("seen"))
        .select_from(featured_sets)
        .join(sticker_sets, sticker_sets.c.short_name_key == featured_sets.c.short_name_key)
        .outerjoin(featured_reads, read)
        .outerjoin(installed_sets, had)
        .where(sticker_sets.c.kind == int(kind))
        .order_by(featured_sets.c.rank)
        .limit(LISTED_MAX)
    )


def unread_of(rows: Sequence[Any]) -> list[int]:
    """Ids of the sets that the caller has not seen."""
    return [row.set_id for row in rows if not row.seen]


def hash_of(rows: Sequence[Any]) -> int:
    """The hash of a list: of each set's id, with a 1 behind those that are unread, as clients count it."""
    return vector_hash(number for row in rows for number in ((row.set_id,) if row.seen else (row.set_id, 1)))


def mark_seen(ctx: Context, set_ids: Sequence[int]) -> list[Kind]:
    """The caller has seen these recommended sets, or without ids all; the kinds of those that were unread."""
    kinds = []
    for kind in (Kind.STICKERS, Kind.EMOJI):
        unread = unread_of(featured_rows(ctx, kind)[: FEATURED_MAX if kind is Kind.STICKERS else None])
        named = [set_id for set_id in unread if not set_ids or set_id in set_ids]
        if named:
            insert_ignore(
                ctx.db,
                featured_reads,
                [{"owner_id": ctx.user_id, "set_id": set_id, "date": ctx.now} for set_id in named],
            )
            kinds.append(kind)
    return kinds
