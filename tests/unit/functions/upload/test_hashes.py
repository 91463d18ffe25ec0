"""upload.getFileHashes, and methods for files this server does not have. Checklist 99, 126."""

from __future__ import annotations

import hashlib
import random
from typing import Any

import pytest

from layers.domain.media import store_media
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.files.uploading import upload, within
from tl import api

KIB = 1024


def location(client: Client, data: bytes) -> Any:
    media = api.InputMediaUploadedDocument(
        file=upload(client, data, part_size=64 * KIB), mime_type="a/b", attributes=[]
    )
    found: Any = within(client, lambda ctx: for_viewer(ctx, client.id, store_media(ctx, media))).document  # type: ignore[union-attr]
    return api.InputDocumentFileLocation(
        id=found.id, access_hash=found.access_hash, file_reference=found.file_reference, thumb_size=""
    )


def test_hashes_cover_the_file(alice: Client) -> None:
    data = random.Random(5).randbytes(1300 * KIB + 7)
    where = location(alice, data)
    covered = 0
    while hashes := alice.call(api.upload.GetFileHashes(location=where, offset=covered)):
        for item in hashes:
            assert item.offset == covered
            assert item.hash == hashlib.sha256(data[item.offset : item.offset + item.limit]).digest()
            covered += item.limit
    assert covered == len(data)


def test_an_offset_within_a_chunk_starts_with_that_chunk(alice: Client) -> None:
    hashes = alice.call(api.upload.GetFileHashes(location=location(alice, bytes(300 * KIB)), offset=200 * KIB))
    assert [item.offset for item in hashes] == [128 * KIB, 256 * KIB]


def test_refusals(alice: Client, bob: Client) -> None:
    where = location(alice, b"x")
    for client, request, error in (
        (alice, api.upload.GetFileHashes(location=where, offset=-1), "OFFSET_INVALID"),
        (bob, api.upload.GetFileHashes(location=where, offset=0), "FILE_ID_INVALID"),
        (alice, api.upload.GetFileHashes(location=api.InputTakeoutFileLocation(), offset=0), "LOCATION_INVALID"),
        (
            alice,
            api.upload.GetWebFile(
                location=api.InputWebFileLocation(url="http://localhost/", access_hash=1), offset=0, limit=4096
            ),
            "LOCATION_INVALID",
        ),
        (alice, api.upload.GetCdnFile(file_token=b"t", offset=0, limit=4096), "FILE_TOKEN_INVALID"),
        (alice, api.upload.GetCdnFileHashes(file_token=b"t", offset=0), "FILE_TOKEN_INVALID"),
        (alice, api.upload.ReuploadCdnFile(file_token=b"t", request_token=b"r"), "FILE_TOKEN_INVALID"),
    ):
        with pytest.raises(RpcError, match=error):
            client.call(request)
