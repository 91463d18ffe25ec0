"""What is kept for a time only: rows beyond their age go in bounded batches, a transaction each.

Several nodes may do this at once: each step finds by itself what is due, and removing what is gone already is nothing.
No step looks at more than it removes: every table here is indexed by its date.

Events are different from the rest, for clients build on them. `prune_events` first notes in the box how far its events
may be gone (``box_states.pruned_pts``), in the same transaction; a difference that begins before that is answered
updates.differenceTooLong (`is_pruned`), never with a gap that nobody sees. A channel is a box like any other.

Texts need no job: they go with the last box that holds them (docs/adr/0007-holders.md).
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.schema import box_states, events

BATCH: Final = 1000
"""Rows removed in one transaction, about: those of one second go together."""


def prune_by_date(ctx: Context, table: sa.Table, days: int) -> int:
    """Remove the oldest rows of a table that has a ``date``, about `BATCH` of those older than ``days``; how many."""
    last = _last_due(ctx, table, days)
    return 0 if last is None else ctx.db.execute(sa.delete(table).where(table.c.date <= last)).rowcount


def _last_due(ctx: Context, table: sa.Table, days: int) -> int | None:
    """The date up to which a batch goes; None when nothing is due."""
    cutoff = ctx.now - days * limits.DAY_S
    due = sa.select(table.c.date).where(table.c.date < cutoff).order_by(table.c.date)
    last = ctx.db.scalar(due.offset(BATCH - 1).limit(1))
    if last is None:
        last = ctx.db.scalar(sa.select(sa.func.max(due.limit(BATCH).subquery().c.date)))
    return None if last is None else int(last)


def prune_events(ctx: Context, days: int) -> int:
    """Remove a batch of events older than ``days``, of whichever boxes have them; how many."""
    last = _last_due(ctx, events, days)
    if last is None:
        return 0
    furthest = ctx.db.rows(
        sa.select(events.c.owner_id, sa.func.max(events.c.pts).label("pts"))
        .where(events.c.date <= last)
        .group_by(events.c.owner_id)
        .order_by(events.c.owner_id)
    )
    if not furthest:
        return 0
    # As every writer of a box does: its state first.
    ctx.db.execute(
        sa.update(box_states)
        .where(box_states.c.owner_id == sa.bindparam("owner"), box_states.c.pruned_pts < sa.bindparam("up_to"))
        .values(pruned_pts=sa.bindparam("up_to")),
        [{"owner": row.owner_id, "up_to": row.pts} for row in furthest],
    )
    return ctx.db.execute(sa.delete(events).where(events.c.date <= last)).rowcount


def is_pruned(ctx: Context, owner_id: int, pts: int) -> bool:
    """Whether events after ``pts`` may be gone; to be asked after they were read."""
    pruned = ctx.db.scalar(sa.select(box_states.c.pruned_pts).where(box_states.c.owner_id == owner_id))
    return pruned is not None and pts < pruned
