"""Sticker sets: https://core.telegram.org/api/stickers. Custom emoji and masks are sets too.

A sticker is a document of its own that says in its attributes which set it is of.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain import limits
from layers.domain.emoji import split_emoji
from layers.domain.files import access_document
from layers.domain.set_kinds import Kind
from layers.domain.sticker_files import store_sticker
from layers.domain.tags import words
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError, bad_request
from layers.schema import documents, installed_sets, sticker_emoji, sticker_sets, sticker_words, stickers
from tl import api

_SHORT_NAME: Final = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9])*")
_SHORT_NAME_LENGTH: Final = 64
_TITLE_LENGTH: Final = 64
_KEYWORDS_LENGTH: Final = 64


# Names


def check_short_name(ctx: Context, name: str, *, prefix: str = "") -> str:
    """A short name that is free; ``prefix`` of the errors' names.

    Raises:
        RpcError: SHORT_NAME_INVALID, SHORT_NAME_OCCUPIED.
    """
    if len(name) > _SHORT_NAME_LENGTH or not _SHORT_NAME.fullmatch(name):
        raise bad_request(f"{prefix}SHORT_NAME_INVALID")
    if _is_taken(ctx, name):
        raise bad_request(f"{prefix}SHORT_NAME_OCCUPIED")
    return name


def suggest_short_name(ctx: Context, title: str) -> str:
    """A free short name that comes from a title."""
    words = re.findall(r"[A-Za-z0-9]+", title)
    stem = "_".join(words)[: _SHORT_NAME_LENGTH - 8].strip("_")
    if not stem or not stem[0].isalpha():
        stem = f"set_{stem}".rstrip("_")
    if not _is_taken(ctx, stem):
        return stem
    return f"{stem}_{int.from_bytes(ctx.services.random(3), 'little')}"


def _is_taken(ctx: Context, name: str) -> bool:
    return (
        ctx.db.scalar(sa.select(sticker_sets.c.set_id).where(sticker_sets.c.short_name_key == name.lower())) is not None
    )


def clean_title(title: str) -> str:
    """The title of a set; 400 PACK_TITLE_INVALID."""
    title = " ".join(title.split())
    if not 0 < len(title) <= _TITLE_LENGTH:
        raise bad_request("PACK_TITLE_INVALID")
    return title


# Gates


def access_set(ctx: Context, named: api.TypeInputStickerSet, *, own: bool = False, lock: bool = False) -> Any:
    """Gate: the row of the set a client names; ``own``: it must be the caller's.

    Raises:
        RpcError: 406 STICKERSET_INVALID, also for sets that clients know by their use: this server has none of those.
    """
    statement = sa.select(sticker_sets)
    match named:
        case api.InputStickerSetID():
            if ctx.keys.access_hash("stickerset", ctx.user_id, named.id) != named.access_hash:
                raise RpcError(406, "STICKERSET_INVALID")
            statement = statement.where(sticker_sets.c.set_id == named.id)
        case api.InputStickerSetShortName():
            statement = statement.where(sticker_sets.c.short_name_key == named.short_name.lower())
        case _:
            raise RpcError(406, "STICKERSET_INVALID")
    row = ctx.db.first(statement.with_for_update() if lock else statement)
    if row is None or (own and row.owner_id != ctx.user_id):
        raise RpcError(406, "STICKERSET_INVALID")
    return row


def access_sticker(ctx: Context, named: api.TypeInputDocument) -> tuple[Any, api.Document]:
    """Gate: a sticker of one of the caller's sets: the set's locked row, and the document.

    Raises:
        RpcError: STICKER_INVALID; of files as `layers.domain.files.access_file`.
    """
    document = access_document(ctx, named, error="STICKER_INVALID")
    found = ctx.db.first(
        sa.select(sticker_sets)
        .join(stickers, stickers.c.set_id == sticker_sets.c.set_id)
        .where(stickers.c.document_id == document.id, sticker_sets.c.owner_id == ctx.user_id)
        .with_for_update()
    )
    if found is None:
        raise bad_request("STICKER_INVALID")
    return found, document


# Changing them


def create_set(ctx: Context, owner_id: int, request: api.stickers.CreateStickerSet) -> int:
    """Make a set; its id.

    Raises:
        RpcError: PACK_TITLE_INVALID, PACK_SHORT_NAME_INVALID, PACK_SHORT_NAME_OCCUPIED, PACK_TYPE_INVALID,
            STICKERS_EMPTY, STICKERS_TOO_MUCH; as `add_stickers`.
    """
    if request.masks and request.emojis:
        raise bad_request("PACK_TYPE_INVALID")
    kind = Kind.MASKS if request.masks else Kind.EMOJI if request.emojis else Kind.STICKERS
    title = clean_title(request.title)
    name = check_short_name(ctx, request.short_name, prefix="PACK_")
    if not request.stickers:
        raise bad_request("STICKERS_EMPTY")
    set_id = ctx.random_id()
    values = {
        "set_id": set_id,
        "owner_id": owner_id,
        "kind": int(kind),
        "title": title,
        "title_key": title.casefold()[:_TITLE_LENGTH],
        "short_name": name,
        "short_name_key": name.lower(),
        "text_color": request.text_color and kind is Kind.EMOJI,
        "count": 0,
        "hash": 0,
        "software": (request.software or "")[:_TITLE_LENGTH],
        "date": ctx.now,
    }
    if not insert_ignore(ctx.db, sticker_sets, values):
        raise bad_request("PACK_SHORT_NAME_OCCUPIED")
    row = ctx.db.first(sa.select(sticker_sets).where(sticker_sets.c.set_id == set_id))
    add_stickers(ctx, row, request.stickers)
    if request.thumb is not None:
        set_thumb(ctx, row, access_document(ctx, request.thumb, error="STICKER_THUMB_PNG_NOPNG").id)
    return set_id


def add_stickers(ctx: Context, row: Any, items: Sequence[Any]) -> None:
    """Put stickers at the end of a set.

    Raises:
        RpcError: STICKERS_TOO_MUCH, STICKER_EMOJI_INVALID, STICKER_ID_INVALID; as `sticker_files.check_file`.
    """
    is_emoji = row.kind == Kind.EMOJI
    if row.count + len(items) > (limits.EMOJI_IN_SET if is_emoji else limits.STICKERS_IN_SET):
        raise bad_request("STICKERS_TOO_MUCH")
    last = ctx.db.scalar(sa.select(sa.func.max(stickers.c.rank)).where(stickers.c.set_id == row.set_id)) or 0
    for index, item in enumerate(items):
        source = access_document(ctx, item.document, error="STICKER_ID_INVALID")
        emoji = check_emoji(item.emoji)
        document = store_sticker(
            ctx, source, row.set_id, _attribute(row, emoji[0], item.mask_coords), is_emoji=is_emoji
        )
        values = {
            "set_id": row.set_id,
            "document_id": document.id,
            "rank": last + index + 1,
            "emoji": " ".join(emoji),
            "keywords": (item.keywords or "")[:_KEYWORDS_LENGTH],
        }
        if insert_ignore(ctx.db, stickers, values):
            _index_emoji(ctx, row.set_id, document.id, emoji)
            _index_words(ctx, row.set_id, document.id, values["keywords"])
    touch(ctx, row.set_id)


def check_emoji(text: str) -> list[str]:
    """The emoji that a sticker stands for; 400 STICKER_EMOJI_INVALID."""
    emoji = split_emoji(text)
    if not emoji or len(emoji) > limits.STICKER_EMOJI:
        raise bad_request("STICKER_EMOJI_INVALID")
    return list(dict.fromkeys(emoji))


def _attribute(row: Any, alt: str, mask_coords: Any) -> api.TypeDocumentAttribute:
    named = api.InputStickerSetID(id=row.set_id, access_hash=0)
    if row.kind == Kind.EMOJI:
        # There is nothing to pay for on this server: custom emoji are for everyone.
        return api.DocumentAttributeCustomEmoji(free=True, text_color=bool(row.text_color), alt=alt, stickerset=named)
    is_mask = row.kind == Kind.MASKS
    return api.DocumentAttributeSticker(
        mask=is_mask, alt=alt, stickerset=named, mask_coords=mask_coords if is_mask else None
    )


def _index_emoji(ctx: Context, set_id: int, document_id: int, emoji: Iterable[str]) -> None:
    values = [{"set_id": set_id, "emoji": item[:32], "document_id": document_id} for item in emoji]
    insert_ignore(ctx.db, sticker_emoji, values)


def _index_words(ctx: Context, set_id: int, document_id: int, keywords: str) -> None:
    values = [{"set_id": set_id, "word": word, "document_id": document_id} for word in words(keywords)]
    if values:
        insert_ignore(ctx.db, sticker_words, values)


def change_sticker(ctx: Context, row: Any, document: api.Document, request: api.stickers.ChangeSticker) -> None:
    """Another emoji, place on a face or keywords for a sticker."""
    where = [stickers.c.set_id == row.set_id, stickers.c.document_id == document.id]
    if request.keywords is not None:
        keywords = request.keywords[:_KEYWORDS_LENGTH]
        ctx.db.execute(sa.update(stickers).where(*where).values(keywords=keywords))
        _forget(ctx, sticker_words, row.set_id, document.id)
        _index_words(ctx, row.set_id, document.id, keywords)
    if request.emoji is None and request.mask_coords is None:
        return touch(ctx, row.set_id)
    kept: Any = next(item for item in document.attributes if hasattr(item, "stickerset"))
    emoji = check_emoji(request.emoji) if request.emoji is not None else [kept.alt]
    if request.emoji is not None:
        ctx.db.execute(sa.update(stickers).where(*where).values(emoji=" ".join(emoji)))
        _forget(ctx, sticker_emoji, row.set_id, document.id)
        _index_emoji(ctx, row.set_id, document.id, emoji)
    coords = request.mask_coords or getattr(kept, "mask_coords", None)
    attribute = _attribute(row, emoji[0], coords)
    document.attributes = [attribute if item is kept else item for item in document.attributes]
    ctx.db.execute(sa.update(documents).where(documents.c.id == document.id).values(document=tl.encode(document)))
    return touch(ctx, row.set_id)


def _forget(ctx: Context, table: sa.Table, set_id: int, document_id: int) -> None:
    ctx.db.execute(sa.delete(table).where(table.c.set_id == set_id, table.c.document_id == document_id))


def remove_sticker(ctx: Context, row: Any, document_id: int) -> None:
    """Take a sticker out of a set."""
    for table in (stickers, sticker_emoji, sticker_words):
        _forget(ctx, table, row.set_id, document_id)
    touch(ctx, row.set_id)


def order_of(ctx: Context, set_id: int) -> list[int]:
    """The documents of a set in order."""
    statement = sa.select(stickers.c.document_id).where(stickers.c.set_id == set_id)
    return list(ctx.db.scalars(statement.order_by(stickers.c.rank)))


def put_in_order(ctx: Context, set_id: int, document_ids: Sequence[int]) -> None:
    """Give a set's stickers these places."""
    statement = (
        sa.update(stickers)
        .where(stickers.c.set_id == set_id, stickers.c.document_id == sa.bindparam("document"))
        .values(rank=sa.bindparam("place"))
    )
    places = [{"document": document_id, "place": index + 1} for index, document_id in enumerate(document_ids)]
    ctx.db.execute(statement, places)
    touch(ctx, set_id)


def set_thumb(ctx: Context, row: Any, document_id: int | None) -> None:
    """The document that stands for a set, or None for its first sticker."""
    values = {"thumb_id": document_id, "thumb_version": row.thumb_version + 1}
    ctx.db.execute(sa.update(sticker_sets).where(sticker_sets.c.set_id == row.set_id).values(**values))


def touch(ctx: Context, set_id: int) -> None:
    """Bring count, cover and hash of a set up to date with its stickers."""
    rows = ctx.db.rows(
        sa.select(stickers.c.document_id, stickers.c.emoji, stickers.c.keywords)
        .where(stickers.c.set_id == set_id)
        .order_by(stickers.c.rank)
    )
    state = "\n".join(f"{item.document_id} {item.emoji} {item.keywords}" for item in rows)
    values = {
        "count": len(rows),
        "cover_id": rows[0].document_id if rows else None,
        "hash": zlib.crc32(state.encode()) >> 1 or 1,
    }
    ctx.db.execute(sa.update(sticker_sets).where(sticker_sets.c.set_id == set_id).values(**values))


def rename(ctx: Context, row: Any, title: str) -> None:
    """Another title for a set; 400 PACK_TITLE_INVALID."""
    title = clean_title(title)
    values = {"title": title, "title_key": title.casefold()[:_TITLE_LENGTH]}
    ctx.db.execute(sa.update(sticker_sets).where(sticker_sets.c.set_id == row.set_id).values(**values))


def delete_set(ctx: Context, row: Any) -> None:
    """Delete a set: nobody has it any more. Its stickers stay where they were sent."""
    for table in (stickers, sticker_emoji, sticker_words, sticker_sets):
        ctx.db.execute(sa.delete(table).where(table.c.set_id == row.set_id))


# Showing them


def set_objects(ctx: Context, viewer_id: int, rows: Sequence[Any]) -> list[api.StickerSet]:
    """Sets as a viewer sees them; one statement for what he has installed and one for thumbs."""
    if not rows:
        return []
    own = ctx.db.rows(
        sa.select(installed_sets).where(
            installed_sets.c.owner_id == viewer_id, installed_sets.c.set_id.in_([row.set_id for row in rows])
        )
    )
    installed = {item.set_id: item for item in own}
    thumbs = _documents(ctx, viewer_id, [row.thumb_id for row in rows if row.thumb_id is not None])
    return [_set_object(ctx, viewer_id, row, installed.get(row.set_id), thumbs.get(row.thumb_id)) for row in rows]


def _set_object(ctx: Context, viewer_id: int, row: Any, installed: Any, thumb: Any) -> api.StickerSet:
    found = api.StickerSet(
        archived=installed is not None and bool(installed.archived),
        masks=row.kind == Kind.MASKS,
        emojis=row.kind == Kind.EMOJI,
        text_color=bool(row.text_color),
        creator=row.owner_id == viewer_id,
        installed_date=None if installed is None else installed.date,
        id=row.set_id,
        access_hash=ctx.keys.access_hash("stickerset", viewer_id, row.set_id),
        title=row.title,
        short_name=row.short_name,
        count=row.count,
        hash=row.hash,
    )
    if thumb is None:
        return found
    if row.kind == Kind.EMOJI:
        found.thumb_document_id = thumb.id
        return found
    kinds = {"application/x-tgsticker": "a", "video/webm": "v"}
    found.thumbs = [api.PhotoSize(type=kinds.get(thumb.mime_type, "s"), w=100, h=100, size=thumb.size)]
    found.thumb_dc_id, found.thumb_version = thumb.dc_id, row.thumb_version
    return found


def full_set(ctx: Context, viewer_id: int, row: Any) -> api.messages.StickerSet:
    """A set with its stickers."""
    items = ctx.db.rows(
        sa.select(stickers.c.document_id, stickers.c.emoji, stickers.c.keywords)
        .where(stickers.c.set_id == row.set_id)
        .order_by(stickers.c.rank)
    )
    found = _documents(ctx, viewer_id, [item.document_id for item in items])
    packs: dict[str, list[int]] = {}
    for item in items:
        for emoji in item.emoji.split(" "):
            packs.setdefault(emoji, []).append(item.document_id)
    return api.messages.StickerSet(
        set=set_objects(ctx, viewer_id, [row])[0],
        packs=[api.StickerPack(emoticon=emoji, documents=ids) for emoji, ids in packs.items()],
        keywords=[
            api.StickerKeyword(document_id=item.document_id, keyword=item.keywords.split(","))
            for item in items
            if item.keywords
        ],
        documents=[found[item.document_id] for item in items if item.document_id in found],
    )


def reload(ctx: Context, set_id: int) -> Any:
    """The present row of a set."""
    return ctx.db.first(sa.select(sticker_sets).where(sticker_sets.c.set_id == set_id))


def covered(ctx: Context, viewer_id: int, rows: Sequence[Any]) -> list[api.TypeStickerSetCovered]:
    """Sets with their first stickers."""
    objects = set_objects(ctx, viewer_id, rows)
    covers = _documents(ctx, viewer_id, [row.cover_id for row in rows if row.cover_id is not None])
    found: list[api.TypeStickerSetCovered] = []
    for row, shown in zip(rows, objects, strict=True):
        cover = covers.get(row.cover_id)
        found.append(
            api.StickerSetNoCovered(set=shown) if cover is None else api.StickerSetCovered(set=shown, cover=cover)
        )
    return found


def document_objects(ctx: Context, viewer_id: int, document_ids: Sequence[int]) -> list[api.Document]:
    """Documents for a viewer in the given order, those that exist; one statement."""
    found = _documents(ctx, viewer_id, document_ids)
    return [found[document_id] for document_id in document_ids if document_id in found]


def is_custom_emoji(document: api.Document) -> bool:
    """Whether a document is a custom emoji."""
    return any(isinstance(item, api.DocumentAttributeCustomEmoji) for item in document.attributes)


def _documents(ctx: Context, viewer_id: int, document_ids: Sequence[int]) -> dict[int, Any]:
    if not document_ids:
        return {}
    rows = ctx.db.rows(sa.select(documents.c.id, documents.c.document).where(documents.c.id.in_(document_ids)))
    return {row.id: for_viewer(ctx, viewer_id, tl.decode(row.document)) for row in rows}


def search_sets(ctx: Context, text: str, *, emoji: bool, limit: int) -> Sequence[Any]:
    """Sets whose title or short name begins with a text."""
    folded = text.casefold().strip()[:_TITLE_LENGTH]
    if not folded:
        return []
    kind = sticker_sets.c.kind == Kind.EMOJI if emoji else sticker_sets.c.kind == Kind.STICKERS
    found: dict[int, Any] = {}
    for column in (sticker_sets.c.short_name_key, sticker_sets.c.title_key):
        statement = sa.select(sticker_sets).where(column >= folded, column < folded + "\U0010ffff", kind)
        for row in ctx.db.rows(statement.order_by(column).limit(limit)):
            found[row.set_id] = row
    return list(found.values())[:limit]
