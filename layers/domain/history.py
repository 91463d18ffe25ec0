"""Slices of message lists: https://core.telegram.org/api/offsets.

A list (a chat's history, what a search found) is newest first. A slice starts at ``offsetFromID(offset_id) +
add_offset``, which may lie before the message of that id, and is cut to ``max_id`` and ``min_id`` afterwards. Every
slice is read from an index near its place: the work depends on the slice, not on the length of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import by_index
from layers.domain.messages import load_rows
from layers.errors import bad_request
from layers.schema import boxes

LIMIT_MAX: Final = 100
LIMIT_DEFAULT: Final = 20
"""What a client that asks for 0 messages of a history gets."""
SKIP_MAX: Final = 10_000
"""How far ``add_offset`` may lead away from ``offset_id``: the index entries between are walked."""
COUNT_MAX: Final = 5_000
"""Lists without a counter of their own are counted up to here; above, the count is inexact."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list; ``offset_id`` 0 = from its beginning. Use `slice_of`."""

    limit: int
    offset_id: int = 0
    add_offset: int = 0
    max_id: int = 0
    min_id: int = 0


def slice_of(request: Any, *, offset_id: int | None = None, default: int = LIMIT_DEFAULT) -> Slice:
    """The slice a request asks for; ``offset_id`` replaces the request's, ``default`` a limit of 0.

    Raises:
        RpcError: OFFSET_INVALID when ``add_offset`` leads too far.
    """
    if abs(request.add_offset) > SKIP_MAX:
        raise bad_request("OFFSET_INVALID")
    return Slice(
        limit=min(request.limit, LIMIT_MAX) if request.limit > 0 else default,
        offset_id=max(0, request.offset_id if offset_id is None else offset_id),
        add_offset=request.add_offset,
        max_id=max(0, request.max_id),
        min_id=max(0, request.min_id),
    )


def of_dialog(owner_id: int, peer_key: int) -> list[sa.Select[Any]]:
    """The list of all messages of a chat, for `slice_ids`."""
    return [in_dialog(owner_id, peer_key, boxes.c.message_id)]


def in_dialog(owner_id: int, peer_key: int | None, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Columns of a chat's entries in a box, or of all for None, to be walked by the id."""
    statement = sa.select(*columns).where(boxes.c.owner_id == owner_id)
    if peer_key is None:
        return by_index(statement, boxes, "PRIMARY")
    return by_index(statement.where(boxes.c.peer_key == peer_key), boxes, "ix_boxes_owner_id_peer_key_message_id")


def slice_ids(ctx: Context, branches: Sequence[sa.Select[Any]], part: Slice) -> list[int]:
    """Message ids of a slice, newest first; one statement, two for a slice around ``offset_id``.

    The list is the union of the ``branches``: queries of one column, the message id, that an index yields in order.
    A message that several of them hold stands in it once.
    """
    found: list[int] = []
    newer = min(-part.add_offset, part.limit) if part.add_offset < 0 else 0
    if newer and part.offset_id:
        # Positions before offset_id count away from it; a slice that ends before it leaves some out.
        skipped = max(0, -part.add_offset - part.limit)
        found += reversed(_newer(ctx, branches, part.offset_id, newer, skipped))
    older = part.limit - newer
    if older > 0:
        found += _older(ctx, branches, part.offset_id, older, max(0, part.add_offset))
    return [
        message_id for message_id in found if (not part.max_id or message_id < part.max_id) and message_id > part.min_id
    ]


def _newer(ctx: Context, branches: Sequence[sa.Select[Any]], offset_id: int, limit: int, skipped: int) -> Sequence[int]:
    """Up to ``limit`` ids from ``offset_id`` on, oldest first, after the ``skipped`` nearest."""
    narrowed = [branch.where(_id_of(branch) >= offset_id) for branch in branches]
    return _ordered(ctx, narrowed, limit, skipped, ascending=True)


def _older(ctx: Context, branches: Sequence[sa.Select[Any]], offset_id: int, limit: int, skipped: int) -> Sequence[int]:
    """Up to ``limit`` ids before ``offset_id``, newest first, after the ``skipped`` nearest."""
    narrowed = [branch.where(_id_of(branch) < offset_id) for branch in branches] if offset_id else branches
    return _ordered(ctx, narrowed, limit, skipped, ascending=False)


def _ordered(
    ctx: Context, branches: Sequence[sa.Select[Any]], limit: int, skipped: int, *, ascending: bool
) -> Sequence[int]:
    if not branches:
        return []
    if len(branches) == 1:
        column = _id_of(branches[0])
        statement = branches[0].order_by(column if ascending else column.desc())
        return ctx.db.scalars(statement.limit(limit).offset(skipped))
    # Each branch is cut before the union, so that each stays a walk along its index.
    cut = []
    for branch in branches:
        column = _id_of(branch)
        ordered = branch.order_by(column if ascending else column.desc()).limit(limit + skipped)
        cut.append(sa.select(ordered.subquery().c.message_id))
    merged = sa.union(*cut).subquery()
    order = merged.c.message_id if ascending else merged.c.message_id.desc()
    return ctx.db.scalars(sa.select(merged.c.message_id).order_by(order).limit(limit).offset(skipped))


def _id_of(branch: sa.Select[Any]) -> sa.ColumnElement[int]:
    return branch.selected_columns[0]


def count_up_to(ctx: Context, branches: Sequence[sa.Select[Any]], most: int = COUNT_MAX) -> int:
    """How long a list is, counted no further than ``most`` + 1."""
    if not branches:
        return 0
    entries = sa.union_all(*branches) if len(branches) > 1 else branches[0]
    limited = sa.select(entries.subquery().c.message_id).limit(most + 1).subquery()
    return int(ctx.db.scalar(sa.select(sa.func.count()).select_from(limited)))


def load_in_order(ctx: Context, owner_id: int, message_ids: Sequence[int]) -> list[Any]:
    """Rows of the messages in the order of their ids, for `layers.domain.messages.messages_answer`."""
    rows = load_rows(ctx, owner_id, message_ids)
    return [rows[message_id] for message_id in message_ids if message_id in rows]


def first_id_since(ctx: Context, owner_id: int, date: int, *, peer_key: int | None = None) -> int:
    """The id of the first message from ``date`` on, or one above the last id where there is none.

    Ids rise with time, so this is a binary search: a logarithmic number of single-row reads in place of one more index
    that each sent message would have to write.
    """
    entries = in_dialog(owner_id, peer_key, boxes.c.message_id, boxes.c.date)
    last = ctx.db.scalar(entries.order_by(boxes.c.message_id.desc()).limit(1))
    below, above = 0, (last or 0) + 1
    while above - below > 1:
        middle = (below + above) // 2
        row = ctx.db.first(
            entries.where(boxes.c.message_id >= middle, boxes.c.message_id < above)
            .order_by(boxes.c.message_id)
            .limit(1)
        )
        if row is None or row.date >= date:
            above = middle
        else:
            below = int(row.message_id)
    return above
