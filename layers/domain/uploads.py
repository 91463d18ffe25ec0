"""Uploaded files: the parts a client sent, and taking them into use.

https://core.telegram.org/api/files#uploading-files. A part is an object ``uploads/<user_id>/<file_id>/<part>``, stored
by the connection tier without any row. The function that uses the file checks that the parts are whole and moves them
below ``files/``. The place there is derived from what the client named, so a call that is repeated, also after a crash
between the move and the commit, finds the file where it left it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from layers.blobs import BlobNotFound, Blobs
from layers.context import Context, Services
from layers.domain.limits import UPLOAD_PARTS
from layers.errors import RpcError, bad_request
from tl import api

MAX_PART_BYTES: Final = 512 * 1024
_PART_SIZE_STEP: Final = 1024
UPLOAD_LIFE_S: Final = 24 * 3600
"""Parts that nobody used are deleted after this time."""

_UPLOADS: Final = "uploads"
_SMALL_FILE_BYTES: Final = 10 * 1024 * 1024
"""Up to this size a file is an inputFile, whose md5_checksum is compared."""
_MAX_NAME: Final = 255
_READS_AT_ONCE: Final = 8
_UNSIGNED: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Upload:
    """A whole file in blob storage: ``parts`` objects ``<prefix>/<n>``, all of ``part_size`` bytes but the last.

    ``sha256`` is known of small files only, whose bytes are read for md5_checksum.
    """

    prefix: str
    parts: int
    part_size: int
    size: int
    sha256: bytes | None = None


def uploads_of(user_id: int) -> str:
    """Where the parts of all files of a user stand that he has not used."""
    return f"{_UPLOADS}/{user_id}"


def upload_prefix(user_id: int, file_id: int) -> str:
    """Where the parts of a file stand until it is used; a file_id is the user's own."""
    return f"{uploads_of(user_id)}/{file_id & _UNSIGNED:016x}"


def part_key(user_id: int, file_id: int, file_part: int) -> str:
    """The object of one part."""
    return f"{upload_prefix(user_id, file_id)}/{file_part}"


def is_part_size(size: int) -> bool:
    """Whether parts may be this long: a multiple of 1 KiB that divides 512 KiB."""
    return size > 0 and size % _PART_SIZE_STEP == 0 and MAX_PART_BYTES % size == 0


def derived_id(ctx: Context, purpose: str, *names: object) -> int:
    """A positive 63-bit id that the same user, purpose and names always give."""
    payload = "|".join(str(name) for name in (ctx.user_id, *names)).encode()
    return int.from_bytes(ctx.keys.token_mac(purpose, payload)[:8], "little") >> 1 or 1


def upload_names(file: api.TypeInputFile) -> tuple[object, ...]:
    """What tells one upload of a user from another: file_id, number of parts and, when given, the checksum."""
    if isinstance(file, api.InputFile):
        return file.id, file.parts, file.md5_checksum.lower()
    if isinstance(file, api.InputFileBig):
        return file.id, file.parts, ""
    raise bad_request("INPUT_FILE_INVALID")


def find_upload(ctx: Context, file: api.TypeInputFile) -> Upload:
    """The caller's uploaded file, wherever its parts stand; nothing changes but what a crash left half done.

    Raises:
        RpcError: 400 INPUT_FILE_INVALID, FILE_PARTS_INVALID, FILE_PART_X_MISSING, FILE_PART_SIZE_CHANGED,
            FILE_PART_SIZE_INVALID, MD5_CHECKSUM_INVALID.
    """
    upload = _find(ctx, file)
    if upload.size > _SMALL_FILE_BYTES or not _checksum(file):
        return upload
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    for part in _parts(ctx.blobs, upload):
        md5.update(part)
        sha256.update(part)
    _compare(file, md5.hexdigest())
    return replace(upload, sha256=sha256.digest())


def keep_upload(ctx: Context, file: api.TypeInputFile) -> Upload:
    """The caller's uploaded file, moved to where it stays; raises as `find_upload`."""
    upload = find_upload(ctx, file)
    kept = _kept_prefix(ctx, file)
    if upload.prefix != kept:
        ctx.blobs.move_prefix(upload.prefix, kept)
    return replace(upload, prefix=kept)


def read_file(ctx: Context, file: api.TypeInputFile, *, at_most: int, error: str) -> bytes:
    """All bytes of the caller's uploaded file; 400 ``error`` for more than ``at_most``, else as `find_upload`."""
    data = read_upload(ctx, _find(ctx, file), at_most=at_most, error=error)
    if _checksum(file):
        _compare(file, hashlib.md5(data, usedforsecurity=False).hexdigest())
    return data


def read_upload(ctx: Context, upload: Upload, *, at_most: int, error: str) -> bytes:
    """All bytes of a small file; 400 ``error`` when there are more than ``at_most``."""
    if upload.size > at_most:
        raise bad_request(error)
    return b"".join(_parts(ctx.blobs, upload))


def sweep_uploads(services: Services) -> int:
    """The periodic job: delete parts that nobody used for `UPLOAD_LIFE_S`; returns how many went."""
    return services.blobs.sweep(_UPLOADS, UPLOAD_LIFE_S)


def _find(ctx: Context, file: api.TypeInputFile) -> Upload:
    """`find_upload` without the checksum, which needs the bytes."""
    if not isinstance(file, api.InputFile | api.InputFileBig) or len(file.name) > _MAX_NAME:
        raise bad_request("INPUT_FILE_INVALID")
    if not 1 <= file.parts <= UPLOAD_PARTS:
        raise bad_request("FILE_PARTS_INVALID")
    source, kept = upload_prefix(ctx.user_id, file.id), _kept_prefix(ctx, file)
    sizes = _part_sizes(ctx.blobs, kept)
    if sizes and len(sizes) < file.parts:
        # A crash stopped the move half way.
        with contextlib.suppress(BlobNotFound):
            ctx.blobs.move_prefix(source, kept)
        sizes = _part_sizes(ctx.blobs, kept)
    prefix = kept if sizes else source
    return _checked(prefix, sizes or _part_sizes(ctx.blobs, source), file.parts)


def _checksum(file: api.TypeInputFile) -> str:
    """The md5_checksum a client sent, in lower case, or ''."""
    return file.md5_checksum.lower() if isinstance(file, api.InputFile) else ""


def _compare(file: api.TypeInputFile, md5: str) -> None:
    if not hmac.compare_digest(md5.encode(), _checksum(file).encode()):
        raise bad_request("MD5_CHECKSUM_INVALID")


def _kept_prefix(ctx: Context, file: api.TypeInputFile) -> str:
    return f"files/{derived_id(ctx, 'file', *upload_names(file)):016x}"


def _part_sizes(blobs: Blobs, prefix: str) -> dict[int, int]:
    """Bytes by part number."""
    listed = ((key.rpartition("/")[2], size) for key, size in blobs.list(prefix))
    return {int(name): size for name, size in listed if name.isdecimal()}


def _checked(prefix: str, sizes: dict[int, int], parts: int) -> Upload:
    missing = next((part for part in range(parts) if part not in sizes), None)
    if missing is not None:
        raise RpcError(400, "FILE_PART_X_MISSING", missing)
    if len(sizes) != parts:
        raise bad_request("FILE_PARTS_INVALID")
    part_size, last = sizes[0], sizes[parts - 1]
    if any(sizes[part] != part_size for part in range(parts - 1)) or last > part_size:
        raise bad_request("FILE_PART_SIZE_CHANGED")
    if parts > 1 and not is_part_size(part_size):
        raise bad_request("FILE_PART_SIZE_INVALID")
    return Upload(prefix, parts, part_size, part_size * (parts - 1) + last)


def _parts(blobs: Blobs, upload: Upload) -> Iterator[bytes]:
    """The parts in order, some read ahead: each read of a remote storage takes its time."""

    def read(part: int) -> bytes:
        return blobs.get(f"{upload.prefix}/{part}")

    if upload.parts == 1:
        yield read(0)
        return
    with ThreadPoolExecutor(min(upload.parts, _READS_AT_ONCE), thread_name_prefix="upload") as pool:
        yield from pool.map(read, range(upload.parts))
