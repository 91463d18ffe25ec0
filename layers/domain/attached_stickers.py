"""Stickers that were put on photos and videos: https://core.telegram.org/api/stickers#attached-stickers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.files import access_document
from layers.errors import bad_request
from layers.schema import attached_stickers, photos, sticker_sets, stickers
from tl import api

_ATTACHED_MAX: Final = 100


def access_stickers(ctx: Context, named: Sequence[api.TypeInputDocument]) -> list[int]:
    """Gate: the ids of the stickers that a client says it put on a picture.

    Raises:
        RpcError: MEDIA_INVALID for too many of them; of files as `layers.domain.files.access_file`.
    """
    if len(named) > _ATTACHED_MAX:
        raise bad_request("MEDIA_INVALID")
    return list(dict.fromkeys(access_document(ctx, item).id for item in named))


def attach_to_photo(ctx: Context, photo: api.Photo, document_ids: Sequence[int]) -> None:
    """Note the stickers on a photo, which says from then on that it has some."""
    if not document_ids or photo.has_stickers:
        return
    photo.has_stickers = True
    ctx.db.execute(sa.update(photos).where(photos.c.id == photo.id).values(photo=tl.encode(photo)))
    keep_attached(ctx, photo.id, document_ids)


def keep_attached(ctx: Context, media_id: int, document_ids: Sequence[int]) -> None:
    """Note the stickers on a photo or document; the same again changes nothing."""
    values = [
        {"media_id": media_id, "position": position, "document_id": document_id}
        for position, document_id in enumerate(document_ids)
    ]
    if values:
        insert_ignore(ctx.db, attached_stickers, values)


def attached_sets(ctx: Context, media_id: int) -> Sequence[Any]:
    """Rows of the sets whose stickers stand on a photo or document, in their order there, each once."""
    rows = ctx.db.rows(
        sa.select(sticker_sets)
        .select_from(attached_stickers)
        .join(stickers, stickers.c.document_id == attached_stickers.c.document_id)
        .join(sticker_sets, sticker_sets.c.set_id == stickers.c.set_id)
        .where(attached_stickers.c.media_id == media_id)
        .order_by(attached_stickers.c.position, sticker_sets.c.set_id)
    )
    return list({row.set_id: row for row in rows}.values())
