"""The node's side of files: parts to blob storage, ranges from it.

https://core.telegram.org/api/files. Nothing here blocks the loop: storage is asynchronous, and the one question to the
database, who may read which file, runs in a thread and is remembered for a minute, so that the chunks of a large
download ask once.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from struct import Struct
from typing import Final, TypeVar

import tl
from connection_tier.files.budget import ByteBudget
from connection_tier.files.part_rules import PartRules
from connection_tier.files.quota import UploadQuota
from connection_tier.files.requests import (
    METHOD_IDS,
    SAVE_BIG_FILE_PART,
    SAVE_FILE_PART,
    GetFile,
    read_get_file,
    read_save_part,
)
from layers import measures
from layers.blobs import AsyncBlobs, BlobNotFound, BlobsUnavailable
from layers.context import Caller, Services
from layers.domain.files import StoredFile, check_range, locate
from layers.domain.uploads import part_key
from layers.errors import RpcError
from layers.telemetry import get_logger
from tl import api

_R = TypeVar("_R")

Locate = Callable[[Services, Caller, api.TypeInputFileLocation], StoredFile]

_BOOL_TRUE: Final = 0x997275B5.to_bytes(4, "little")
_FILE_HEAD: Final = Struct("<IIi")
_LONG_LENGTH: Final = Struct("<I")

_BYTES_IN_FLIGHT: Final = 64 * 1024 * 1024
_STORAGE_DEADLINE_S: Final = 30
_READS_AT_ONCE: Final = 8
_LOCATING_THREADS: Final = 4
_LOCATED_LIFE_S: Final = 60
_LOCATED_FILES: Final = 10_000

_FILE_TYPES: Final = {
    "image/jpeg": api.storage.FileJpeg.CONSTRUCTOR_ID,
    "image/gif": api.storage.FileGif.CONSTRUCTOR_ID,
    "image/png": api.storage.FilePng.CONSTRUCTOR_ID,
    "image/webp": api.storage.FileWebp.CONSTRUCTOR_ID,
    "application/pdf": api.storage.FilePdf.CONSTRUCTOR_ID,
    "audio/mpeg": api.storage.FileMp3.CONSTRUCTOR_ID,
    "audio/mp3": api.storage.FileMp3.CONSTRUCTOR_ID,
    "video/quicktime": api.storage.FileMov.CONSTRUCTOR_ID,
    "video/mp4": api.storage.FileMp4.CONSTRUCTOR_ID,
}
_OTHER_TYPE: Final = api.storage.FileUnknown.CONSTRUCTOR_ID

logger = get_logger("files")


class FileStreams:
    """Answers the streamed methods of one node. ``received_bytes`` and ``sent_bytes`` count file bytes since start.

    ``deadline_s`` is how long storage may take for one request.
    """

    def __init__(
        self,
        services: Services,
        *,
        blobs: AsyncBlobs | None = None,
        find: Locate = locate,
        deadline_s: float = _STORAGE_DEADLINE_S,
    ) -> None:
        self._services = services
        self._blobs = blobs or services.blobs.aio()
        self._find = find
        self._deadline_s = deadline_s
        self._rules = PartRules()
        self._cache = services.cache.aio()
        self._quota = UploadQuota(services.settings.upload_quota_bytes, self._cache, self._blobs)
        self._budget = ByteBudget(_BYTES_IN_FLIGHT)
        self._threads = ThreadPoolExecutor(_LOCATING_THREADS, thread_name_prefix="locate")
        self._located: OrderedDict[tuple[int | None, bytes], tuple[float, StoredFile]] = OrderedDict()
        self.received_bytes = 0
        self.sent_bytes = 0

    async def close(self) -> None:
        """Release threads and the storage client."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await self._blobs.close()
        await self._cache.close()

    @staticmethod
    def handles(method_id: int) -> bool:
        """Whether requests that start with this id are answered here."""
        return method_id in METHOD_IDS

    async def handle(self, caller: Caller, request: bytes | bytearray | memoryview) -> bytes:
        """Answer one request, wrappers removed, with the TL bytes of its result.

        ``request`` must stay unchanged until this returns: parts are stored from it.

        Raises:
            RpcError: 401 AUTH_KEY_UNREGISTERED, or as `save_part` and `get_file`.
        """
        if caller.user_id is None:
            raise RpcError(401, "AUTH_KEY_UNREGISTERED")
        view = memoryview(request)
        if tl.peek_id(view) in (SAVE_FILE_PART, SAVE_BIG_FILE_PART):
            return await self.save_part(caller.user_id, view)
        return await self.get_file(caller, view)

    async def save_part(self, user_id: int, request: memoryview) -> bytes:
        """Store one part of an upload; storing it again replaces it. The result is boolTrue.

        Raises:
            RpcError: as `PartRules.check` and `UploadQuota.spend`; 400 INPUT_FETCH_ERROR; 500 FILE_WRITE_FAILED when
                storage fails.
        """
        part = read_save_part(request)
        self._rules.check(user_id, part.file_id, part.file_part, len(part.data), part.total_parts)
        await self._quota.spend(user_id, len(part.data))
        key = part_key(user_id, part.file_id, part.file_part)
        async with self._budget.hold(len(part.data)):
            await self._storage(self._blobs.put(key, bytes(part.data)), failure="FILE_WRITE_FAILED")
        self.received_bytes += len(part.data)
        measures.FILE_BYTES.inc("uploaded", by=len(part.data))
        return _BOOL_TRUE

    async def get_file(self, caller: Caller, request: memoryview) -> bytes:
        """A range of a file as upload.file; behind the end of the file its bytes are fewer, down to none.

        Raises:
            RpcError: 400 OFFSET_INVALID, LIMIT_INVALID, INPUT_FETCH_ERROR; as `layers.domain.files.locate`; 500 TIMEOUT
                when storage fails.
        """
        wanted = read_get_file(request)
        check_range(wanted.offset, wanted.limit, precise=wanted.precise)
        file = await self._locate(caller, wanted, request)
        pieces = file.pieces(wanted.offset, wanted.limit)
        size = sum(length for _, _, length in pieces)
        # The bytes read and the answer that is joined of them.
        async with self._budget.hold(2 * size):
            chunks: list[bytes] = []
            for start in range(0, len(pieces), _READS_AT_ONCE):
                chunks += await self._read(pieces[start : start + _READS_AT_ONCE])
            self.sent_bytes += size
            measures.FILE_BYTES.inc("downloaded", by=size)
            return _upload_file(file, size, chunks)

    async def _read(self, pieces: list[tuple[str, int, int]]) -> list[bytes]:
        reads = asyncio.gather(*(self._blobs.get(*piece) for piece in pieces))
        chunks = await self._storage(reads, failure="TIMEOUT")
        for chunk, (key, _, length) in zip(chunks, pieces, strict=True):
            if len(chunk) != length:
                logger.error("a stored file is shorter than its row says", key=key)
                raise RpcError(500, "INTERNAL")
        return chunks

    async def _locate(self, caller: Caller, wanted: GetFile, request: memoryview) -> StoredFile:
        """The file, remembered for each user by the location's bytes."""
        key = caller.user_id, wanted.location
        now = self._services.clock()
        known = self._located.get(key)
        if known is not None and known[0] > now:
            return known[1]
        location = _decode_location(request)
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(self._threads, self._find, self._services, caller, location)
        self._located[key] = now + _LOCATED_LIFE_S, file
        self._located.move_to_end(key)
        while len(self._located) > _LOCATED_FILES:
            self._located.popitem(last=False)
        return file

    async def _storage(self, operation: Awaitable[_R], *, failure: str) -> _R:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await operation
        except BlobNotFound as error:
            logger.error("a stored file has no bytes", key=str(error))
            raise RpcError(500, "INTERNAL") from error
        except (BlobsUnavailable, TimeoutError) as error:
            logger.warning("blob storage failed", error=str(error))
            raise RpcError(500, failure) from error


def _decode_location(request: memoryview) -> api.TypeInputFileLocation:
    try:
        decoded = tl.decode_request(request)
    except tl.UnknownConstructor as error:
        raise RpcError(400, f"INPUT_CONSTRUCTOR_INVALID_{error.constructor_id:08X}") from error
    except tl.DecodeError as error:
        raise RpcError(400, "INPUT_FETCH_ERROR") from error
    if not isinstance(decoded, api.upload.GetFile):
        raise RpcError(400, "INPUT_FETCH_ERROR")
    return decoded.location


def _upload_file(file: StoredFile, size: int, chunks: list[bytes]) -> bytes:
    """The TL bytes of upload.file, its bytes copied once."""
    kind = _FILE_TYPES.get(file.mime_type, _OTHER_TYPE)
    head = _FILE_HEAD.pack(api.upload.File.CONSTRUCTOR_ID, kind, file.date)
    if size < 254:
        length, padding = bytes((size,)), bytes(-(size + 1) & 3)
    else:
        length, padding = _LONG_LENGTH.pack(size << 8 | 254), bytes(-size & 3)
    return b"".join((head, length, *chunks, padding))
