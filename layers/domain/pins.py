"""Pinned messages: https://core.telegram.org/api/pin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import outbox
from layers.domain.boxes import Box
from layers.domain.messages import load_rows
from layers.domain.peers import is_user
from layers.domain.tags import Tag
from layers.schema import message_tags, saved_messages, thread_messages

UNPIN_BATCH: Final = 100
"""Messages unpinned by one call of messages.unpinAllMessages."""


def pinned_message_id(ctx: Context, owner_id: int, peer_key: int) -> int | None:
    """The latest pinned message of a chat, for userFull's ``pinned_msg_id``."""
    message_id = ctx.db.scalar(_pinned(owner_id, peer_key).limit(1))
    return None if message_id is None else int(message_id)


def pinned_ids(ctx: Context, owner_id: int, peer_key: int, limit: int) -> list[int]:
    """The latest pinned messages of a chat."""
    return list(ctx.db.scalars(_pinned(owner_id, peer_key).limit(limit)))


def pinned_of_thread(ctx: Context, owner_id: int, thread_id: int, limit: int) -> list[int]:
    """The latest pinned messages of a thread of a channel."""
    table = thread_messages.c
    of_thread = sa.and_(
        table.owner_id == owner_id,
        table.thread_id == thread_id,
        table.message_id == message_tags.c.message_id,
    )
    return list(ctx.db.scalars(_pinned(owner_id, owner_id).join(thread_messages, of_thread).limit(limit)))


def pinned_of_origin(ctx: Context, origin: int, limit: int) -> list[int]:
    """The latest pinned messages of Saved Messages that came from a chat."""
    table = saved_messages.c
    of_origin = sa.and_(
        table.owner_id == ctx.user_id,
        table.saved_peer_key == origin,
        table.message_id == message_tags.c.message_id,
    )
    return list(ctx.db.scalars(_pinned(ctx.user_id, ctx.user_id).join(saved_messages, of_origin).limit(limit)))


def _pinned(owner_id: int, peer_key: int) -> sa.Select[Any]:
    return (
        sa.select(message_tags.c.message_id)
        .where(
            message_tags.c.owner_id == owner_id,
            message_tags.c.peer_key == peer_key,
            message_tags.c.tag == int(Tag.PINNED),
        )
        .order_by(message_tags.c.message_id.desc())
    )


def set_pinned(
    ctx: Context, box: Box, peer_key: int, rows: list[Any], *, pinned: bool, audience: Sequence[int]
) -> bool:
    """Pin or unpin messages of a chat, for the audience too; False when nothing changed."""
    changed = set(box.pin(peer_key, rows, pinned=pinned))
    if changed and audience:
        content_ids = [row.content_id for row in rows if row.message_id in changed]
        seen_as = box.owner_id if is_user(peer_key) else peer_key
        outbox.post_each(ctx, audience, outbox.Pin(peer_key=seen_as, content_ids=content_ids, pinned=pinned))
    return bool(changed)


def unpin_batch(ctx: Context, box: Box, peer_key: int, *, audience: Sequence[int], origin: int | None = None) -> bool:
    """Unpin the latest pinned messages of a chat (in Saved Messages: from ``origin``); True when others are left."""
    if origin is None:
        found = pinned_ids(ctx, box.owner_id, peer_key, UNPIN_BATCH + 1)
    else:
        found = pinned_of_origin(ctx, origin, UNPIN_BATCH + 1)
    rows = list(load_rows(ctx, box.owner_id, found[:UNPIN_BATCH]).values())
    set_pinned(ctx, box, peer_key, rows, pinned=False, audience=audience)
    return len(found) > UNPIN_BATCH
