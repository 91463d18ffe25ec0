"""Messages that delete themselves, and media that do: https://core.telegram.org/api/auto-delete.

A box notes when its entries end (`expirations`); a job ends them. Media with ``ttl_seconds`` begin to run out when
their recipient opens them, and then go for both sides, leaving the message.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import agenda
from layers.context import Context
from layers.database import insert_ignore
from layers.domain import outbox
from layers.domain.boxes import Box, open_box
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import push_channel_box
from layers.domain.holders import other_holders
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.peers import is_channel
from layers.domain.updates import push_box
from layers.schema import contents, expirations
from tl import api

VIEW_ONCE: Final = 0x7FFFFFFF
"""ttl_seconds of media that may be viewed once."""
_BATCH: Final = 100


def ttl_seconds(message: Any) -> int:
    """How long a message's media stay once they were opened; 0 = for ever."""
    return getattr(getattr(message, "media", None), "ttl_seconds", None) or 0


def start_media_timers(ctx: Context, rows: Sequence[Any]) -> None:
    """The caller has opened the media of these messages of his box; those that are to destroy themselves will."""
    values = []
    for row in rows:
        if row.flags & BoxFlag.MEDIA_UNREAD and not row.flags & BoxFlag.OUT:
            seconds = ttl_seconds(tl.decode(row.message))
            if seconds:
                ends = ctx.now + (0 if seconds == VIEW_ONCE else seconds)
                values.append(_expiration(ctx.user_id, row.message_id, ends, media=True))
    if values:
        insert_ignore(ctx.db, expirations, values)
        agenda.enter(ctx, min(value["expires_at"] for value in values))


def _expiration(owner_id: int, message_id: int, expires_at: int, *, media: bool) -> dict[str, Any]:
    return {"owner_id": owner_id, "message_id": message_id, "media": media, "expires_at": expires_at}


NEXT: Final = sa.select(sa.func.min(expirations.c.expires_at))
"""When the next message, or its media, is to go."""


def due_owners(ctx: Context, limit: int) -> Sequence[int]:
    """Accounts in whose boxes something ends now."""
    return ctx.db.scalars(
        sa.select(expirations.c.owner_id).where(expirations.c.expires_at <= ctx.now).distinct().limit(limit)
    )


def expire(ctx: Context, owner_id: int) -> int:
    """End what is due in an account's box, a batch; how many entries that were."""
    if is_channel(owner_id):
        with open_channel_box(ctx, owner_id) as channel_box:
            count = _end_due(ctx, channel_box)
        push_channel_box(ctx, channel_box)
        return count
    with open_box(ctx, owner_id) as box:
        count = _end_due(ctx, box)
    push_box(ctx, box)
    return count


def _end_due(ctx: Context, box: Box) -> int:
    due = ctx.db.rows(
        sa.select(expirations)
        .where(expirations.c.owner_id == box.owner_id, expirations.c.expires_at <= ctx.now)
        .order_by(expirations.c.expires_at, expirations.c.message_id)
        .limit(_BATCH)
    )
    if due:
        _end(ctx, box, due)
    return len(due)


def _end(ctx: Context, box: Box, due: Sequence[Any]) -> None:
    rows = load_rows(ctx, box.owner_id, sorted({item.message_id for item in due}))
    ended = {item.message_id for item in due if not item.media}
    for item in due:
        if item.media and item.message_id in rows and item.message_id not in ended:
            _destroy_media(ctx, box, rows[item.message_id])
    box.delete([rows[message_id] for message_id in sorted(ended) if message_id in rows])
    for media in (False, True):
        message_ids = [item.message_id for item in due if bool(item.media) is media]
        ctx.db.execute(
            sa.delete(expirations).where(
                expirations.c.owner_id == box.owner_id,
                expirations.c.media.is_(media),
                expirations.c.message_id.in_(message_ids),
            )
        )


def _destroy_media(ctx: Context, box: Box, row: Any) -> None:
    message: Any = tl.decode(row.message)
    if isinstance(message.media, api.MessageMediaPhoto):
        message.media.photo = message.media.video = None
    elif isinstance(message.media, api.MessageMediaDocument):
        message.media.document = message.media.alt_documents = message.media.video_cover = None
    # Not an edit by its author: the date of the last one stays.
    ctx.db.execute(
        sa.update(contents).where(contents.c.content_id == row.content_id).values(message=tl.encode(message))
    )
    box.edited(row, message)
    outbox.post_each(ctx, other_holders(ctx, box.owner_id, row.peer_key), outbox.Edit(row.content_id))
