"""The three streamed methods, read from the wire without building objects: a part is a view into its packet.

https://core.telegram.org/api/files
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct
from typing import Final

from layers.errors import bad_request

SAVE_FILE_PART: Final = 0xB304A621
SAVE_BIG_FILE_PART: Final = 0xDE7B673D
GET_FILE: Final = 0xBE5335BE
GET_FILE_INT_OFFSET: Final = 0xB15A9AFC
"""upload.getFile of layers up to 142, whose offset is an int."""

METHOD_IDS: Final = frozenset({SAVE_FILE_PART, SAVE_BIG_FILE_PART, GET_FILE, GET_FILE_INT_OFFSET})

_SAVE_FILE_PART: Final = Struct("<Iqi")
_SAVE_BIG_FILE_PART: Final = Struct("<Iqii")
_GET_FILE: Final = Struct("<II")
_RANGE: Final = {GET_FILE: Struct("<qi"), GET_FILE_INT_OFFSET: Struct("<ii")}
_PRECISE: Final = 1
_LONG: Final = 254
_UNKNOWN_TOTAL: Final = -1


@dataclass(frozen=True, slots=True)
class SavePart:
    """``total_parts`` is None where the client does not (yet) say."""

    file_id: int
    file_part: int
    total_parts: int | None
    data: memoryview


@dataclass(frozen=True, slots=True)
class GetFile:
    """``location`` is the TL bytes of the InputFileLocation, unread."""

    location: bytes
    offset: int
    limit: int
    precise: bool


def read_save_part(request: memoryview) -> SavePart:
    """Read upload.saveFilePart or saveBigFilePart; 400 INPUT_FETCH_ERROR when it is malformed."""
    is_big = len(request) >= 4 and int.from_bytes(request[:4], "little") == SAVE_BIG_FILE_PART
    head = _SAVE_BIG_FILE_PART if is_big else _SAVE_FILE_PART
    if len(request) < head.size + 4:
        raise bad_request("INPUT_FETCH_ERROR")
    _, file_id, file_part, *rest = head.unpack_from(request)
    total = rest[0] if rest and rest[0] != _UNKNOWN_TOTAL else None
    return SavePart(file_id, file_part, total, _read_bytes(request, head.size))


def read_get_file(request: memoryview) -> GetFile:
    """Read upload.getFile of any layer; 400 INPUT_FETCH_ERROR when it is malformed."""
    if len(request) < _GET_FILE.size:
        raise bad_request("INPUT_FETCH_ERROR")
    method_id, flags = _GET_FILE.unpack_from(request)
    tail = _RANGE[method_id]
    end = len(request) - tail.size
    if end < _GET_FILE.size + 4:
        raise bad_request("INPUT_FETCH_ERROR")
    offset, limit = tail.unpack_from(request, end)
    return GetFile(bytes(request[_GET_FILE.size : end]), offset, limit, bool(flags & _PRECISE))


def _read_bytes(request: memoryview, position: int) -> memoryview:
    """The TL string that fills the rest of the request."""
    length = request[position]
    start = position + 1
    if length == _LONG:
        length = int.from_bytes(request[start : start + 3], "little")
        start += 3
    end = start + length
    if end + (-end & 3) != len(request):
        raise bad_request("INPUT_FETCH_ERROR")
    return request[start:end]
