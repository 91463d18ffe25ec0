"""Photos: an uploaded picture becomes its sizes and one row.

https://core.telegram.org/constructor/photo
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain import images
from layers.domain.files import photo_prefix
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.uploads import derived_id, read_file, upload_names
from layers.schema import photos
from tl import api

Rows = Mapping[int, Mapping[str, Any]]
"""Rows by id, made before the transaction that inserts them (`Context.prepared`)."""

_PROFILE_SIZE: Final = "c"
_STORED: Final = sa.select(photos.c.photo).where(photos.c.id == sa.bindparam("id"))


def store_photo(ctx: Context, file: api.TypeInputFile) -> api.Photo:
    """The photo of a message made of an uploaded file, in stored form; the same file gives the same photo.

    Raises:
        RpcError: as `layers.domain.uploads.find_upload` and `layers.domain.images.render_photo`.
    """
    return _store(ctx, _photo_id(ctx, file), lambda: images.render_photo(read_picture(ctx, file)))


def store_profile_photo(ctx: Context, file: api.TypeInputFile) -> api.Photo:
    """As `store_photo`, cropped to the sizes of a profile photo."""
    return _store(ctx, _profile_photo_id(ctx, file), lambda: images.render_profile_photo(read_picture(ctx, file)))


def prepare_photo(ctx: Context, file: api.TypeInputFile) -> Rows:
    """What `store_photo` would decode, scale and put, done before: its row, or none when the photo is there."""
    photo_id = _photo_id(ctx, file)
    if stored_photo(ctx, photo_id) is not None:
        return {}
    return {photo_id: _row(ctx, photo_id, images.render_photo(read_picture(ctx, file)))}


def prepare_profile_photo(ctx: Context, file: api.TypeInputFile) -> Rows:
    """As `prepare_photo`, for `store_profile_photo`."""
    photo_id = _profile_photo_id(ctx, file)
    if stored_photo(ctx, photo_id) is not None:
        return {}
    return {photo_id: _row(ctx, photo_id, images.render_profile_photo(read_picture(ctx, file)))}


def keep_picture(ctx: Context, data: bytes) -> api.Photo:
    """The photo of a picture that the server found itself; the same bytes give the same photo.

    Raises:
        RpcError: as `layers.domain.images.render_photo`.
    """
    photo_id = int.from_bytes(hashlib.sha256(b"found " + data).digest()[:8], "little") >> 1 or 1
    stored = stored_photo(ctx, photo_id)
    if stored is not None:
        return stored
    row = {**_row(ctx, photo_id, images.render_photo(data), owner_id=SERVICE_USER_ID)}
    insert_ignore(ctx.db, photos, row)
    return cast("api.Photo", tl.decode(row["photo"]))


def profile_photo_of(ctx: Context, photo: api.Photo) -> api.Photo:
    """The photo itself when it has the sizes of a profile photo, else one cropped from its largest size."""
    sizes = [size for size in photo.sizes if isinstance(size, api.PhotoSize)]
    if any(size.type == _PROFILE_SIZE for size in sizes):
        return photo
    largest = max(sizes, key=lambda size: size.w * size.h)
    key = f"{photo_prefix(photo.id)}/{largest.type}"
    photo_id = derived_id(ctx, "profile photo of", photo.id)
    return _store(ctx, photo_id, lambda: images.render_profile_photo(ctx.blobs.get(key)))


def read_picture(ctx: Context, file: api.TypeInputFile) -> bytes:
    """The bytes of an uploaded picture; 400 PHOTO_SAVE_FILE_INVALID above 10 MB."""
    # The parts stay where they are: what is kept are the sizes, and the sweep takes the source with its metadata.
    return read_file(ctx, file, at_most=images.MAX_BYTES, error="PHOTO_SAVE_FILE_INVALID")


def stored_photo(ctx: Context, photo_id: int) -> api.Photo | None:
    """The stored form of a photo, or None."""
    stored: bytes | None = ctx.db.scalar(_STORED, {"id": photo_id})
    return None if stored is None else cast("api.Photo", tl.decode(stored))


def photo_sizes(rendered: images.Rendered) -> list[api.TypePhotoSize]:
    """The TL sizes, the stripped one first."""
    return [
        api.PhotoStrippedSize(type="i", bytes=rendered.stripped),
        *(api.PhotoSize(type=size.type, w=size.w, h=size.h, size=len(size.data)) for size in rendered.sizes),
    ]


def _photo_id(ctx: Context, file: api.TypeInputFile) -> int:
    return derived_id(ctx, "photo", *upload_names(file))


def _profile_photo_id(ctx: Context, file: api.TypeInputFile) -> int:
    return derived_id(ctx, "profile photo", *upload_names(file))


def _store(ctx: Context, photo_id: int, render: Callable[[], images.Rendered]) -> api.Photo:
    """The photo that is there, or the one that was prepared, or a new one."""
    stored = stored_photo(ctx, photo_id)
    if stored is not None:
        return stored
    row = ctx.prepared.get(photo_id) or _row(ctx, photo_id, render())
    insert_ignore(ctx.db, photos, row)
    return cast("api.Photo", tl.decode(row["photo"]))


def _row(ctx: Context, photo_id: int, rendered: images.Rendered, *, owner_id: int | None = None) -> Mapping[str, Any]:
    """Put the sizes; the row that names them."""
    prefix = photo_prefix(photo_id)
    for size in rendered.sizes:
        ctx.blobs.put(f"{prefix}/{size.type}", size.data)
    photo = api.Photo(
        id=photo_id,
        access_hash=0,
        file_reference=b"",
        date=ctx.now,
        sizes=photo_sizes(rendered),
        dc_id=ctx.settings.dc_id,
    )
    return {
        "id": photo_id,
        "owner_id": ctx.user_id if owner_id is None else owner_id,
        "date": ctx.now,
        "photo": tl.encode(photo),
        "blob_prefix": prefix,
    }
