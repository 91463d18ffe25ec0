"""Blobs as files of a local folder.

An object is written to `.tmp` and renamed into place, so a crash leaves no half of it. With `fsync` it also survives a
loss of power, at the price of a disk flush for each part.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from layers.blobs.port import (
    AsyncBlobs,
    BlobNotFound,
    Blobs,
    BlobsUnavailable,
    checked_key,
    checked_prefix,
    checked_range,
)
from layers.errors import ConfigurationError

_TEMPORARY: Final = ".tmp"
_ATTEMPTS: Final = 100
_THREADS: Final = 8

_P = ParamSpec("_P")
_R = TypeVar("_R")


@contextlib.contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BlobsUnavailable(f"cannot {doing}: {error.strerror}") from error


class FolderBlobs:
    """`key` is the path below `root`."""

    def __init__(self, root: Path, *, fsync: bool = False, now: Callable[[], float] = time.time) -> None:
        self._root = root
        self._fsync = fsync
        self._now = now

    def put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        temporary = self._root / _TEMPORARY / secrets.token_hex(8)
        with _translated(f"store {key}"):
            try:
                self._write(temporary, data)
                self._replace(temporary, path)
            except OSError:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
                raise

    def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        checked_range(offset, length)
        path = self._path(key)
        with _translated(f"read {key}"):
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except (FileNotFoundError, NotADirectoryError) as error:
                raise BlobNotFound(key) from error
            try:
                status = os.fstat(descriptor)
                if stat.S_ISDIR(status.st_mode):
                    raise BlobNotFound(key)
                available = max(status.st_size - offset, 0)
                wanted = available if length is None else min(length, available)
                return os.pread(descriptor, wanted, offset) if wanted else b""
            finally:
                os.close(descriptor)

    def stat(self, key: str) -> int:
        path = self._path(key)
        with _translated(f"look at {key}"):
            try:
                status = path.stat()
            except (FileNotFoundError, NotADirectoryError) as error:
                raise BlobNotFound(key) from error
        if stat.S_ISDIR(status.st_mode):
            raise BlobNotFound(key)
        return status.st_size

    def list(self, prefix: str) -> list[tuple[str, int]]:
        checked = checked_prefix(prefix)
        with _translated(f"list {prefix}"):
            return sorted((key, status.st_size) for key, status in self._walk(checked))

    def delete(self, key: str) -> None:
        path = self._path(key)
        with (
            _translated(f"delete {key}"),
            contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError),
        ):
            path.unlink()
        self._prune(path.parent)

    def move_prefix(self, src: str, dst: str) -> None:
        source = self._root / checked_prefix(src)
        target = self._root / checked_prefix(dst)
        if source == self._root or target == self._root:
            raise ValueError("everything cannot be moved: name a prefix")
        if not source.is_dir():
            if not target.is_dir():
                raise BlobNotFound(src)
            return
        with _translated(f"move {src} to {dst}"):
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                source.rename(target)
            except OSError:
                # The target exists already: an earlier move stopped half way, or another added to it.
                for key, _ in self._walk(checked_prefix(src)):
                    self._replace(self._root / key, target / (self._root / key).relative_to(source))
                self._remove_folders(source)
        self._prune(source.parent)

    def delete_prefix(self, prefix: str) -> int:
        checked = checked_prefix(prefix)
        if not checked:
            raise ValueError("everything cannot be deleted: name a prefix")
        with _translated(f"delete {prefix}"):
            removed = sum(self._unlink(self._root / key) for key, _ in self._walk(checked))
        self._remove_folders(self._root / checked)
        self._prune((self._root / checked).parent)
        return removed

    def sweep(self, prefix: str, older_than_s: float) -> int:
        """Also removes what writers that died left in `.tmp`."""
        before = self._now() - older_than_s
        checked = checked_prefix(prefix)
        with _translated(f"sweep {prefix}"):
            old = [key for key, status in self._walk(checked) if status.st_mtime < before]
            removed = sum(self._unlink(self._root / key) for key in old)
            for key, status in self._walk(f"{_TEMPORARY}/"):
                if status.st_mtime < before:
                    self._unlink(self._root / key)
        for folder in {(self._root / key).parent for key in old}:
            self._prune(folder)
        return removed

    def aio(self) -> AsyncBlobs:
        return ThreadedBlobs(self, threads=_THREADS)

    def check(self) -> None:
        try:
            temporary = self._root / _TEMPORARY / secrets.token_hex(8)
            self._write(temporary, b"")
            temporary.unlink()
        except OSError as error:
            raise ConfigurationError(
                f"BLOB_URL: the folder {self._root} cannot be written ({error.strerror}); give a folder this user owns"
            ) from error

    def close(self) -> None:
        """Nothing is held open."""

    def _path(self, key: str) -> Path:
        return self._root / checked_key(key)

    def _write(self, path: Path, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            descriptor = os.open(path, flags, 0o640)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, flags, 0o640)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            if self._fsync:
                os.fsync(file.fileno())

    def _replace(self, source: Path, target: Path) -> None:
        """Rename a file, making its folder as often as a deleting neighbour takes it away."""
        for attempt in range(_ATTEMPTS):
            try:
                if attempt:
                    target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
                break
            except (FileNotFoundError, FileExistsError):
                # mkdir itself finds a folder that is gone when it looks whether it is one.
                if attempt == _ATTEMPTS - 1:
                    raise
        if self._fsync:
            descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _walk(self, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
        pending = [self._root / prefix if prefix else self._root]
        while pending:
            try:
                entries = list(os.scandir(pending.pop()))
            except (FileNotFoundError, NotADirectoryError):
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if prefix or entry.name != _TEMPORARY:
                        pending.append(Path(entry.path))
                    continue
                with contextlib.suppress(FileNotFoundError):
                    yield Path(entry.path).relative_to(self._root).as_posix(), entry.stat(follow_symlinks=False)

    def _unlink(self, path: Path) -> bool:
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        return True

    def _remove_folders(self, folder: Path) -> None:
        for path, _, _ in os.walk(folder, topdown=False):
            with contextlib.suppress(OSError):
                Path(path).rmdir()

    def _prune(self, folder: Path) -> None:
        """Remove folders that became empty, so that a listing walks over objects only."""
        while folder != self._root and self._root in folder.parents:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


class ThreadedBlobs:
    """A synchronous `Blobs` for an event loop: a small pool bounds the parts in flight, hence the memory."""

    def __init__(self, blobs: Blobs, *, threads: int) -> None:
        self._blobs = blobs
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="blobs")

    async def put(self, key: str, data: bytes) -> None:
        await self._run(self._blobs.put, key, data)

    async def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        return await self._run(self._blobs.get, key, offset, length)

    async def stat(self, key: str) -> int:
        return await self._run(self._blobs.stat, key)

    async def list(self, prefix: str) -> list[tuple[str, int]]:
        return await self._run(self._blobs.list, prefix)

    async def delete(self, key: str) -> None:
        await self._run(self._blobs.delete, key)

    async def move_prefix(self, src: str, dst: str) -> None:
        await self._run(self._blobs.move_prefix, src, dst)

    async def delete_prefix(self, prefix: str) -> int:
        return await self._run(self._blobs.delete_prefix, prefix)

    async def close(self) -> None:
        await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)

    def _run(self, call: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> asyncio.Future[_R]:
        return asyncio.get_running_loop().run_in_executor(self._pool, lambda: call(*args, **kwargs))
