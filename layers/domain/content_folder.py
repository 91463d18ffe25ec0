"""Reading the operator's content folder: lists of objects as JSON, and the files that they name.

docs/how-to/offer-reactions.md tells an operator what the files are; `layers.domain.catalog` takes the lists in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.files import thumb_prefix
from layers.domain.peers import SERVICE_USER_ID
from layers.errors import ConfigurationError, RpcError
from layers.schema import documents
from tl import api

Entry: TypeAlias = Mapping[str, Any]

_MIME: Final = {
    ".webp": "image/webp",
    ".tgs": "application/x-tgsticker",
    ".webm": "video/webm",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
_MAX_FILE: Final = 512 << 10
_MAX_PICTURE: Final = 4 << 20
_STICKER_SIDE: Final = 512
_EMOJI_SIDE: Final = 100


@dataclass(frozen=True, slots=True)
class Given:
    """A list of the folder; ``hash`` is the number by which clients know this state of it."""

    folder: Path
    entries: Sequence[Entry]
    hash: int


def entries_of(path: Path) -> list[Entry]:
    """The objects of a file, none where it is not there.

    Raises:
        ConfigurationError: the file holds something else.
    """
    if not path.is_file():
        return []
    try:
        entries = json.loads(path.read_bytes())
    except ValueError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigurationError(f"{path}: expected a list of objects")
    return entries


def fingerprint(folder: Path, path: Path) -> str:
    """Changes with the list and with any file of the folder."""
    state = [path.read_bytes() if path.is_file() else b""]
    for file in sorted(folder.iterdir()):
        if file.suffix in _MIME:
            found = file.stat()
            state.append(f"{file.name} {found.st_size} {found.st_mtime_ns}".encode())
    return hashlib.sha256(b"\n".join(state)).hexdigest()


def wrong(entry: Entry, name: str) -> ConfigurationError:
    """The error that says which field of which object is not as it should be."""
    return ConfigurationError(f"content: {name!r} is missing or wrong in {json.dumps(entry, ensure_ascii=False)[:200]}")


def text_of(entry: Entry, name: str, *, limit: int = 255) -> str:
    """A text field that must be there."""
    value = entry.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        raise wrong(entry, name)
    return value


def texts_of(entry: Entry, name: str, *, limit: int = 255) -> list[str]:
    """A field that must be a list of texts."""
    value = entry.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) and 0 < len(item) <= limit for item in value):
        raise wrong(entry, name)
    return value


def document_of(ctx: Context, folder: Path, name: str, emoji: str, *, custom_emoji: bool = False) -> api.Document:
    """A file of the folder as a document, a sticker or a custom emoji; the same bytes give the same document."""
    nowhere = api.InputStickerSetEmpty()
    side = _EMOJI_SIDE if custom_emoji else _STICKER_SIDE
    attributes: list[api.TypeDocumentAttribute] = [
        api.DocumentAttributeImageSize(w=side, h=side),
        api.DocumentAttributeCustomEmoji(free=True, text_color=True, alt=emoji, stickerset=nowhere)
        if custom_emoji
        else api.DocumentAttributeSticker(alt=emoji, stickerset=nowhere),
    ]
    path, mime_type, data = _file(folder, name, _MAX_FILE)
    return _keep(ctx, path, mime_type, data, emoji + ("custom emoji" if custom_emoji else ""), attributes)


def picture_of(ctx: Context, folder: Path, name: str) -> api.Document:
    """A picture of the folder as a document with a thumb; the same bytes give the same document."""
    from layers.domain import images  # the picture library is for whoever takes pictures in

    path, mime_type, data = _file(folder, name, _MAX_PICTURE)
    try:
        thumb = images.render_thumb(data)
    except RpcError as error:
        raise ConfigurationError(f"content: {name!r}: {error.type}") from error
    attributes: list[api.TypeDocumentAttribute] = [api.DocumentAttributeImageSize(w=thumb.w, h=thumb.h)]
    document_id = _id_of(data, "picture")
    for size in thumb.sizes:
        ctx.blobs.put(f"{thumb_prefix(document_id)}/{size.type}", size.data)
    thumbs: list[api.TypePhotoSize] = [
        api.PhotoSize(type=size.type, w=size.w, h=size.h, size=len(size.data)) for size in thumb.sizes
    ]
    return _keep(ctx, path, mime_type, data, "picture", attributes, thumbs)


def _file(folder: Path, name: str, at_most: int) -> tuple[Path, str, bytes]:
    path = folder / name
    mime_type = _MIME.get(path.suffix)
    if mime_type is None or path.parent != folder or not path.is_file():
        raise ConfigurationError(f"content: {name!r} is no {', '.join(_MIME)} file of the folder")
    data = path.read_bytes()
    if not 0 < len(data) <= at_most:
        raise ConfigurationError(f"content: {name!r} has {len(data)} bytes, allowed are 1 to {at_most}")
    return path, mime_type, data


def _id_of(data: bytes, use: str) -> int:
    return int.from_bytes(hashlib.sha256(data + use.encode()).digest()[:8], "little") >> 1


def _keep(
    ctx: Context,
    path: Path,
    mime_type: str,
    data: bytes,
    use: str,
    attributes: list[api.TypeDocumentAttribute],
    thumbs: list[api.TypePhotoSize] | None = None,
) -> api.Document:
    document_id = _id_of(data, use)
    document = api.Document(
        id=document_id,
        access_hash=0,
        file_reference=b"",
        date=ctx.now,
        mime_type=mime_type,
        size=len(data),
        thumbs=thumbs,
        dc_id=ctx.settings.dc_id,
        attributes=[*attributes, api.DocumentAttributeFilename(file_name=path.name)],
    )
    prefix = f"files/{document_id:016x}"
    ctx.blobs.put(f"{prefix}/0", data)
    row = {
        "id": document_id,
        "owner_id": SERVICE_USER_ID,
        "date": ctx.now,
        "document": tl.encode(document),
        "blob_prefix": prefix,
        "size": len(data),
        "part_size": len(data),
        "sha256": hashlib.sha256(data).digest(),
    }
    insert_ignore(ctx.db, documents, row)
    return document
