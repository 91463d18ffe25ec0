"""Hashes of stored files, and the kinds of files this server does not have.

https://core.telegram.org/method/upload.getFileHashes. saveFilePart, saveBigFilePart and getFile are answered by the
connection tier: bytes of files never pass a function, but for the few that are hashed here.
"""

from __future__ import annotations

import hashlib
from typing import Final

from layers.context import Context
from layers.domain.files import StoredFile, find_file
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_CHUNK: Final = 128 * 1024
_CHUNKS: Final = 8


@function(api.upload.GetFileHashes, flood=FloodLimit(120, 60))
def get_file_hashes(ctx: Context, request: api.upload.GetFileHashes) -> list[api.FileHash]:
    """SHA-256 of up to eight chunks of 128 KiB, from the one that holds ``offset`` on; none behind the file's end."""
    if request.offset < 0:
        raise bad_request("OFFSET_INVALID")
    file = find_file(ctx, request.location)
    if request.offset >= file.size:
        return []
    first = request.offset - request.offset % _CHUNK
    offsets = range(first, min(first + _CHUNKS * _CHUNK, file.size), _CHUNK)
    return [_hash(ctx, file, offset) for offset in offsets]


@function(api.upload.GetWebFile, partial="this server hands out no web files, so no location is valid")
def get_web_file(_ctx: Context, _request: api.upload.GetWebFile) -> api.upload.WebFile:
    """400 LOCATION_INVALID: there are no web documents and no map pictures."""
    raise bad_request("LOCATION_INVALID")


@function(
    api.upload.GetCdnFile,
    api.upload.GetCdnFileHashes,
    api.upload.ReuploadCdnFile,
    partial="this server redirects to no CDN, so no file token is valid",
)
def refuse_file_token(_ctx: Context, _request: api.upload.GetCdnFile) -> api.upload.TypeCdnFile:
    """400 FILE_TOKEN_INVALID: tokens come with upload.fileCdnRedirect, which is never answered."""
    raise bad_request("FILE_TOKEN_INVALID")


def _hash(ctx: Context, file: StoredFile, offset: int) -> api.FileHash:
    digest, size = hashlib.sha256(), 0
    for key, inside, length in file.pieces(offset, _CHUNK):
        digest.update(ctx.blobs.get(key, inside, length))
        size += length
    return api.FileHash(offset=offset, limit=size, hash=digest.digest())
