"""What those who left a group keep: messages as they were while they were in it.

A message is stored once for all its boxes. Before it changes, the boxes of former members get a copy of their own.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.members import former_members
from layers.schema import boxes, contents


def keep_for_former_members(ctx: Context, key: int, row: Any) -> None:
    """Leave the present text of a group's message (a row of a box) to former members; one or three statements."""
    copy_id = ctx.random_id()
    former = former_members(key)
    moved = ctx.db.execute(
        sa.update(boxes)
        .where(boxes.c.owner_id.in_(former), boxes.c.content_id == row.content_id)
        .values(content_id=copy_id)
    ).rowcount
    if not moved:
        return
    ctx.db.execute(
        sa.insert(contents),
        {
            "content_id": copy_id,
            "sender_id": row.sender_id,
            "date": row.date,
            "edit_date": row.edit_date,
            "holders": moved,
            "message": row.message,
        },
    )
    ctx.db.execute(
        sa.update(contents).where(contents.c.content_id == row.content_id).values(holders=contents.c.holders - moved)
    )
