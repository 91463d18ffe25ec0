"""Favourite and recent stickers, saved GIFs: https://core.telegram.org/api/stickers, https://core.telegram.org/api/gifs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.dialogs import tell_own_devices
from layers.domain.files import access_document
from layers.domain.hashes import vector_hash
from layers.domain.kept_documents import Shelf, is_gif, is_sticker, keep, kept, let_go
from layers.domain.sticker_sets import document_objects
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import stickers
from tl import api


@function(api.messages.GetFavedStickers)
def get_faved_stickers(ctx: Context, request: api.messages.GetFavedStickers) -> api.messages.TypeFavedStickers:
    """The account's favourite stickers."""
    document_ids = [row.document_id for row in kept(ctx, Shelf.FAVED)]
    hash_ = vector_hash(document_ids)
    if request.hash and request.hash == hash_:
        return api.messages.FavedStickersNotModified()
    return api.messages.FavedStickers(
        hash=hash_, packs=_packs(ctx, document_ids), stickers=list(document_objects(ctx, ctx.user_id, document_ids))
    )


@function(api.messages.GetRecentStickers)
def get_recent_stickers(ctx: Context, request: api.messages.GetRecentStickers) -> api.messages.TypeRecentStickers:
    """The stickers that the account used last, or last put on pictures."""
    rows = kept(ctx, _recent(request))
    document_ids = [row.document_id for row in rows]
    hash_ = vector_hash(document_ids)
    if request.hash and request.hash == hash_:
        return api.messages.RecentStickersNotModified()
    found = document_objects(ctx, ctx.user_id, document_ids)
    dates = {row.document_id: row.date for row in rows}
    return api.messages.RecentStickers(
        hash=hash_,
        packs=_packs(ctx, document_ids),
        stickers=list(found),
        dates=[dates[document.id] for document in found],
    )


def _recent(request: Any) -> Shelf:
    return Shelf.RECENT_ATTACHED if request.attached else Shelf.RECENT


def _packs(ctx: Context, document_ids: Sequence[int]) -> list[api.StickerPack]:
    """The emoji that stickers stand for; one statement."""
    if not document_ids:
        return []
    packs: dict[str, list[int]] = {}
    rows = ctx.db.rows(
        sa.select(stickers.c.document_id, stickers.c.emoji).where(stickers.c.document_id.in_(document_ids))
    )
    for row in rows:
        for emoji in row.emoji.split(" "):
            packs.setdefault(emoji, []).append(row.document_id)
    return [api.StickerPack(emoticon=emoji, documents=found) for emoji, found in packs.items()]


@function(api.messages.GetSavedGifs)
def get_saved_gifs(ctx: Context, request: api.messages.GetSavedGifs) -> api.messages.TypeSavedGifs:
    """The account's saved GIFs."""
    document_ids = [row.document_id for row in kept(ctx, Shelf.GIFS)]
    hash_ = vector_hash(document_ids)
    if request.hash and request.hash == hash_:
        return api.messages.SavedGifsNotModified()
    return api.messages.SavedGifs(hash=hash_, gifs=list(document_objects(ctx, ctx.user_id, document_ids)))


@function(api.messages.FaveSticker, writes=True, flood=FloodLimit(120, 60))
def fave_sticker(ctx: Context, request: api.messages.FaveSticker) -> bool:
    """Make a sticker a favourite, or no longer."""
    _change(ctx, Shelf.FAVED, _sticker(ctx, request.id), off=request.unfave)
    tell_own_devices(ctx, api.UpdateFavedStickers())
    return True


@function(api.messages.SaveRecentSticker, writes=True, flood=FloodLimit(300, 60))
def save_recent_sticker(ctx: Context, request: api.messages.SaveRecentSticker) -> bool:
    """Put a sticker among the recent ones, or take it away."""
    _change(ctx, _recent(request), _sticker(ctx, request.id), off=request.unsave)
    tell_own_devices(ctx, api.UpdateRecentStickers())
    return True


def _sticker(ctx: Context, named: api.TypeInputDocument) -> int:
    document = access_document(ctx, named, error="STICKER_ID_INVALID")
    if not is_sticker(document):
        raise bad_request("STICKER_ID_INVALID")
    return document.id


def _change(ctx: Context, shelf: Shelf, document_id: int, *, off: bool) -> None:
    if off:
        let_go(ctx, shelf, document_id)
    else:
        keep(ctx, shelf, document_id)


@function(api.messages.ClearRecentStickers, writes=True)
def clear_recent_stickers(ctx: Context, request: api.messages.ClearRecentStickers) -> bool:
    """Forget the recent stickers."""
    let_go(ctx, _recent(request))
    tell_own_devices(ctx, api.UpdateRecentStickers())
    return True


@function(api.messages.SaveGif, writes=True, flood=FloodLimit(120, 60))
def save_gif(ctx: Context, request: api.messages.SaveGif) -> bool:
    """Save a GIF, or no longer."""
    document = access_document(ctx, request.id, error="GIF_ID_INVALID")
    if not is_gif(document):
        raise bad_request("GIF_ID_INVALID")
    _change(ctx, Shelf.GIFS, document.id, off=request.unsave)
    tell_own_devices(ctx, api.UpdateSavedGifs())
    return True
