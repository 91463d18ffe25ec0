"""The node's streams: parts in, ranges out, against a plain model of the file."""

from __future__ import annotations

import asyncio
import hashlib
import random
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tl
from connection_tier.files import FileStreams
from layers.blobs import AsyncBlobs, BlobsUnavailable
from layers.context import Caller, Services
from layers.domain.files import StoredFile
from layers.domain.media import store_media
from layers.domain.uploads import part_key
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload, within
from tl import api

MIB = 1024 * 1024
BOOL_TRUE = bytes.fromhex("b5757299")


@pytest.fixture
async def streams(server: Harness) -> AsyncIterator[FileStreams]:
    made = FileStreams(server.services)
    yield made
    await made.close()


async def ask(streams: FileStreams, client: Client, method: Any) -> Any:
    answer = await streams.handle(client.caller, tl.encode(method))
    return answer == BOOL_TRUE or tl.decode(answer)


def document(client: Client, data: bytes, *, mime_type: str = "video/mp4", **how: Any) -> Any:
    """A stored document as its sender sees it."""
    media = api.InputMediaUploadedDocument(file=upload(client, data, **how), mime_type=mime_type, attributes=[])
    return within(client, lambda ctx: for_viewer(ctx, client.id, store_media(ctx, media))).document


def location_of(found: Any, thumb_size: str = "") -> Any:
    kind = api.InputPhotoFileLocation if isinstance(found, api.Photo) else api.InputDocumentFileLocation
    return kind(id=found.id, access_hash=found.access_hash, file_reference=found.file_reference, thumb_size=thumb_size)


async def test_parts_in_any_order_and_in_parallel(streams: FileStreams, alice: Client) -> None:
    data = random.Random(1).randbytes(40 * 4096 + 5)
    parts = [data[start : start + 4096] for start in range(0, len(data), 4096)]
    order = [*range(len(parts)), *range(len(parts))]  # checklist 91: idempotent
    random.Random(2).shuffle(order)
    saved = await asyncio.gather(
        *(
            ask(
                streams,
                alice,
                api.upload.SaveBigFilePart(file_id=-5, file_part=n, file_total_parts=len(parts), bytes=parts[n]),
            )
            for n in order
        )
    )
    assert saved == [True] * len(order)
    media = api.InputMediaUploadedDocument(
        file=api.InputFileBig(id=-5, parts=len(parts), name="x"), mime_type="a/b", attributes=[]
    )
    found: Any = within(alice, lambda ctx: for_viewer(ctx, alice.id, store_media(ctx, media)))
    read = b""
    while len(read) % MIB == 0:
        answer = await ask(
            streams, alice, api.upload.GetFile(location=location_of(found.document), offset=len(read), limit=MIB)
        )
        read += answer.bytes
        if not answer.bytes:
            break
    assert hashlib.sha256(read).digest() == hashlib.sha256(data).digest()


async def test_the_answer_is_bool_true_byte_for_byte(streams: FileStreams, alice: Client) -> None:
    method = api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"hello")
    assert await streams.handle(alice.caller, tl.encode(method)) == BOOL_TRUE
    assert alice.server.services.blobs.get(part_key(alice.id, 1, 0)) == b"hello"
    assert streams.received_bytes == 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_ranges_across_parts_equal_the_file(server: Harness, data: st.DataObject) -> None:
    # checklist 94
    content = random.Random(3).randbytes(data.draw(st.integers(1, 300_000)))
    part_size = data.draw(st.sampled_from([1024, 4096, 16384, 65536, 524288]))
    precise = data.draw(st.booleans())
    step = 1024 if precise else 4096
    offset = step * data.draw(st.integers(0, len(content) // step + 2))
    limits = [n for n in range(step, MIB + 1, step) if precise or MIB % n == 0]
    room = MIB - offset % MIB
    limit = data.draw(st.sampled_from([n for n in limits if n <= room]))
    client = server.user("Carol")
    found = document(client, content, part_size=part_size)

    async def read() -> Any:
        streams = FileStreams(server.services)
        request = api.upload.GetFile(location=location_of(found), offset=offset, limit=limit, precise=precise)
        try:
            return await ask(streams, client, request)
        finally:
            await streams.close()

    answer = asyncio.run(read())
    assert answer.bytes == content[offset : offset + limit]


@pytest.mark.parametrize(
    ("offset", "limit", "precise", "error"),
    [
        (-4096, 4096, False, "OFFSET_INVALID"),
        (1, 4096, False, "OFFSET_INVALID"),
        (1024, 4096, False, "OFFSET_INVALID"),
        (1, 1024, True, "OFFSET_INVALID"),
        (0, 0, False, "LIMIT_INVALID"),
        (0, -4096, False, "LIMIT_INVALID"),
        (0, 1000, True, "LIMIT_INVALID"),
        (0, 1024, False, "LIMIT_INVALID"),
        (0, 3 * 4096, False, "LIMIT_INVALID"),
        (0, 2 * MIB, False, "LIMIT_INVALID"),
        (0, MIB + 1024, True, "LIMIT_INVALID"),
        (MIB // 2, MIB, False, "LIMIT_INVALID"),
        (MIB - 1024, 2048, True, "LIMIT_INVALID"),
    ],
)
async def test_a_range_out_of_rule(
    streams: FileStreams, alice: Client, offset: int, limit: int, precise: bool, error: str
) -> None:
    found = document(alice, b"x" * 5000)
    request = api.upload.GetFile(location=location_of(found), offset=offset, limit=limit, precise=precise)
    with pytest.raises(RpcError, match=error):
        await ask(streams, alice, request)


@pytest.mark.parametrize("size", [1, 252, 253, 254, 255, 256, 4097])
async def test_the_answer_is_well_formed_whatever_its_length(streams: FileStreams, alice: Client, size: int) -> None:
    found = document(alice, b"y" * size, part_size=8192)
    answer = await ask(streams, alice, api.upload.GetFile(location=location_of(found), offset=0, limit=MIB))
    assert answer == api.upload.File(type=api.storage.FileMp4(), mtime=found.date, bytes=b"y" * size)


async def test_behind_the_end_there_are_no_bytes(streams: FileStreams, alice: Client) -> None:
    found = document(alice, b"y" * 100)
    answer = await ask(streams, alice, api.upload.GetFile(location=location_of(found), offset=8192, limit=4096))
    assert answer.bytes == b""


async def test_old_layers_ask_with_an_int_offset(streams: FileStreams, alice: Client) -> None:
    found = document(alice, b"y" * 5000)
    request = struct.pack("<II", 0xB15A9AFC, 0) + tl.encode(location_of(found)) + struct.pack("<ii", 4096, 4096)
    answer = tl.decode(await streams.handle(alice.caller, request))
    assert answer.bytes == b"y" * 904


@pytest.mark.parametrize(
    ("mime_type", "kind"),
    [
        ("image/png", api.storage.FilePng),
        ("application/pdf", api.storage.FilePdf),
        ("audio/mpeg", api.storage.FileMp3),
        ("video/quicktime", api.storage.FileMov),
        ("application/zip", api.storage.FileUnknown),
    ],
)
async def test_the_type_follows_the_mime_type(streams: FileStreams, alice: Client, mime_type: str, kind: type) -> None:
    found = document(alice, b"data", mime_type=mime_type)
    answer = await ask(streams, alice, api.upload.GetFile(location=location_of(found), offset=0, limit=4096))
    assert isinstance(answer.type, kind)


async def test_each_size_of_a_photo_is_a_jpeg_of_the_announced_length(streams: FileStreams, alice: Client) -> None:
    media = api.InputMediaUploadedPhoto(file=upload(alice, picture(900, 600)))
    found: Any = within(alice, lambda ctx: for_viewer(ctx, alice.id, store_media(ctx, media)))
    sizes = [size for size in found.photo.sizes if isinstance(size, api.PhotoSize)]
    assert [size.type for size in sizes] == ["s", "m", "x", "y"]  # checklist 96
    for size in sizes:
        request = api.upload.GetFile(location=location_of(found.photo, size.type), offset=0, limit=MIB)
        answer = await ask(streams, alice, request)
        assert len(answer.bytes) == size.size
        assert isinstance(answer.type, api.storage.FileJpeg)
        assert answer.bytes[:2] == b"\xff\xd8"


async def test_thumb_of_a_document(streams: FileStreams, alice: Client) -> None:
    found = document(alice, picture(700, 500, "PNG"), mime_type="image/png")
    answer = await ask(streams, alice, api.upload.GetFile(location=location_of(found, "m"), offset=0, limit=MIB))
    assert isinstance(answer.type, api.storage.FileJpeg)
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        await ask(streams, alice, api.upload.GetFile(location=location_of(found, "q"), offset=0, limit=MIB))


async def test_a_download_asks_the_database_once(server: Harness, alice: Client) -> None:
    from layers.domain.files import locate

    asked = []

    def counting(services: Services, caller: Caller, location: Any) -> StoredFile:
        asked.append(location)
        return locate(services, caller, location)

    streams = FileStreams(server.services, find=counting)
    found = document(alice, b"z" * 50_000, part_size=4096)
    for offset in range(0, 50_000, 4096):
        await ask(streams, alice, api.upload.GetFile(location=location_of(found), offset=offset, limit=4096))
    assert len(asked) == 1
    server.clock.advance(61)
    await ask(streams, alice, api.upload.GetFile(location=location_of(found), offset=0, limit=4096))
    assert len(asked) == 2
    await streams.close()


async def test_what_is_remembered_of_one_user_is_not_given_to_another(
    streams: FileStreams, alice: Client, bob: Client
) -> None:
    request = api.upload.GetFile(location=location_of(document(alice, b"secret")), offset=0, limit=4096)
    assert (await ask(streams, alice, request)).bytes == b"secret"
    with pytest.raises(RpcError, match="FILE_ID_INVALID"):
        await ask(streams, bob, request)


async def test_nobody_signed_in(streams: FileStreams, server: Harness) -> None:
    stranger = server.device(None)
    with pytest.raises(RpcError, match="AUTH_KEY_UNREGISTERED"):
        await ask(streams, stranger, api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"x"))


async def test_a_location_that_cannot_be_read(streams: FileStreams, alice: Client) -> None:
    request = struct.pack("<III", 0xBE5335BE, 0, 0xDEADBEEF) + struct.pack("<qi", 0, 4096)
    with pytest.raises(RpcError, match="INPUT_CONSTRUCTOR_INVALID_DEADBEEF"):
        await streams.handle(alice.caller, request)
    with pytest.raises(RpcError, match="INPUT_FETCH_ERROR"):
        await streams.handle(alice.caller, request[:4])


class BrokenBlobs:
    """Storage that is away."""

    async def put(self, key: str, data: bytes) -> None:
        raise BlobsUnavailable("away")

    async def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        raise BlobsUnavailable("away")

    async def close(self) -> None: ...


async def test_storage_that_fails_is_an_error_the_client_retries(server: Harness, alice: Client) -> None:
    broken: AsyncBlobs = BrokenBlobs()  # type: ignore[assignment]
    streams = FileStreams(server.services, blobs=broken)
    with pytest.raises(RpcError, match="FILE_WRITE_FAILED") as caught:
        await ask(streams, alice, api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"x"))
    assert caught.value.code == 500
    request = api.upload.GetFile(location=location_of(document(alice, b"data")), offset=0, limit=4096)
    with pytest.raises(RpcError, match="TIMEOUT") as caught:
        await ask(streams, alice, request)
    assert caught.value.code == 500
    await streams.close()


class SlowBlobs(BrokenBlobs):
    """Storage that answers when it is told to."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.now = self.most = 0

    async def put(self, key: str, data: bytes) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await self.go.wait()
        self.now -= 1


async def test_parts_in_flight_are_bounded(server: Harness, alice: Client) -> None:
    slow = SlowBlobs()
    streams = FileStreams(server.services, blobs=slow)  # type: ignore[arg-type]
    part = bytes(512 * 1024)
    requests = [tl.encode(api.upload.SaveFilePart(file_id=n, file_part=0, bytes=part)) for n in range(2)]
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        saved = [group.create_task(streams.handle(alice.caller, requests[n % 2])) for n in range(150)]
        for _ in range(50):  # turns of the loop, as many as anyone needs to get as far as he can
            await asyncio.sleep(0)
        assert slow.now == 128
        slow.go.set()
    assert slow.most == 128
    assert all(task.result() == BOOL_TRUE for task in saved)
    await streams.close()


async def test_storage_that_hangs_has_a_deadline(server: Harness, alice: Client) -> None:
    streams = FileStreams(server.services, blobs=SlowBlobs(), deadline_s=0.01)  # type: ignore[arg-type]
    with pytest.raises(RpcError, match="FILE_WRITE_FAILED"):
        await ask(streams, alice, api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"x"))
    await streams.close()


async def test_bytes_that_are_lost_are_a_defect_not_an_empty_file(
    streams: FileStreams, server: Harness, alice: Client
) -> None:
    request = api.upload.GetFile(location=location_of(document(alice, b"data")), offset=0, limit=4096)
    server.services.blobs.delete_prefix("files")
    with pytest.raises(RpcError, match="INTERNAL"):
        await ask(streams, alice, request)
