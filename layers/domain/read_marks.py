"""How far others have read, without a row for each reader: https://core.telegram.org/api/threads#reading.

One row a place holds how far it was read by anybody, twice: by whoever is furthest and by the next, so that nobody's
own reading marks his messages as read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore


@dataclass(frozen=True, slots=True)
class Moved:
    """A mark that moved. ``before``: where it stood for everybody but the caller.

    ``leader_id``: whoever read furthest, where what he sees moved too; else 0.
    """

    before: int
    leader_id: int = 0


def read_by_others(row: Any, viewer_id: int) -> int:
    """How far others than the viewer have read, by the row of a place (None: nobody has)."""
    if row is None:
        return 0
    return int(row.other_read_max_id if row.reader_id == viewer_id else row.read_max_id) or 0


def move_mark(ctx: Context, table: sa.Table, place: Mapping[str, int], max_id: int) -> Moved | None:
    """Note that the caller has read up to ``max_id``; None when nobody sees more for that. Locks the place's row."""
    columns = table.c
    where = [columns[name] == value for name, value in place.items()]
    insert_ignore(ctx.db, table, dict(place))
    row = ctx.db.first(sa.select(table).where(*where).with_for_update())
    if row is None:
        return None
    values = {"read_max_id": max_id}
    moved = Moved(row.read_max_id)
    if row.reader_id == ctx.user_id:
        if max_id <= row.read_max_id:
            return None
    elif max_id > row.read_max_id:
        values |= {"reader_id": ctx.user_id, "other_read_max_id": row.read_max_id}
    elif max_id > row.other_read_max_id:
        # Only whoever read furthest sees the next mark.
        values = {"other_read_max_id": max_id}
        moved = Moved(max_id, row.reader_id)
    else:
        return None
    ctx.db.execute(sa.update(table).where(*where).values(**values))
    return moved
