"""The streamed requests as read from the wire agree with the codec, whatever the bytes."""

from __future__ import annotations

from struct import pack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tl
from connection_tier.files.requests import (
    GET_FILE_INT_OFFSET,
    METHOD_IDS,
    read_get_file,
    read_save_part,
)
from layers.errors import RpcError
from tl import api

longs = st.integers(-(2**63), 2**63 - 1)
ints = st.integers(-(2**31), 2**31 - 1)


@given(longs, ints, st.binary(max_size=600))
def test_save_file_part(file_id: int, part: int, data: bytes) -> None:
    request = tl.encode(api.upload.SaveFilePart(file_id=file_id, file_part=part, bytes=data))
    read = read_save_part(memoryview(request))
    assert (read.file_id, read.file_part, read.total_parts, bytes(read.data)) == (file_id, part, None, data)


@given(longs, ints, ints, st.binary(max_size=600))
def test_save_big_file_part(file_id: int, part: int, total: int, data: bytes) -> None:
    method = api.upload.SaveBigFilePart(file_id=file_id, file_part=part, file_total_parts=total, bytes=data)
    read = read_save_part(memoryview(tl.encode(method)))
    # checklist 91: -1 while the client streams and does not know the total
    assert read.total_parts == (None if total == -1 else total)
    assert (read.file_id, read.file_part, bytes(read.data)) == (file_id, part, data)


@pytest.mark.parametrize("size", [0, 1, 253, 254, 255, 1024, 512 * 1024])
def test_a_part_is_a_view_of_its_packet(size: int) -> None:
    request = memoryview(tl.encode(api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"x" * size)))
    assert read_save_part(request).data.obj is request.obj


LOCATIONS: list[Any] = [
    api.InputDocumentFileLocation(id=1, access_hash=2, file_reference=b"r" * 16, thumb_size=""),
    api.InputPhotoFileLocation(id=1, access_hash=2, file_reference=b"", thumb_size="x"),
    api.InputPeerPhotoFileLocation(peer=api.InputPeerSelf(), photo_id=3, big=True),
]


@pytest.mark.parametrize("location", LOCATIONS)
@given(longs, ints, st.booleans())
def test_get_file(location: Any, offset: int, limit: int, precise: bool) -> None:
    request = tl.encode(api.upload.GetFile(location=location, offset=offset, limit=limit, precise=precise))
    read = read_get_file(memoryview(request))
    assert (read.offset, read.limit, read.precise) == (offset, limit, precise)
    assert read.location == tl.encode(location)


@given(ints, ints)
def test_get_file_of_old_layers_has_an_int_offset(offset: int, limit: int) -> None:
    location = tl.encode(LOCATIONS[0])
    request = pack("<II", GET_FILE_INT_OFFSET, 2) + location + pack("<ii", offset, limit)
    read = read_get_file(memoryview(request))
    assert (read.location, read.offset, read.limit, read.precise) == (location, offset, limit, False)


@given(st.sampled_from(sorted(METHOD_IDS)), st.binary(max_size=80))
def test_garbage_is_refused_by_name(method_id: int, rest: bytes) -> None:
    request = memoryview(pack("<I", method_id) + rest)
    for read in (read_get_file,) if method_id in (0xBE5335BE, GET_FILE_INT_OFFSET) else (read_save_part,):
        try:
            read(request)
        except RpcError as error:
            assert error.message == "INPUT_FETCH_ERROR"


def test_trailing_bytes_are_refused() -> None:
    request = tl.encode(api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"abc")) + b"\0\0\0\0"
    with pytest.raises(RpcError, match="INPUT_FETCH_ERROR"):
        read_save_part(memoryview(request))
