"""Unread marks of authors in supergroups: reactions to their messages, votes in their polls.

A row for each message with something unread, written by whoever reacts first: what it costs depends neither on the
number of members nor on how many react. The author's own row in `dialogs` counts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain.unread import MARKS, Mark
from layers.schema import boxes, channel_marks, dialogs

_table = channel_marks.c


def add_marks(ctx: Context, channel_key: int, mark: Mark, marked: Iterable[tuple[int, int, int]]) -> None:
    """Mark messages, (author, message id, thread id), that bear no such mark yet."""
    values = [
        {
            "owner_id": author_id,
            "peer_key": channel_key,
            "tag": int(mark.tag),
            "message_id": message_id,
            "thread_id": thread_id,
        }
        for author_id, message_id, thread_id in marked
    ]
    if values:
        insert_ignore(ctx.db, channel_marks, values)
        _count(ctx, channel_key, mark, Counter(value["owner_id"] for value in values), +1)


def remove_marks(ctx: Context, channel_key: int, mark: Mark, message_ids: Sequence[int]) -> None:
    """Take such marks off messages."""
    _remove(ctx, channel_key, [mark], message_ids)


def drop_marks(ctx: Context, channel_key: int, message_ids: Sequence[int]) -> None:
    """Messages were deleted: nothing about them is unread any more."""
    _remove(ctx, channel_key, MARKS, message_ids)


def _remove(ctx: Context, channel_key: int, marks: Sequence[Mark], message_ids: Sequence[int]) -> None:
    where = [_table.peer_key == channel_key, _table.message_id.in_(message_ids)]
    where.append(_table.tag.in_([int(mark.tag) for mark in marks]))
    rows = ctx.db.rows(sa.select(_table.owner_id, _table.tag).where(*where))
    if not rows:
        return
    ctx.db.execute(sa.delete(channel_marks).where(*where))
    for mark in marks:
        authors = Counter(row.owner_id for row in rows if row.tag == mark.tag)
        if authors:
            _count(ctx, channel_key, mark, authors, -1)


def _count(ctx: Context, channel_key: int, mark: Mark, authors: Counter[int], sign: int) -> None:
    column = dialogs.c[mark.column]
    ctx.db.execute(
        sa.update(dialogs)
        .where(dialogs.c.owner_id == sa.bindparam("author"), dialogs.c.peer_key == channel_key)
        .values({column: column + sa.bindparam("change")}),
        [{"author": author_id, "change": sign * count} for author_id, count in authors.items()],
    )


def forget_marks(ctx: Context, channel_key: int, author_id: int) -> None:
    """An author is no longer in the supergroup: when he comes back, nothing of before is unread.

    Three statements, whatever the number of marks.
    """
    for mark in MARKS:
        marked = marked_messages(author_id, channel_key, mark)
        ctx.db.execute(
            sa.update(boxes)
            .where(boxes.c.owner_id == channel_key, boxes.c.message_id.in_(marked))
            .values(flags=boxes.c.flags.op("&")(~int(mark.flag)))
        )
    ctx.db.execute(sa.delete(channel_marks).where(_table.owner_id == author_id, _table.peer_key == channel_key))


def marked_messages(author_id: int, channel_key: int, mark: Mark, thread_id: int | None = None) -> sa.Select[Any]:
    """The list of an author's messages (of a thread) with such a mark."""
    found = sa.select(_table.message_id).where(
        _table.owner_id == author_id, _table.peer_key == channel_key, _table.tag == int(mark.tag)
    )
    return found.where(_table.thread_id == thread_id) if thread_id else found


def marks_by_thread(ctx: Context, channel_key: int, thread_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """How many marks the caller has: by (tag, thread); one statement."""
    rows = ctx.db.rows(
        sa.select(_table.tag, _table.thread_id, sa.func.count().label("unread"))
        .where(
            _table.owner_id == ctx.user_id,
            _table.peer_key == channel_key,
            _table.thread_id.in_(list(thread_ids)),
        )
        .group_by(_table.tag, _table.thread_id)
    )
    return {(row.tag, row.thread_id): row.unread for row in rows}
