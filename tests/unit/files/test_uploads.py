"""Taking an uploaded file into use: what is checked, and that a repeated call finds the file again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain.media import store_media
from layers.domain.uploads import UPLOAD_LIFE_S, find_upload, keep_upload, part_key, sweep_uploads, upload_prefix
from layers.errors import RpcError
from layers.schema import documents, photos
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload, within
from tl import api

KIB = 1024


def refused(client: Client, file: Any) -> str:
    with pytest.raises(RpcError) as caught:
        within(client, lambda ctx: find_upload(ctx, file))
    assert caught.value.code == 400
    return caught.value.message


def put(client: Client, file_id: int, part: int, size: int) -> None:
    client.server.services.blobs.put(part_key(client.id, file_id, part), b"x" * size)


def named(file_id: int, parts: int, md5: str = "") -> Any:
    return api.InputFile(id=file_id, parts=parts, name="f", md5_checksum=md5)


def test_a_whole_file(alice: Client) -> None:
    file = upload(alice, b"a" * 2500)
    found = within(alice, lambda ctx: find_upload(ctx, file))
    assert (found.parts, found.part_size, found.size) == (3, 1024, 2500)


def test_a_missing_part_is_named(alice: Client) -> None:
    # checklist 92
    assert refused(alice, named(1, 1)) == "FILE_PART_0_MISSING"
    put(alice, 1, 0, KIB)
    put(alice, 1, 2, KIB)
    assert refused(alice, named(1, 3)) == "FILE_PART_1_MISSING"
    put(alice, 1, 1, KIB)
    assert refused(alice, named(1, 4)) == "FILE_PART_3_MISSING"


@pytest.mark.parametrize("parts", [0, -1, 4001])
def test_a_number_of_parts_out_of_rule(alice: Client, parts: int) -> None:
    assert refused(alice, named(1, parts)) == "FILE_PARTS_INVALID"


def test_more_parts_than_announced(alice: Client) -> None:
    for part in range(3):
        put(alice, 1, part, KIB)
    assert refused(alice, named(1, 2)) == "FILE_PARTS_INVALID"


@pytest.mark.parametrize(
    "sizes", [(KIB, 2 * KIB, KIB), (2 * KIB, KIB, 2 * KIB), (KIB, KIB, 2 * KIB), (KIB, KIB, KIB + 1)]
)
def test_sizes_that_disagree(alice: Client, sizes: tuple[int, ...]) -> None:
    for part, size in enumerate(sizes):
        put(alice, 1, part, size)
    assert refused(alice, named(1, len(sizes))) == "FILE_PART_SIZE_CHANGED"


def test_a_part_size_out_of_rule(alice: Client) -> None:
    put(alice, 1, 0, 1000)
    put(alice, 1, 1, 1000)
    assert refused(alice, named(1, 2)) == "FILE_PART_SIZE_INVALID"


def test_the_checksum_of_a_small_file(alice: Client) -> None:
    file = upload(alice, b"hello" * 1000)
    assert within(alice, lambda ctx: find_upload(ctx, file)).sha256 is not None
    file.md5_checksum = file.md5_checksum.upper()
    within(alice, lambda ctx: find_upload(ctx, file))
    file.md5_checksum = "0" * 32
    assert refused(alice, file) == "MD5_CHECKSUM_INVALID"


@pytest.mark.parametrize(
    "file", [api.InputFileStoryDocument(id=api.InputDocumentEmpty()), api.InputFileBig(id=1, parts=1, name="n" * 256)]
)
def test_what_is_no_file(alice: Client, file: Any) -> None:
    assert refused(alice, file) == "INPUT_FILE_INVALID"


def test_a_file_id_is_its_uploader_s_own(alice: Client, bob: Client) -> None:
    # checklist 93
    file = upload(alice, b"mine")
    assert refused(bob, file) == "FILE_PART_0_MISSING"


def test_a_kept_file_may_be_used_again_and_parts_that_come_late_do_not_change_it(alice: Client) -> None:
    file = upload(alice, b"first" * 1000, md5=False)
    kept = within(alice, lambda ctx: keep_upload(ctx, file))
    put(alice, file.id, 0, KIB)
    again = within(alice, lambda ctx: keep_upload(ctx, file))
    assert again == kept
    assert alice.server.services.blobs.get(f"{kept.prefix}/0")[:5] == b"first"


def test_a_move_that_a_crash_stopped_half_way_is_completed(alice: Client) -> None:
    file = upload(alice, b"".join(bytes([n]) * KIB for n in range(5)), md5=False)
    blobs = alice.server.services.blobs
    elsewhere = upload(alice, b"other")
    kept = within(alice, lambda ctx: keep_upload(ctx, file))
    source = upload_prefix(alice.id, file.id)
    for part in (1, 3):
        key = f"{kept.prefix}/{part}"
        blobs.put(f"{source}/{part}", blobs.get(key))
        blobs.delete(key)
    assert within(alice, lambda ctx: keep_upload(ctx, file)) == kept
    assert [blobs.get(f"{kept.prefix}/{n}")[0] for n in range(5)] == [0, 1, 2, 3, 4]
    assert within(alice, lambda ctx: find_upload(ctx, elsewhere)).size == 5


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_a_call_that_died_between_the_move_and_its_commit_may_be_repeated(
    server: Harness, alice: Client, kind: str
) -> None:
    file = upload(alice, picture(200, 200))
    media: Any = (
        api.InputMediaUploadedPhoto(file=file)
        if kind == "photo"
        else api.InputMediaUploadedDocument(file=file, mime_type="image/jpeg", attributes=[])
    )

    class Crash(Exception):
        pass

    def dying(ctx: Any) -> None:
        store_media(ctx, media)
        raise Crash

    with pytest.raises(Crash):
        within(alice, dying)
    table = photos if kind == "photo" else documents
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    first: Any = within(alice, lambda ctx: store_media(ctx, media))
    second: Any = within(alice, lambda ctx: store_media(ctx, media))
    assert first == second
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(table)) == 1


def test_one_upload_may_become_two_documents(server: Harness, alice: Client) -> None:
    file = upload(alice, b"song" * 600)

    def stored(mime_type: str) -> Any:
        media = api.InputMediaUploadedDocument(file=file, mime_type=mime_type, attributes=[])
        return within(alice, lambda ctx: store_media(ctx, media)).document  # type: ignore[union-attr]

    assert stored("audio/mpeg").id != stored("audio/ogg").id
    with server.services.database.transaction(writes=False) as db:
        assert len(set(db.scalars(sa.select(documents.c.blob_prefix)))) == 1


def test_parts_that_nobody_used_expire(server: Harness, alice: Client, tmp_path: Path) -> None:
    # checklist 93
    import os

    used, unused = upload(alice, b"used"), upload(alice, b"unused")
    kept = within(alice, lambda ctx: keep_upload(ctx, used))
    long_ago = UPLOAD_LIFE_S + 60
    for path in (tmp_path / "blobs").rglob("*"):
        status = path.stat()
        os.utime(path, (status.st_atime - long_ago, status.st_mtime - long_ago))
    fresh = upload(alice, b"fresh")
    assert sweep_uploads(server.services) == 1
    assert refused(alice, unused) == "FILE_PART_0_MISSING"
    assert within(alice, lambda ctx: find_upload(ctx, fresh)).size == 5
    assert server.services.blobs.get(f"{kept.prefix}/0") == b"used"
