"""Taking all reactions of a member of a group away: https://core.telegram.org/method/messages.deleteParticipantReactions.

There may be many, so an administrator's wish is written down and done by a job, a batch in a transaction, the latest
reactions first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import agenda
from layers.context import Context
from layers.database import upsert
from layers.domain.reaction_summaries import reaction_text
from layers.domain.reactions import RECENT_SHOWN, lock_contents, peer_reaction, write_summaries
from layers.schema import content_reactions, reaction_removals, reactions
from tl import api

BATCH: Final = 100
"""Messages in one transaction."""

_mine: Final = reactions.c


def ask(ctx: Context, chat_key: int, reactor_key: int) -> None:
    """Have the reactions of a member taken away in the name of the caller."""
    wish = {"chat_key": chat_key, "reactor_key": reactor_key, "actor_id": ctx.user_id}
    upsert(ctx.db, reaction_removals, wish, update=("actor_id",))
    agenda.enter(ctx, ctx.now)


NEXT: Final = sa.select(sa.literal(0)).select_from(reaction_removals).limit(1)
"""Every wish is to be done at once."""


def waiting(ctx: Context, limit: int) -> Sequence[Any]:
    """Wishes (rows of `reaction_removals`) that are to be done."""
    return ctx.db.rows(sa.select(reaction_removals).limit(limit))


def take_away(ctx: Context, wish: Any) -> list[int]:
    """Take the next batch of reactions away; the contents that had them. The last batch ends the wish."""
    where = [_mine.reactor_key == wish.reactor_key, _mine.chat_key == wish.chat_key]
    latest = sa.func.max(_mine.date)
    found = ctx.db.scalars(
        sa.select(_mine.content_id).where(*where).group_by(_mine.content_id).order_by(latest.desc()).limit(BATCH)
    )
    if len(found) < BATCH:
        table = reaction_removals.c
        ctx.db.execute(
            sa.delete(reaction_removals).where(table.chat_key == wish.chat_key, table.reactor_key == wish.reactor_key)
        )
    if not found:
        return []
    lock_contents(ctx, found)
    own = [_mine.content_id.in_(found), _mine.reactor_key == wish.reactor_key]
    removed: dict[int, set[str]] = defaultdict(set)
    for row in ctx.db.rows(sa.select(_mine.content_id, _mine.reaction).where(*own)):
        removed[row.content_id].add(row.reaction)
    if removed:
        ctx.db.execute(sa.delete(reactions).where(*own))
        _count_less(ctx, removed)
    return sorted(removed)


def _count_less(ctx: Context, removed: dict[int, set[str]]) -> None:
    stored = ctx.db.rows(sa.select(content_reactions).where(content_reactions.c.content_id.in_(list(removed))))
    latest = _latest(ctx, list(removed))
    changed = []
    for row in stored:
        summary: Any = tl.decode(row.summary)
        for item in summary.results:
            item.count -= reaction_text(item.reaction) in removed[row.content_id]
        summary.results = sorted((item for item in summary.results if item.count > 0), key=lambda item: -item.count)
        summary.recent_reactions = latest.get(row.content_id)
        changed.append((row.content_id, summary))
    if changed:
        write_summaries(ctx, changed)


def _latest(ctx: Context, content_ids: Sequence[int]) -> dict[int, list[api.MessagePeerReaction]]:
    """The latest reactors of each message, as its summary shows them; one statement."""
    place = sa.func.row_number().over(partition_by=_mine.content_id, order_by=(_mine.date.desc(), _mine.reactor_key))
    ranked = sa.select(reactions, place.label("place")).where(_mine.content_id.in_(content_ids)).subquery()
    found: dict[int, list[api.MessagePeerReaction]] = defaultdict(list)
    for row in ctx.db.rows(sa.select(ranked).where(ranked.c.place <= RECENT_SHOWN).order_by(ranked.c.place)):
        found[row.content_id].append(peer_reaction(row))
    return found
