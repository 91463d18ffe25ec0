"""Stored files: who may read which, and where their bytes are.

https://core.telegram.org/api/files#downloading-files and https://core.telegram.org/api/file-references. A client names
a file by id, access_hash and file_reference; both of the latter are derived for each viewer, and the reference expires.
The connection tier asks `locate` once and then streams the bytes itself.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Caller, Context, Services
from layers.domain.chats import is_readable, may_see_chat_photo, membership
from layers.domain.peers import access_peer, is_user
from layers.domain.secret_files import access_encrypted_file, access_sent_sticker
from layers.domain.user_photos import may_see_photo
from layers.errors import bad_request
from layers.schema import documents, photos, sticker_sets
from layers.unit_of_work import run
from tl import api

_CHUNK: Final = 1024 * 1024
_OFFSET_STEP: Final = 4096
_PRECISE_STEP: Final = 1024

_JPEG: Final = "image/jpeg"
_WEBP: Final = "image/webp"
_PEER_PHOTO_SIZES: Final = {False: "a", True: "c"}

_PHOTO: Final = sa.select(photos).where(photos.c.id == sa.bindparam("id"))
_DOCUMENT: Final = sa.select(documents).where(documents.c.id == sa.bindparam("id"))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A readable file. ``part_size`` 0: the one object ``prefix``; else objects ``<prefix>/<n>`` of that many bytes."""

    prefix: str
    part_size: int
    size: int
    mime_type: str
    date: int

    def pieces(self, offset: int, limit: int) -> list[tuple[str, int, int]]:
        """What to read for ``limit`` bytes from ``offset``: (key, offset in it, bytes), fewer bytes at the end."""
        end = min(offset + limit, self.size)
        if self.part_size == 0:
            return [(self.prefix, offset, end - offset)] if end > offset else []
        found = []
        while offset < end:
            part, inside = divmod(offset, self.part_size)
            length = min(self.part_size - inside, end - offset)
            found.append((f"{self.prefix}/{part}", inside, length))
            offset += length
        return found


def check_range(offset: int, limit: int, *, precise: bool) -> None:
    """The rules of upload.getFile for the range; 400 OFFSET_INVALID or LIMIT_INVALID."""
    step = _PRECISE_STEP if precise else _OFFSET_STEP
    if offset < 0 or offset % step:
        raise bad_request("OFFSET_INVALID")
    if not 0 < limit <= _CHUNK or limit % step or not (precise or _CHUNK % limit == 0):
        raise bad_request("LIMIT_INVALID")
    if offset // _CHUNK != (offset + limit - 1) // _CHUNK:
        raise bad_request("LIMIT_INVALID")


def locate(services: Services, caller: Caller, location: api.TypeInputFileLocation) -> StoredFile:
    """The file at a location, when the caller may read it. Blocks for one or two statements.

    Raises:
        RpcError: 401 AUTH_KEY_UNREGISTERED; 400 LOCATION_INVALID, FILE_ID_INVALID, FILE_REFERENCE_EMPTY, _EXPIRED,
            _INVALID, or what the peer's gate says.
    """
    return run(services, lambda ctx: find_file(ctx, location), writes=False, caller=caller)[0]


def find_file(ctx: Context, location: api.TypeInputFileLocation) -> StoredFile:
    """`locate` within a call."""
    match location:
        case api.InputDocumentFileLocation():
            row = access_sent_sticker(ctx, location) or access_file(ctx, "document", location, error="FILE_ID_INVALID")
            return _document_file(row, location.thumb_size)
        case api.InputPhotoFileLocation():
            row = access_file(ctx, "photo", location, error="FILE_ID_INVALID")
            return _photo_file(row, location.thumb_size)
        case api.InputPeerPhotoFileLocation():
            return _peer_photo_file(ctx, location)
        case api.InputStickerSetThumb():
            return _set_thumb_file(ctx, location)
        case api.InputEncryptedFileLocation():
            row = access_encrypted_file(ctx, location, error="LOCATION_INVALID")
            return StoredFile(row.blob_prefix, row.part_size, row.size, "", row.date)
        case _:
            # Passport, takeout and calls keep no files on this server.
            raise bad_request("LOCATION_INVALID")


def access_file(
    ctx: Context,
    kind: str,
    named: api.InputPhoto | api.InputDocument | api.InputPhotoFileLocation | api.InputDocumentFileLocation,
    *,
    error: str,
) -> sa.Row[Any]:
    """Gate: the row of the photo or document (``kind``) a client names.

    What stands in a channel is named under the channel's own access_hash, and only whoever may read it gets it.

    Raises:
        RpcError: 400 ``error`` for a wrong id or access_hash; FILE_REFERENCE_EMPTY, _EXPIRED or _INVALID.
    """
    channel_key = ctx.keys.channel_of_reference(named.file_reference)
    viewer_id = ctx.user_id if channel_key is None else channel_key
    expected = ctx.keys.access_hash(kind, viewer_id, named.id)
    if not hmac.compare_digest(_eight(expected), _eight(named.access_hash)):
        raise bad_request(error)
    problem = ctx.keys.check_file_reference(viewer_id, named.id, named.file_reference, ctx.now)
    if problem is not None:
        raise bad_request(problem)
    if channel_key is not None and not _may_read(ctx, channel_key):
        raise bad_request("FILE_REFERENCE_INVALID")
    row = ctx.db.first(_PHOTO if kind == "photo" else _DOCUMENT, {"id": named.id})
    if row is None:
        raise bad_request(error)
    return row


def _may_read(ctx: Context, channel_key: int) -> bool:
    """A file that stands in a channel is for those who may read the channel now."""
    member = membership(ctx, ctx.user_id, channel_key)
    return member is not None and is_readable(member)


def access_photo(ctx: Context, photo: api.TypeInputPhoto, *, error: str = "PHOTO_INVALID") -> api.Photo:
    """Gate: the stored form of the photo a client names; raises as `access_file`."""
    if not isinstance(photo, api.InputPhoto):
        raise bad_request(error)
    return cast("api.Photo", tl.decode(access_file(ctx, "photo", photo, error=error).photo))


def access_document(ctx: Context, document: api.TypeInputDocument, *, error: str = "DOCUMENT_INVALID") -> api.Document:
    """Gate: the stored form of the document a client names; raises as `access_file`."""
    if not isinstance(document, api.InputDocument):
        raise bad_request(error)
    return cast("api.Document", tl.decode(access_file(ctx, "document", document, error=error).document))


def _document_file(row: sa.Row[Any], thumb_size: str) -> StoredFile:
    if not thumb_size:
        document = cast("api.Document", tl.decode(row.document))
        return StoredFile(row.blob_prefix, row.part_size, row.size, document.mime_type, row.date)
    document = cast("api.Document", tl.decode(row.document))
    size = _size_of(document.thumbs or [], thumb_size)
    transparent = (api.DocumentAttributeSticker, api.DocumentAttributeCustomEmoji)
    is_transparent = any(isinstance(item, transparent) for item in document.attributes)
    key = f"{thumb_prefix(document.id)}/{size.type}"
    return StoredFile(key, 0, size.size, _WEBP if is_transparent else _JPEG, row.date)


def _photo_file(row: sa.Row[Any], thumb_size: str) -> StoredFile:
    size = _size_of(cast("api.Photo", tl.decode(row.photo)).sizes, thumb_size)
    return StoredFile(f"{row.blob_prefix}/{size.type}", 0, size.size, _JPEG, row.date)


def _peer_photo_file(ctx: Context, location: api.InputPeerPhotoFileLocation) -> StoredFile:
    key = access_peer(ctx, location.peer)
    row = ctx.db.first(_PHOTO, {"id": location.photo_id})
    may_see = may_see_photo if is_user(key) else may_see_chat_photo
    if row is None or not may_see(ctx, ctx.user_id, key, location.photo_id):
        raise bad_request("LOCATION_INVALID")
    return _photo_file(row, _PEER_PHOTO_SIZES[location.big])


def _set_thumb_file(ctx: Context, location: api.InputStickerSetThumb) -> StoredFile:
    """The picture of a sticker set."""
    named = location.stickerset
    statement = sa.select(documents).join(sticker_sets, sticker_sets.c.thumb_id == documents.c.id)
    if isinstance(named, api.InputStickerSetID):
        expected = ctx.keys.access_hash("stickerset", ctx.user_id, named.id)
        if not hmac.compare_digest(_eight(expected), _eight(named.access_hash)):
            raise bad_request("LOCATION_INVALID")
        statement = statement.where(sticker_sets.c.set_id == named.id)
    elif isinstance(named, api.InputStickerSetShortName):
        statement = statement.where(sticker_sets.c.short_name_key == named.short_name.lower())
    else:
        raise bad_request("LOCATION_INVALID")
    row = ctx.db.first(statement)
    if row is None:
        raise bad_request("LOCATION_INVALID")
    return _document_file(row, "")


def _size_of(sizes: Sequence[api.TypePhotoSize], type: str) -> api.PhotoSize:
    for size in sizes:
        if isinstance(size, api.PhotoSize) and size.type == type:
            return size
    raise bad_request("LOCATION_INVALID")


def photo_prefix(photo_id: int) -> str:
    """Below it stands each size of a photo as one object, named by its type."""
    return f"photos/{photo_id:016x}"


def thumb_prefix(document_id: int) -> str:
    """Below it stands each thumb of a document as one object, named by its type."""
    return f"thumbs/{document_id:016x}"


def _eight(value: int) -> bytes:
    return value.to_bytes(8, "little", signed=True)
