"""What may be a sticker: https://core.telegram.org/stickers#sticker-requirements.

Static ones are WebP or PNG (kept as WebP), animated ones TGS (gzipped Lottie), video ones WebM.
"""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from PIL import Image

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.files import thumb_prefix
from layers.domain.uploads import derived_id
from layers.errors import bad_request
from layers.schema import documents
from tl import api

_SIDE: Final = 512
_EMOJI_SIDE: Final = 100
_MAX_STATIC: Final = 512 << 10
_MAX_ANIMATED: Final = 64 << 10
_MAX_LOTTIE: Final = 4 << 20
_MAX_VIDEO: Final = 256 << 10
_EBML: Final = b"\x1aE\xdf\xa3"
_DOCTYPE_WITHIN: Final = 64
_GZIP: Final = 16 + zlib.MAX_WBITS

WEBP: Final = "image/webp"
TGS: Final = "application/x-tgsticker"
WEBM: Final = "video/webm"


@dataclass(frozen=True, slots=True)
class StickerFile:
    """A checked file; ``thumb`` of a static one is a small WebP."""

    data: bytes
    mime_type: str
    width: int
    height: int
    duration: float = 0.0


def check_file(data: bytes, mime_type: str, *, is_emoji: bool) -> StickerFile:
    """The file as it is kept.

    Raises:
        RpcError: STICKER_PNG_NOPNG, STICKER_PNG_DIMENSIONS, STICKER_FILE_INVALID, STICKER_TGS_NOTGS, STICKER_VIDEO_BIG,
            STICKER_VIDEO_NOWEBM, STICKER_MIME_INVALID.
    """
    side = _EMOJI_SIDE if is_emoji else _SIDE
    match mime_type:
        case "image/png" | "image/webp":
            return _static(data, side)
        case "application/x-tgsticker":
            return _animated(data)
        case "video/webm":
            return _video(data, side)
        case _:
            raise bad_request("STICKER_MIME_INVALID")


def _static(data: bytes, side: int) -> StickerFile:
    if len(data) > _MAX_STATIC:
        raise bad_request("STICKER_FILE_INVALID")
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG", "WEBP"])
        if max(image.size) != side or min(image.size) < 1:
            raise bad_request("STICKER_PNG_DIMENSIONS")
        image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise bad_request("STICKER_PNG_NOPNG") from error
    if image.format == "WEBP":
        return StickerFile(data, WEBP, *image.size)
    output = io.BytesIO()
    image.convert("RGBA").save(output, "WEBP", quality=90)
    return StickerFile(output.getvalue(), WEBP, *image.size)


def _animated(data: bytes) -> StickerFile:
    if len(data) > _MAX_ANIMATED:
        raise bad_request("STICKER_TGS_NOTGS")
    try:
        text = zlib.decompressobj(_GZIP).decompress(data, _MAX_LOTTIE)
        lottie: Any = json.loads(text)
    except (zlib.error, ValueError) as error:
        raise bad_request("STICKER_TGS_NOTGS") from error
    is_sticker = isinstance(lottie, dict) and lottie.get("w") == _SIDE and lottie.get("h") == _SIDE
    if not is_sticker or not isinstance(lottie.get("layers"), list):
        raise bad_request("STICKER_TGS_NOTGS")
    return StickerFile(data, TGS, _SIDE, _SIDE)


def _video(data: bytes, side: int) -> StickerFile:
    if len(data) > _MAX_VIDEO:
        raise bad_request("STICKER_VIDEO_BIG")
    if not data.startswith(_EBML) or b"webm" not in data[:_DOCTYPE_WITHIN]:
        raise bad_request("STICKER_VIDEO_NOWEBM")
    # What is inside is not decoded here; clients say how large it is.
    return StickerFile(data, WEBM, side, side)


def read_document(ctx: Context, document_id: int) -> bytes:
    """All bytes of a stored document that is small enough to be a sticker; 400 STICKER_FILE_INVALID."""
    row = ctx.db.first(
        sa.select(documents.c.blob_prefix, documents.c.size, documents.c.part_size).where(documents.c.id == document_id)
    )
    if row is None or row.size > _MAX_STATIC:
        raise bad_request("STICKER_FILE_INVALID")
    parts = -(-row.size // row.part_size) if row.size else 0
    return b"".join(ctx.blobs.get(f"{row.blob_prefix}/{part}") for part in range(parts))


def store_sticker(
    ctx: Context, source: api.Document, set_id: int, attribute: api.TypeDocumentAttribute, *, is_emoji: bool
) -> api.Document:
    """The document that a file becomes in a set; the same file in the same set gives the same document."""
    data = read_document(ctx, source.id)
    file = check_file(data, source.mime_type, is_emoji=is_emoji)
    document_id = derived_id(ctx, "sticker", set_id, source.id)
    attributes: list[api.TypeDocumentAttribute] = [attribute]
    if file.mime_type == WEBM:
        given = next((item for item in source.attributes if isinstance(item, api.DocumentAttributeVideo)), None)
        width, height = (given.w, given.h) if given is not None and given.w and given.h else (file.width, file.height)
        duration = given.duration if given is not None else 0.0
        attributes.insert(0, api.DocumentAttributeVideo(nosound=True, duration=duration, w=width, h=height))
    else:
        attributes.insert(0, api.DocumentAttributeImageSize(w=file.width, h=file.height))
    names = {WEBP: "sticker.webp", TGS: "AnimatedSticker.tgs", WEBM: "sticker.webm"}
    attributes.append(api.DocumentAttributeFilename(file_name=names[file.mime_type]))
    prefix = f"files/{document_id:016x}"
    ctx.blobs.put(f"{prefix}/0", file.data)
    document = api.Document(
        id=document_id,
        access_hash=0,
        file_reference=b"",
        date=ctx.now,
        mime_type=file.mime_type,
        size=len(file.data),
        thumbs=_thumbs(ctx, document_id, file),
        dc_id=ctx.settings.dc_id,
        attributes=attributes,
    )
    row = {
        "id": document_id,
        "owner_id": ctx.user_id,
        "date": ctx.now,
        "document": tl.encode(document),
        "blob_prefix": prefix,
        "size": len(file.data),
        "part_size": len(file.data),
    }
    insert_ignore(ctx.db, documents, row)
    return document


_THUMB_SIDE: Final = 128


def _thumbs(ctx: Context, document_id: int, file: StickerFile) -> list[api.TypePhotoSize] | None:
    if file.mime_type != WEBP:
        return None
    image = Image.open(io.BytesIO(file.data))
    image.thumbnail((_THUMB_SIDE, _THUMB_SIDE))
    output = io.BytesIO()
    image.convert("RGBA").save(output, "WEBP", quality=80)
    ctx.blobs.put(f"{thumb_prefix(document_id)}/m", output.getvalue())
    return [api.PhotoSize(type="m", w=image.width, h=image.height, size=len(output.getvalue()))]
