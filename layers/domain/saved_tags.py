"""Reactions as tags of saved messages: https://core.telegram.org/api/saved-messages#tags.

Each tag is counted by origin and for all of Saved Messages (origin 0); the counts are kept, never counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.schema import saved_messages, saved_tag_counts, saved_tags

EVERYWHERE: Final = 0


def tag_saved(ctx: Context, owner_id: int, message_id: int, *, added: Iterable[str], removed: Iterable[str]) -> None:
    """A saved message has these tags more and those less."""
    origin = ctx.db.scalar(
        sa.select(saved_messages.c.saved_peer_key).where(
            saved_messages.c.owner_id == owner_id, saved_messages.c.message_id == message_id
        )
    )
    gone, new = sorted(removed), sorted(added)
    if gone:
        ctx.db.execute(
            sa.delete(saved_tags).where(
                saved_tags.c.owner_id == owner_id,
                saved_tags.c.message_id == message_id,
                saved_tags.c.reaction.in_(gone),
            )
        )
    if new:
        values = [
            {"owner_id": owner_id, "reaction": text, "message_id": message_id, "saved_peer_key": origin or owner_id}
            for text in new
        ]
        ctx.db.execute(sa.insert(saved_tags), values)
    _count(ctx, owner_id, Counter({(origin or owner_id, text): 1 for text in new}))
    _count(ctx, owner_id, Counter({(origin or owner_id, text): -1 for text in gone}))


def untag_saved(ctx: Context, owner_id: int, message_ids: Sequence[int]) -> None:
    """Saved messages with tags were deleted."""
    if not message_ids:
        return
    where = [saved_tags.c.owner_id == owner_id, saved_tags.c.message_id.in_(message_ids)]
    rows = ctx.db.rows(sa.select(saved_tags.c.saved_peer_key, saved_tags.c.reaction).where(*where))
    ctx.db.execute(sa.delete(saved_tags).where(*where))
    counts = Counter((row.saved_peer_key, row.reaction) for row in rows)
    _count(ctx, owner_id, Counter({key: -count for key, count in counts.items()}))


def _count(ctx: Context, owner_id: int, changes: Counter[tuple[int, str]]) -> None:
    totals: Counter[tuple[int, str]] = Counter()
    for (origin, text), change in changes.items():
        totals[origin, text] += change
        totals[EVERYWHERE, text] += change
    for (origin, text), change in totals.items():
        row = {"owner_id": owner_id, "saved_peer_key": origin, "reaction": text, "count": change}
        upsert(ctx.db, saved_tag_counts, row, add={"count": change})


def tags_in_use(ctx: Context, owner_id: int, origin: int = EVERYWHERE) -> list[Any]:
    """Rows (reaction, count, title) of the tags of an origin, the most used first."""
    own, named = saved_tag_counts.alias(), saved_tag_counts.alias()
    together = sa.and_(
        named.c.owner_id == own.c.owner_id,
        named.c.saved_peer_key == EVERYWHERE,
        named.c.reaction == own.c.reaction,
    )
    statement = (
        sa.select(own.c.reaction, own.c.count, named.c.title)
        .select_from(own.outerjoin(named, together))
        .where(own.c.owner_id == owner_id, own.c.saved_peer_key == origin, own.c.count > 0)
    )
    return list(ctx.db.rows(statement.order_by(own.c.count.desc(), own.c.reaction)))


def name_tag(ctx: Context, owner_id: int, text: str, title: str | None) -> bool:
    """Name a tag, or with None take its name away; False for a tag that is not in use."""
    return bool(
        ctx.db.execute(
            sa.update(saved_tag_counts)
            .where(
                saved_tag_counts.c.owner_id == owner_id,
                saved_tag_counts.c.saved_peer_key == EVERYWHERE,
                saved_tag_counts.c.reaction == text,
                saved_tag_counts.c.count > 0,
            )
            .values(title=title)
        ).rowcount
    )
