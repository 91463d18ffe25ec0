"""Lists of documents that an account keeps: favourite and recent stickers, saved GIFs.

https://core.telegram.org/api/stickers#favorite-stickersets, https://core.telegram.org/api/gifs
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.schema import kept_documents
from tl import api


class Shelf(enum.IntEnum):
    """Which list; stored."""

    FAVED = 1
    RECENT = 2
    RECENT_ATTACHED = 3
    GIFS = 4


_SIZES: Final = {
    Shelf.FAVED: limits.STICKERS_FAVED,
    Shelf.RECENT: limits.STICKERS_RECENT,
    Shelf.RECENT_ATTACHED: limits.STICKERS_RECENT,
    Shelf.GIFS: limits.SAVED_GIFS,
}


def kept(ctx: Context, shelf: Shelf) -> Sequence[Any]:
    """Rows (document_id, date) of a list, the latest first."""
    return ctx.db.rows(
        sa.select(kept_documents.c.document_id, kept_documents.c.date)
        .where(_of(ctx, shelf))
        .order_by(kept_documents.c.rank.desc())
        .limit(_SIZES[shelf])
    )


def _of(ctx: Context, shelf: Shelf) -> sa.ColumnElement[bool]:
    return sa.and_(kept_documents.c.owner_id == ctx.user_id, kept_documents.c.list == int(shelf))


def keep(ctx: Context, shelf: Shelf, document_id: int) -> None:
    """Put a document on top of a list; the last ones of a full one fall off."""
    highest = ctx.db.scalar(sa.select(sa.func.max(kept_documents.c.rank)).where(_of(ctx, shelf))) or 0
    row = {
        "owner_id": ctx.user_id,
        "list": int(shelf),
        "document_id": document_id,
        "rank": highest + 1,
        "date": ctx.now,
    }
    upsert(ctx.db, kept_documents, row, update=["rank", "date"])
    # Ranks have gaps, so what is far behind the top is looked at, and only what is too much goes.
    if highest >= _SIZES[shelf]:
        kept_ids = [item.document_id for item in kept(ctx, shelf)]
        ctx.db.execute(sa.delete(kept_documents).where(_of(ctx, shelf), kept_documents.c.document_id.not_in(kept_ids)))


def let_go(ctx: Context, shelf: Shelf, document_id: int | None = None) -> None:
    """Take a document off a list, or all of them."""
    statement = sa.delete(kept_documents).where(_of(ctx, shelf))
    if document_id is not None:
        statement = statement.where(kept_documents.c.document_id == document_id)
    ctx.db.execute(statement)


def is_sticker(document: Any) -> bool:
    """Whether a document is a sticker of a set or an uploaded one, not a mask or custom emoji."""
    return any(isinstance(item, api.DocumentAttributeSticker) for item in getattr(document, "attributes", ()))


def is_gif(document: Any) -> bool:
    """Whether a document is an animation without sound."""
    attributes = getattr(document, "attributes", ())
    return any(isinstance(item, api.DocumentAttributeAnimated) for item in attributes) and not is_sticker(document)


def note_sent(ctx: Context, media: Any) -> api.TypeUpdate | None:
    """A sticker that was sent is a recent one, a GIF a saved one; the update for the sender's other devices."""
    document: Any = getattr(media, "document", None)
    if document is None:
        return None
    if is_sticker(document) and _of_a_set(document):
        keep(ctx, Shelf.RECENT, document.id)
        return api.UpdateRecentStickers()
    if is_gif(document):
        keep(ctx, Shelf.GIFS, document.id)
        return api.UpdateSavedGifs()
    return None


def _of_a_set(document: Any) -> bool:
    return any(isinstance(getattr(item, "stickerset", None), api.InputStickerSetID) for item in document.attributes)
