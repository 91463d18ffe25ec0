"""Sticker sets: seeing, installing and finding them: https://core.telegram.org/api/stickers.

An empty list's hash is 0, which is also what a client without a list sends, so the answer is then the list itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import featured_sets, installed_sets, sticker_search, sticker_sets
from layers.domain.attached_stickers import attached_sets
from layers.domain.dialogs import tell_own_devices
from layers.domain.emoji import split_emoji
from layers.domain.files import access_document, access_photo
from layers.domain.hashes import vector_hash
from layers.domain.installed_sets import sets_update
from layers.domain.set_kinds import Kind
from layers.domain.sticker_sets import access_set
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function
from layers.schema import sticker_sets as sets_table
from tl import api

_LIMIT_MAX: Final = 100
_FOUND_MAX: Final = 20
_SETS_MAX: Final = 200


@function(api.messages.GetStickerSet)
def get_sticker_set(ctx: Context, request: api.messages.GetStickerSet) -> api.messages.TypeStickerSet:
    """One set by name or id; those that clients know by their use (dice, animated emoji …) do not exist here."""
    row = access_set(ctx, request.stickerset)
    if request.hash and request.hash == row.hash:
        return api.messages.StickerSetNotModified()
    return sticker_sets.full_set(ctx, ctx.user_id, row)


_KINDS: Final[dict[type, Kind]] = {
    api.messages.GetAllStickers: Kind.STICKERS,
    api.messages.GetMaskStickers: Kind.MASKS,
    api.messages.GetEmojiStickers: Kind.EMOJI,
}


def _kind(request: Any) -> Kind:
    return Kind.MASKS if request.masks else Kind.EMOJI if request.emojis else Kind.STICKERS


@function(api.messages.GetAllStickers, api.messages.GetMaskStickers, api.messages.GetEmojiStickers)
def get_all_stickers(
    ctx: Context,
    request: api.messages.GetAllStickers | api.messages.GetMaskStickers | api.messages.GetEmojiStickers,
) -> api.messages.TypeAllStickers:
    """The sets of a kind that the account has installed and not archived."""
    rows = installed_sets.installed_rows(ctx, _KINDS[type(request)])
    hash_ = vector_hash(row.hash for row in rows)
    if request.hash and request.hash == hash_:
        return api.messages.AllStickersNotModified()
    return api.messages.AllStickers(hash=hash_, sets=list(sticker_sets.set_objects(ctx, ctx.user_id, rows)))


@function(api.messages.GetArchivedStickers)
def get_archived_stickers(ctx: Context, request: api.messages.GetArchivedStickers) -> api.messages.ArchivedStickers:
    """Installed sets that the account does not use."""
    limit = min(request.limit, _LIMIT_MAX) if request.limit > 0 else _LIMIT_MAX
    rows, count = installed_sets.archived_rows(ctx, _kind(request), request.offset_id, limit)
    return api.messages.ArchivedStickers(count=count, sets=sticker_sets.covered(ctx, ctx.user_id, rows))


@function(api.messages.GetMyStickers)
def get_my_stickers(ctx: Context, request: api.messages.GetMyStickers) -> api.messages.MyStickers:
    """Sets that the account has made, the latest first."""
    own = sets_table.c.owner_id == ctx.user_id
    statement = sa.select(sets_table).where(own)
    if request.offset_id:
        statement = statement.where(sets_table.c.set_id < request.offset_id)
    limit = min(request.limit, _LIMIT_MAX) if request.limit > 0 else _LIMIT_MAX
    rows = ctx.db.rows(statement.order_by(sets_table.c.set_id.desc()).limit(limit))
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(sets_table).where(own))
    return api.messages.MyStickers(count=count, sets=sticker_sets.covered(ctx, ctx.user_id, rows))


@function(api.messages.InstallStickerSet, writes=True, flood=FloodLimit(120, 60))
def install_sticker_set(
    ctx: Context, request: api.messages.InstallStickerSet
) -> api.messages.TypeStickerSetInstallResult:
    """Have a set on top of the others, or in the archive; names the sets that went there to make room."""
    row = access_set(ctx, request.stickerset)
    pushed_out = installed_sets.install(ctx, row, archived=request.archived)
    if request.archived or pushed_out:
        tell_own_devices(ctx, sets_update(Kind(row.kind)))
    else:
        tell_own_devices(ctx, api.UpdateNewStickerSet(stickerset=sticker_sets.full_set(ctx, ctx.user_id, row)))
    if not pushed_out:
        return api.messages.StickerSetInstallResultSuccess()
    return api.messages.StickerSetInstallResultArchive(sets=sticker_sets.covered(ctx, ctx.user_id, pushed_out))


@function(api.messages.UninstallStickerSet, writes=True, flood=FloodLimit(120, 60))
def uninstall_sticker_set(ctx: Context, request: api.messages.UninstallStickerSet) -> bool:
    """Have a set no longer."""
    row = access_set(ctx, request.stickerset)
    if not installed_sets.uninstall(ctx, [row.set_id]):
        raise RpcError(406, "STICKERSET_INVALID")
    tell_own_devices(ctx, sets_update(Kind(row.kind)))
    return True


@function(api.messages.ReorderStickerSets, writes=True)
def reorder_sticker_sets(ctx: Context, request: api.messages.ReorderStickerSets) -> bool:
    """Put the installed sets of a kind in this order."""
    if len(request.order) > _SETS_MAX:
        raise bad_request("LIMIT_INVALID")
    order = installed_sets.reorder(ctx, _kind(request), request.order)
    tell_own_devices(ctx, api.UpdateStickerSetsOrder(masks=request.masks, emojis=request.emojis, order=order))
    return True


@function(api.messages.ToggleStickerSets, writes=True)
def toggle_sticker_sets(ctx: Context, request: api.messages.ToggleStickerSets) -> bool:
    """Uninstall, archive or take out of the archive several sets."""
    if len(request.stickersets) > _LIMIT_MAX:
        raise bad_request("LIMIT_INVALID")
    rows = [access_set(ctx, named) for named in request.stickersets]
    set_ids = [row.set_id for row in rows]
    if request.uninstall:
        installed_sets.uninstall(ctx, set_ids)
    elif request.archive or request.unarchive:
        installed_sets.set_archived(ctx, set_ids, archived=request.archive)
    for kind in sorted({Kind(row.kind) for row in rows}):
        tell_own_devices(ctx, sets_update(kind))
    return True


# Finding some


@function(api.messages.GetStickers)
def get_stickers(ctx: Context, request: api.messages.GetStickers) -> api.messages.TypeStickers:
    """Stickers of the installed sets that stand for an emoji."""
    if not request.emoticon:
        raise bad_request("EMOTICON_EMPTY")
    document_ids = installed_sets.documents_for(ctx, request.emoticon, Kind.STICKERS, _LIMIT_MAX)
    hash_ = vector_hash(document_ids)
    if request.hash and request.hash == hash_:
        return api.messages.StickersNotModified()
    return api.messages.Stickers(hash=hash_, stickers=_shown(ctx, document_ids))


def _shown(ctx: Context, document_ids: Sequence[int]) -> list[api.TypeDocument]:
    return list(sticker_sets.document_objects(ctx, ctx.user_id, document_ids))


@function(api.messages.SearchStickers)
def search_stickers(ctx: Context, request: api.messages.SearchStickers) -> api.messages.TypeFoundStickers:
    """Stickers, or custom emoji, by emoji and by words: of installed sets, of recommended ones, of all others."""
    kind = Kind.EMOJI if request.emojis else Kind.STICKERS
    emoji = split_emoji(request.emoticon) or []
    found = sticker_search.search_text(ctx, request.q, emoji, request.lang_code, kind)
    offset = max(0, request.offset)
    page = found[offset:][: min(max(1, request.limit), _LIMIT_MAX)]
    next_offset = offset + len(page) if offset + len(page) < len(found) else None
    hash_ = vector_hash(page)
    if request.hash and request.hash == hash_:
        return api.messages.FoundStickersNotModified(next_offset=next_offset)
    return api.messages.FoundStickers(next_offset=next_offset, hash=hash_, stickers=_shown(ctx, page))


@function(api.messages.SearchStickerSets, api.messages.SearchEmojiStickerSets)
def search_sticker_sets(
    ctx: Context, request: api.messages.SearchStickerSets | api.messages.SearchEmojiStickerSets
) -> api.messages.TypeFoundStickerSets:
    """Sets whose title or short name begins with a text."""
    is_emoji = isinstance(request, api.messages.SearchEmojiStickerSets)
    rows = sticker_sets.search_sets(ctx, request.q, emoji=is_emoji, limit=_FOUND_MAX)
    hash_ = vector_hash(row.set_id for row in rows)
    if request.hash and request.hash == hash_:
        return api.messages.FoundStickerSetsNotModified()
    return api.messages.FoundStickerSets(hash=hash_, sets=sticker_sets.covered(ctx, ctx.user_id, rows))


# Recommended by the operator


@function(api.messages.GetFeaturedStickers, api.messages.GetFeaturedEmojiStickers)
def get_featured_stickers(
    ctx: Context, request: api.messages.GetFeaturedStickers | api.messages.GetFeaturedEmojiStickers
) -> api.messages.TypeFeaturedStickers:
    """The sets that the operator recommends, and which of them the caller has not seen."""
    if isinstance(request, api.messages.GetFeaturedStickers):
        rows = featured_sets.featured_rows(ctx, Kind.STICKERS)
        return _featured(ctx, rows[: featured_sets.FEATURED_MAX], len(rows), request.hash)
    rows = featured_sets.featured_rows(ctx, Kind.EMOJI)
    return _featured(ctx, rows, len(rows), request.hash)


@function(api.messages.GetOldFeaturedStickers)
def get_old_featured_stickers(
    ctx: Context, request: api.messages.GetOldFeaturedStickers
) -> api.messages.TypeFeaturedStickers:
    """What is recommended behind the sets of messages.getFeaturedStickers; ``offset`` counts from the first of them."""
    rows = featured_sets.featured_rows(ctx, Kind.STICKERS)
    limit = min(request.limit, _LIMIT_MAX) if request.limit > 0 else _LIMIT_MAX
    page = rows[featured_sets.FEATURED_MAX :][max(0, request.offset) :][:limit]
    return _featured(ctx, page, len(rows), request.hash, are_old=True)


def _featured(
    ctx: Context, rows: Sequence[Any], count: int, known: int, *, are_old: bool = False
) -> api.messages.TypeFeaturedStickers:
    hash_ = vector_hash(row.set_id for row in rows) if are_old else featured_sets.hash_of(rows)
    if known and known == hash_:
        return api.messages.FeaturedStickersNotModified(count=count)
    return api.messages.FeaturedStickers(
        hash=hash_,
        count=count,
        sets=sticker_sets.covered(ctx, ctx.user_id, rows),
        unread=[] if are_old else featured_sets.unread_of(rows),
    )


@function(api.messages.ReadFeaturedStickers, writes=True)
def read_featured_stickers(ctx: Context, request: api.messages.ReadFeaturedStickers) -> bool:
    """The caller has seen recommended sets: those named, or without names all; his other devices learn of it."""
    if len(request.id) > _SETS_MAX:
        raise bad_request("LIMIT_INVALID")
    updates: dict[Kind, api.TypeUpdate] = {
        Kind.STICKERS: api.UpdateReadFeaturedStickers(),
        Kind.EMOJI: api.UpdateReadFeaturedEmojiStickers(),
    }
    kinds = featured_sets.mark_seen(ctx, request.id)
    if kinds:
        tell_own_devices(ctx, *(updates[kind] for kind in kinds))
    return True


@function(api.messages.GetAttachedStickers)
def get_attached_stickers(ctx: Context, request: api.messages.GetAttachedStickers) -> list[api.TypeStickerSetCovered]:
    """Sets whose stickers were put on a photo or video."""
    media: api.Photo | api.Document
    match request.media:
        case api.InputStickeredMediaPhoto():
            media = access_photo(ctx, request.media.id, error="MEDIA_EMPTY")
        case api.InputStickeredMediaDocument():
            media = access_document(ctx, request.media.id, error="MEDIA_EMPTY")
    return sticker_sets.covered(ctx, ctx.user_id, attached_sets(ctx, media.id))
