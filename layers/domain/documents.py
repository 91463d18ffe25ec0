"""Documents: an uploaded file with the attributes its sender gave it.

https://core.telegram.org/api/files#uploading-files, https://core.telegram.org/type/DocumentAttribute
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain import images
from layers.domain.files import thumb_prefix
from layers.domain.photos import Rows, photo_sizes, read_picture
from layers.domain.uploads import Upload, derived_id, keep_upload, read_upload, upload_names
from layers.errors import RpcError, bad_request
from layers.schema import documents
from tl import TLObject, api

_MIME: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}")
_UNKNOWN_MIME: Final = "application/octet-stream"
_PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"})

_MAX_ATTRIBUTES: Final = 16
_MAX_FILE_NAME: Final = 255
_MAX_TITLE: Final = 255
_MAX_WAVEFORM: Final = 255
_MAX_SIDE: Final = 1 << 16
_MAX_DURATION_S: Final = 1 << 30
_NOT_IN_FILE_NAME: Final = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]")
"""Separators, control characters, and those that turn the direction of text to disguise an extension."""

_STORED: Final = sa.select(documents.c.document).where(documents.c.id == sa.bindparam("id"))


def store_document(ctx: Context, media: api.InputMediaUploadedDocument) -> api.Document:
    """The document made of an uploaded file, in stored form; the same medium gives the same document.

    Raises:
        RpcError: as `layers.domain.uploads.find_upload`; 400 MEDIA_INVALID for attributes out of bounds.
    """
    document_id = _document_id(ctx, media)
    stored = _stored(ctx, document_id)
    if stored is not None:
        return stored
    row = ctx.prepared.get(document_id) or _row(ctx, document_id, media)
    insert_ignore(ctx.db, documents, row)
    return cast("api.Document", tl.decode(row["document"]))


def prepare_document(ctx: Context, media: api.InputMediaUploadedDocument) -> Rows:
    """What `store_document` would check, move and scale, done before: its row, or none when the document is there."""
    document_id = _document_id(ctx, media)
    if _stored(ctx, document_id) is not None:
        return {}
    return {document_id: _row(ctx, document_id, media)}


def _document_id(ctx: Context, media: api.InputMediaUploadedDocument) -> int:
    digest = hashlib.sha256(tl.encode(media)).hexdigest()
    return derived_id(ctx, "document", *upload_names(media.file), digest)


def _stored(ctx: Context, document_id: int) -> api.Document | None:
    stored: bytes | None = ctx.db.scalar(_STORED, {"id": document_id})
    return None if stored is None else cast("api.Document", tl.decode(stored))


def _row(ctx: Context, document_id: int, media: api.InputMediaUploadedDocument) -> Mapping[str, Any]:
    """Take the upload into use and put the thumb; the row that names them."""
    mime_type = _mime_type(media.mime_type)
    attributes = _attributes(media.attributes, media.file)
    if media.stickers:
        attributes.append(api.DocumentAttributeHasStickers())
    upload = keep_upload(ctx, media.file)
    thumb = _thumb(ctx, media, upload, mime_type, is_sticker=_has(attributes, api.DocumentAttributeSticker))
    if thumb is not None and media.thumb is None and not _has(attributes, api.DocumentAttributeVideo):
        attributes = [item for item in attributes if not isinstance(item, api.DocumentAttributeImageSize)]
        attributes.insert(0, api.DocumentAttributeImageSize(w=thumb.w, h=thumb.h))
    for size in thumb.sizes if thumb else ():
        ctx.blobs.put(f"{thumb_prefix(document_id)}/{size.type}", size.data)
    document = api.Document(
        id=document_id,
        access_hash=0,
        file_reference=b"",
        date=ctx.now,
        mime_type=mime_type,
        size=upload.size,
        thumbs=photo_sizes(thumb) if thumb else None,
        dc_id=ctx.settings.dc_id,
        attributes=attributes,
    )
    return {
        "id": document_id,
        "owner_id": ctx.user_id,
        "date": ctx.now,
        "document": tl.encode(document),
        "blob_prefix": upload.prefix,
        "size": upload.size,
        "part_size": upload.part_size,
        "sha256": upload.sha256,
    }


def _thumb(
    ctx: Context, media: api.InputMediaUploadedDocument, upload: Upload, mime_type: str, *, is_sticker: bool
) -> images.Rendered | None:
    """The given thumb, or one made of a picture; without one when it cannot be decoded: the file is what matters."""
    if media.thumb is not None:
        data = read_picture(ctx, media.thumb)
    elif mime_type in _PICTURES and upload.size <= images.MAX_BYTES:
        data = read_upload(ctx, upload, at_most=images.MAX_BYTES, error="PHOTO_SAVE_FILE_INVALID")
    else:
        return None
    try:
        return images.render_thumb(data, transparent=is_sticker)
    except RpcError:
        return None


def _mime_type(given: str) -> str:
    mime_type = given.strip().lower()
    return mime_type if _MIME.fullmatch(mime_type) else _UNKNOWN_MIME


def _has(attributes: Iterable[api.TypeDocumentAttribute], kind: type[TLObject]) -> bool:
    return any(isinstance(item, kind) for item in attributes)


def _attributes(given: Sequence[api.TypeDocumentAttribute], file: api.TypeInputFile) -> list[api.TypeDocumentAttribute]:
    """One attribute of each kind that a sender may set, the first of a kind counting; each within bounds."""
    if len(given) > _MAX_ATTRIBUTES:
        raise bad_request("MEDIA_INVALID")
    kept: dict[type, api.TypeDocumentAttribute] = {}
    for item in given:
        check = _CHECKS.get(type(item))
        if check is not None and type(item) not in kept:
            kept[type(item)] = check(item)
    name = getattr(file, "name", "")
    if api.DocumentAttributeFilename not in kept and name:
        kept[api.DocumentAttributeFilename] = _filename(api.DocumentAttributeFilename(file_name=name))
    return list(kept.values())


def _image_size(item: api.DocumentAttributeImageSize) -> api.TypeDocumentAttribute:
    _check_sides(item.w, item.h)
    return item


def _video(item: api.DocumentAttributeVideo) -> api.TypeDocumentAttribute:
    _check_sides(item.w, item.h)
    start = item.video_start_ts
    if not _is_duration(item.duration) or (start is not None and not _is_duration(start)):
        raise bad_request("MEDIA_INVALID")
    if item.preload_prefix_size is not None and item.preload_prefix_size < 0:
        raise bad_request("MEDIA_INVALID")
    if item.video_codec is not None and len(item.video_codec) > _MAX_TITLE:
        raise bad_request("MEDIA_INVALID")
    return item


def _audio(item: api.DocumentAttributeAudio) -> api.TypeDocumentAttribute:
    if not _is_duration(item.duration) or len(item.waveform or b"") > _MAX_WAVEFORM:
        raise bad_request("MEDIA_INVALID")
    # Tags are what a file holds, not what its sender typed: cut, never refused.
    item.title = None if item.title is None else item.title[:_MAX_TITLE]
    item.performer = None if item.performer is None else item.performer[:_MAX_TITLE]
    return item


def _filename(item: api.DocumentAttributeFilename) -> api.TypeDocumentAttribute:
    name = _NOT_IN_FILE_NAME.sub("_", item.file_name)
    if len(name) > _MAX_FILE_NAME:
        stem, dot, extension = name.rpartition(".")
        name = f"{stem[: _MAX_FILE_NAME - len(extension) - 1]}{dot}{extension}"[:_MAX_FILE_NAME]
    return api.DocumentAttributeFilename(file_name=name or "file")


def _sticker(item: api.DocumentAttributeSticker) -> api.TypeDocumentAttribute:
    # An uploaded sticker belongs to no set: only the functions that keep sets may say so.
    return api.DocumentAttributeSticker(
        mask=item.mask, alt=item.alt[:_MAX_TITLE], stickerset=api.InputStickerSetEmpty(), mask_coords=item.mask_coords
    )


def _animated(item: api.DocumentAttributeAnimated) -> api.TypeDocumentAttribute:
    return item


def _check_sides(w: int, h: int) -> None:
    if not 0 <= w <= _MAX_SIDE or not 0 <= h <= _MAX_SIDE:
        raise bad_request("MEDIA_INVALID")


def _is_duration(seconds: float) -> bool:
    return math.isfinite(seconds) and 0 <= seconds <= _MAX_DURATION_S


_CHECKS: Final[dict[type, Callable[[Any], api.TypeDocumentAttribute]]] = {
    api.DocumentAttributeImageSize: _image_size,
    api.DocumentAttributeVideo: _video,
    api.DocumentAttributeAudio: _audio,
    api.DocumentAttributeFilename: _filename,
    api.DocumentAttributeSticker: _sticker,
    api.DocumentAttributeAnimated: _animated,
}
