"""Making sticker sets: https://core.telegram.org/api/stickers#creating-stickersets."""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain import sticker_sets
from layers.domain.files import access_document
from layers.domain.peers import access_user, require_user
from layers.domain.set_kinds import Kind
from layers.domain.sticker_files import check_file, read_document
from layers.domain.sticker_sets import access_set, access_sticker
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(120, 60)


def _answer(ctx: Context, set_id: int) -> api.messages.StickerSet:
    return sticker_sets.full_set(ctx, ctx.user_id, sticker_sets.reload(ctx, set_id))


@function(api.stickers.CreateStickerSet, writes=True, flood=FloodLimit(30, 3600))
def create_sticker_set(ctx: Context, request: api.stickers.CreateStickerSet) -> api.messages.StickerSet:
    """A new set of stickers, masks or custom emoji; a bot makes it for a user."""
    owner_id = access_user(ctx, request.user_id)
    if owner_id != ctx.user_id:
        if not ctx.origin.is_bot:
            raise bad_request("USER_ID_INVALID")
        require_user(ctx, owner_id)
    return _answer(ctx, sticker_sets.create_set(ctx, owner_id, request))


@function(api.stickers.AddStickerToSet, writes=True, flood=_FLOOD)
def add_sticker_to_set(ctx: Context, request: api.stickers.AddStickerToSet) -> api.messages.StickerSet:
    """One more sticker at the end of one's own set."""
    row = access_set(ctx, request.stickerset, own=True, lock=True)
    sticker_sets.add_stickers(ctx, row, [request.sticker])
    return _answer(ctx, row.set_id)


@function(api.stickers.RemoveStickerFromSet, writes=True, flood=_FLOOD)
def remove_sticker_from_set(ctx: Context, request: api.stickers.RemoveStickerFromSet) -> api.messages.StickerSet:
    """A sticker less in one's own set."""
    row, document = access_sticker(ctx, request.sticker)
    sticker_sets.remove_sticker(ctx, row, document.id)
    return _answer(ctx, row.set_id)


@function(api.stickers.ChangeStickerPosition, writes=True, flood=_FLOOD)
def change_sticker_position(ctx: Context, request: api.stickers.ChangeStickerPosition) -> api.messages.StickerSet:
    """Another place, counted from 0, for a sticker of one's own set."""
    row, document = access_sticker(ctx, request.sticker)
    order = sticker_sets.order_of(ctx, row.set_id)
    order.remove(document.id)
    order.insert(max(0, request.position), document.id)
    sticker_sets.put_in_order(ctx, row.set_id, order)
    return _answer(ctx, row.set_id)


@function(api.stickers.ChangeSticker, writes=True, flood=_FLOOD)
def change_sticker(ctx: Context, request: api.stickers.ChangeSticker) -> api.messages.StickerSet:
    """Other emoji, keywords or mask coordinates for a sticker of one's own set."""
    row, document = access_sticker(ctx, request.sticker)
    sticker_sets.change_sticker(ctx, row, document, request)
    return _answer(ctx, row.set_id)


@function(api.stickers.ReplaceSticker, writes=True, flood=_FLOOD)
def replace_sticker(ctx: Context, request: api.stickers.ReplaceSticker) -> api.messages.StickerSet:
    """Another file in the place of a sticker of one's own set."""
    row, document = access_sticker(ctx, request.sticker)
    order = sticker_sets.order_of(ctx, row.set_id)
    place = order.index(document.id)
    sticker_sets.remove_sticker(ctx, row, document.id)
    sticker_sets.add_stickers(ctx, sticker_sets.reload(ctx, row.set_id), [request.new_sticker])
    *rest, new = sticker_sets.order_of(ctx, row.set_id)
    rest.insert(place, new)
    sticker_sets.put_in_order(ctx, row.set_id, rest)
    return _answer(ctx, row.set_id)


@function(api.stickers.RenameStickerSet, writes=True, flood=_FLOOD)
def rename_sticker_set(ctx: Context, request: api.stickers.RenameStickerSet) -> api.messages.StickerSet:
    """Another title for one's own set."""
    row = access_set(ctx, request.stickerset, own=True, lock=True)
    sticker_sets.rename(ctx, row, request.title)
    return _answer(ctx, row.set_id)


@function(api.stickers.SetStickerSetThumb, writes=True, flood=_FLOOD)
def set_sticker_set_thumb(ctx: Context, request: api.stickers.SetStickerSetThumb) -> api.messages.StickerSet:
    """The picture of one's own set in lists: a small file, or one of its custom emoji; neither takes it away."""
    row = access_set(ctx, request.stickerset, own=True, lock=True)
    document_id = _thumb(ctx, row, request)
    sticker_sets.set_thumb(ctx, row, document_id)
    return _answer(ctx, row.set_id)


def _thumb(ctx: Context, row: Any, request: api.stickers.SetStickerSetThumb) -> int | None:
    if request.thumb_document_id is not None:
        if row.kind != Kind.EMOJI or request.thumb_document_id not in sticker_sets.order_of(ctx, row.set_id):
            raise bad_request("STICKER_INVALID")
        return request.thumb_document_id
    if request.thumb is None or isinstance(request.thumb, api.InputDocumentEmpty):
        return None
    document = access_document(ctx, request.thumb, error="STICKER_THUMB_PNG_NOPNG")
    check_file(read_document(ctx, document.id), document.mime_type, is_emoji=True)
    return document.id


@function(api.stickers.DeleteStickerSet, writes=True, flood=_FLOOD)
def delete_sticker_set(ctx: Context, request: api.stickers.DeleteStickerSet) -> bool:
    """Delete one's own set, for everyone who has installed it."""
    sticker_sets.delete_set(ctx, access_set(ctx, request.stickerset, own=True, lock=True))
    return True


@function(api.stickers.CheckShortName)
def check_short_name(ctx: Context, request: api.stickers.CheckShortName) -> bool:
    """Whether a set may have this name."""
    return bool(sticker_sets.check_short_name(ctx, request.short_name))


@function(api.stickers.SuggestShortName)
def suggest_short_name(ctx: Context, request: api.stickers.SuggestShortName) -> api.stickers.SuggestedShortName:
    """A free name that comes from a title."""
    title = sticker_sets.clean_title(request.title)
    return api.stickers.SuggestedShortName(short_name=sticker_sets.suggest_short_name(ctx, title))
