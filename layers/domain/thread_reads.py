"""Reading threads: https://core.telegram.org/method/messages.readDiscussion.

The reader's own row holds how far he read; one row a thread how far others did (`layers.domain.read_marks`). Senders
learn of it when the mark moves over their messages, each message once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain.peers import bare_id
from layers.domain.read_marks import move_mark, read_by_others
from layers.push import push_updates
from layers.schema import boxes, thread_marks, thread_messages, thread_reads
from tl import api

_TOLD_MAX: Final = 100
"""Senders who are told at once that their messages were read."""


def others_have_read(ctx: Context, key: int, thread_ids: Collection[int]) -> dict[int, int]:
    """How far others than the caller have read threads of a supergroup; one statement, threads nobody read left out."""
    rows = ctx.db.rows(
        sa.select(thread_marks).where(thread_marks.c.owner_id == key, thread_marks.c.thread_id.in_(list(thread_ids)))
    )
    return {row.thread_id: read_by_others(row, ctx.user_id) for row in rows}


def read_thread(ctx: Context, key: int, thread_id: int, before: int, max_id: int) -> None:
    """The caller, who had read a thread up to ``before``, has read it up to ``max_id``; senders are told."""
    values = {"owner_id": ctx.user_id, "peer_key": key, "thread_id": thread_id, "read_inbox_max_id": max_id}
    upsert(ctx.db, thread_reads, values, update=("read_inbox_max_id",))
    moved = move_mark(ctx, thread_marks, {"owner_id": key, "thread_id": thread_id}, max_id)
    if moved is None:
        return
    told = [moved.leader_id] if moved.leader_id else []
    if max_id > moved.before:
        told += _senders(ctx, key, thread_id, max(moved.before, before), max_id)
    update = api.UpdateReadChannelDiscussionOutbox(channel_id=bare_id(key), top_msg_id=thread_id, read_max_id=max_id)
    for user_id in told:
        push_updates(ctx, user_id, api.UpdateShort(update=update, date=ctx.now))


def _senders(ctx: Context, key: int, thread_id: int, above: int, max_id: int) -> Sequence[int]:
    table = thread_messages.c
    return ctx.db.scalars(
        sa.select(boxes.c.sender_id)
        .join_from(
            thread_messages,
            boxes,
            sa.and_(boxes.c.owner_id == table.owner_id, boxes.c.message_id == table.message_id),
        )
        .where(
            table.owner_id == key,
            table.thread_id == thread_id,
            table.message_id > above,
            table.message_id <= max_id,
            boxes.c.sender_id != ctx.user_id,
            boxes.c.sender_id > 0,
        )
        .distinct()
        .limit(_TOLD_MAX)
    )
