"""Files of secret chats: https://core.telegram.org/api/end-to-end#sending-encrypted-files.

Uploaded like other files, but their bytes are encrypted with a key that travels in the message: there is nothing to
look at. Whoever holds the id and the access_hash of his own may fetch the file, and send it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain.uploads import derived_id, keep_upload, upload_names
from layers.errors import bad_request
from layers.schema import documents, encrypted_files, secret_chats, stickers
from tl import api

_KIND: Final = "encrypted_file"
"""Of access hashes and derived ids."""
_FILE: Final = sa.select(encrypted_files).where(encrypted_files.c.id == sa.bindparam("id"))

_Uploaded = api.InputEncryptedFileUploaded | api.InputEncryptedFileBigUploaded


def prepare_encrypted_file(ctx: Context, request: Any) -> Mapping[int, Mapping[str, Any]]:
    """The ``prepare`` step of methods with an InputEncryptedFile: the upload is taken into use."""
    file = request.file
    if not isinstance(file, _Uploaded):
        return {}
    file_id = _derived(ctx, file)
    return {} if ctx.db.first(_FILE, {"id": file_id}) else {file_id: _row(ctx, file_id, file)}


def store_encrypted_file(ctx: Context, file: api.TypeInputEncryptedFile) -> Mapping[str, Any]:
    """The row of the file that a client uploaded or names; doing it again gives the same one.

    Raises:
        RpcError: 400 FILE_EMTPY for none, FILE_ID_INVALID for an unknown one; as `layers.domain.uploads.find_upload`.
    """
    if isinstance(file, api.InputEncryptedFile):
        return access_encrypted_file(ctx, file, error="FILE_ID_INVALID")._asdict()
    if not isinstance(file, _Uploaded):
        raise bad_request("FILE_EMTPY")
    file_id = _derived(ctx, file)
    known = ctx.db.first(_FILE, {"id": file_id})
    if known is not None:
        return known._asdict()
    row = ctx.prepared.get(file_id) or _row(ctx, file_id, file)
    insert_ignore(ctx.db, encrypted_files, row)
    return row


def access_encrypted_file(
    ctx: Context, named: api.InputEncryptedFile | api.InputEncryptedFileLocation, *, error: str
) -> sa.Row[Any]:
    """Gate: the row of the file a client names; 400 ``error`` for a wrong id or access_hash."""
    row = None
    if ctx.keys.is_access_hash(_KIND, ctx.user_id, named.id, named.access_hash):
        row = ctx.db.first(_FILE, {"id": named.id})
    if row is None:
        raise bad_request(error)
    return row


def access_sent_sticker(ctx: Context, named: api.InputDocumentFileLocation) -> sa.Row[Any] | None:
    """Gate: the document of a sticker that came in a secret chat; None where it did not.

    Stickers of a set are not encrypted: decryptedMessageMediaExternalDocument names them as the other side does, under
    its access_hash, and without a reference.
    """
    if named.file_reference:
        return None
    peer_ids = ctx.db.scalars(
        sa.select(secret_chats.c.peer_id).where(secret_chats.c.owner_id == ctx.user_id).distinct()
    )
    if not any(ctx.keys.is_access_hash("document", peer_id, named.id, named.access_hash) for peer_id in peer_ids):
        return None
    is_sticker = sa.exists().where(stickers.c.document_id == documents.c.id)
    return ctx.db.first(sa.select(documents).where(documents.c.id == named.id, is_sticker))


def encrypted_file(ctx: Context, viewer_id: int, row: Mapping[str, Any]) -> api.EncryptedFile:
    """The file under the name that one user has for it."""
    return api.EncryptedFile(
        id=row["id"],
        access_hash=ctx.keys.access_hash(_KIND, viewer_id, row["id"]),
        size=row["size"],
        dc_id=ctx.settings.dc_id,
        key_fingerprint=row["key_fingerprint"],
    )


def _derived(ctx: Context, file: _Uploaded) -> int:
    return derived_id(ctx, _KIND, *upload_names(_input_file(file)), file.key_fingerprint)


def _row(ctx: Context, file_id: int, file: _Uploaded) -> Mapping[str, Any]:
    upload = keep_upload(ctx, _input_file(file))
    return {
        "id": file_id,
        "owner_id": ctx.user_id,
        "date": ctx.now,
        "blob_prefix": upload.prefix,
        "size": upload.size,
        "part_size": upload.part_size,
        "key_fingerprint": file.key_fingerprint,
    }


def _input_file(file: _Uploaded) -> api.TypeInputFile:
    if isinstance(file, api.InputEncryptedFileBigUploaded):
        return api.InputFileBig(id=file.id, parts=file.parts, name="")
    return api.InputFile(id=file.id, parts=file.parts, name="", md5_checksum=file.md5_checksum)
