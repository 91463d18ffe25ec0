"""The blobs port: bytes of files, each part an object of its own.

An uploaded file is the ordered list of its part objects (`files/<id>/<part>`): nothing ever assembles it, so memory
stays flat whatever its size.

A key is a relative path of segments joined by "/": letters, digits and `._-` in each, not starting with a dot. A prefix
names everything below a path; a trailing "/" changes nothing, and "" names everything.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from layers.errors import Unavailable

_KEY: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_MAX_KEY_LENGTH: Final = 512


class BlobNotFound(Exception):
    """No object has this key."""


class BlobsUnavailable(Unavailable):
    """The blob storage did not do its work; the caller may try again later."""


class Blobs(Protocol):
    """Synchronous operations, safe to call from any thread.

    Raises:
        ValueError: any operation, for a key or prefix that is not a safe relative path.
        BlobsUnavailable: any operation, when the storage cannot be reached or refuses.
    """

    def put(self, key: str, data: bytes) -> None:
        """Store or replace an object; readers see the old or the new one, never a part of it."""

    def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        """Bytes from `offset`, at most `length`: fewer, down to none, at the end of the object.

        Raises:
            BlobNotFound: no such object.
        """

    def stat(self, key: str) -> int:
        """The size in bytes.

        Raises:
            BlobNotFound: no such object.
        """

    def list(self, prefix: str) -> list[tuple[str, int]]:
        """Every `(key, size)` below the prefix, by key."""

    def delete(self, key: str) -> None:
        """Delete the object if there is one."""

    def move_prefix(self, src: str, dst: str) -> None:
        """Rename everything below `src` to below `dst`; repeating it, also after a crash half way, completes it.

        Raises:
            BlobNotFound: nothing is below either.
        """

    def delete_prefix(self, prefix: str) -> int:
        """Delete everything below the prefix, which may not be ""; returns how many objects went."""

    def sweep(self, prefix: str, older_than_s: float) -> int:
        """Delete the objects below the prefix that were stored longer ago; returns how many went."""

    def aio(self) -> AsyncBlobs:
        """The same storage for an event loop; the caller closes it."""

    def check(self) -> None:
        """Use the storage once; raises ConfigurationError with what to fix."""

    def close(self) -> None: ...


class AsyncBlobs(Protocol):
    """What the connection tier awaits while it streams parts; same rules as `Blobs`."""

    async def put(self, key: str, data: bytes) -> None: ...

    async def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes: ...

    async def stat(self, key: str) -> int: ...

    async def list(self, prefix: str) -> list[tuple[str, int]]: ...

    async def delete(self, key: str) -> None: ...

    async def move_prefix(self, src: str, dst: str) -> None: ...

    async def delete_prefix(self, prefix: str) -> int: ...

    async def close(self) -> None: ...


def checked_key(key: str) -> str:
    """The key itself, or ValueError when it is not a safe relative path."""
    if len(key) > _MAX_KEY_LENGTH or not _KEY.fullmatch(key):
        raise ValueError(f"not a blob key: {key[:80]!r}")
    return key


def checked_prefix(prefix: str) -> str:
    """The prefix with one trailing "/", or "" for everything; ValueError when it is not a safe relative path."""
    path = prefix.removesuffix("/")
    return f"{checked_key(path)}/" if path else ""


def checked_range(offset: int, length: int | None) -> None:
    """Raises ValueError unless both are non-negative."""
    if offset < 0 or (length is not None and length < 0):
        raise ValueError(f"not a byte range: offset {offset}, length {length}")
