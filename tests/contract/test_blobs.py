"""Every blobs adapter obeys `layers/blobs/port.py`."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from layers.blobs import BlobNotFound, Blobs, BlobsUnavailable, open_blobs
from layers.blobs.folder import FolderBlobs
from layers.errors import ConfigurationError
from localstack.process import Process


@pytest.fixture(params=["folder", "s3", "s3-prefix"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Blobs]:
    if request.param == "folder":
        url = f"file://{tmp_path}/blobs"
    else:
        url = request.getfixturevalue("s3_url")
        if request.param == "s3-prefix":
            url = url.replace("?", f"/below/{secrets.token_hex(4)}?")
    opened = open_blobs(url)
    yield opened
    opened.close()


@pytest.fixture
def base() -> str:
    """A prefix of the test's own: the bucket is shared by the session."""
    return f"test-{secrets.token_hex(8)}"


def test_an_object_is_returned_until_it_is_deleted(blobs: Blobs, base: str) -> None:
    key = f"{base}/1/0"
    data = os.urandom(512 * 1024)
    blobs.put(key, data)
    assert blobs.get(key) == data
    assert blobs.stat(key) == len(data)
    blobs.put(key, b"new")
    assert blobs.get(key) == b"new"
    blobs.delete(key)
    with pytest.raises(BlobNotFound):
        blobs.get(key)
    blobs.delete(key)


def test_ranges_are_short_at_the_end(blobs: Blobs, base: str) -> None:
    key = f"{base}/0"
    blobs.put(key, b"0123456789")
    assert blobs.get(key, 3) == b"3456789"
    assert blobs.get(key, 3, 4) == b"3456"
    assert blobs.get(key, 8, 100) == b"89"
    assert blobs.get(key, 9, 1) == b"9"
    assert blobs.get(key, 10, 1) == b""
    assert blobs.get(key, 11) == b""
    assert blobs.get(key, 0, 0) == b""
    for offset, length in ((-1, 1), (0, -1)):
        with pytest.raises(ValueError):
            blobs.get(key, offset, length)


def test_an_empty_object_is_an_object(blobs: Blobs, base: str) -> None:
    blobs.put(f"{base}/0", b"")
    assert blobs.stat(f"{base}/0") == 0
    assert blobs.get(f"{base}/0") == b""
    assert blobs.get(f"{base}/0", 0, 10) == b""


@pytest.mark.parametrize("length", [None, 0, 1])
def test_what_is_not_there_is_not_found(blobs: Blobs, base: str, length: int | None) -> None:
    blobs.put(f"{base}/folder/0", b"x")
    for key in (f"{base}/1", f"{base}/folder", f"{base}/folder/0/0"):
        with pytest.raises(BlobNotFound):
            blobs.get(key, 0, length)
        with pytest.raises(BlobNotFound):
            blobs.stat(key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/./b",
        "a//b",
        ".tmp/0",
        "a/",
        "a\\b",
        "a\0b",
        "ü",
        "a b",
        "a\n",
        "x" * 600,
    ],
)
def test_unsafe_keys_are_refused(blobs: Blobs, key: str) -> None:
    for use in (
        lambda: blobs.put(key, b""),
        lambda: blobs.get(key),
        lambda: blobs.stat(key),
        lambda: blobs.delete(key),
    ):
        with pytest.raises(ValueError):
            use()


@pytest.mark.parametrize("prefix", ["/etc", "..", "../", "a/../..", "a//b"])
def test_unsafe_prefixes_are_refused(blobs: Blobs, prefix: str) -> None:
    for use in (
        lambda: blobs.list(prefix),
        lambda: blobs.move_prefix(prefix, "safe"),
        lambda: blobs.move_prefix("safe", prefix),
        lambda: blobs.delete_prefix(prefix),
        lambda: blobs.sweep(prefix, 0),
    ):
        with pytest.raises(ValueError):
            use()


def test_everything_is_never_moved_or_deleted(blobs: Blobs) -> None:
    for use in (
        lambda: blobs.move_prefix("", "x"),
        lambda: blobs.move_prefix("x", ""),
        lambda: blobs.delete_prefix(""),
        lambda: blobs.delete_prefix("/"),
    ):
        with pytest.raises(ValueError):
            use()


def test_a_listing_is_complete_and_names_whole_segments(blobs: Blobs, base: str) -> None:
    # More than a page of ListObjectsV2 holds.
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda part: blobs.put(f"{base}/1/{part}", b"x" * (part % 3)), range(1010)))
    blobs.put(f"{base}/12/0", b"yy")
    expected = sorted((f"{base}/1/{part}", part % 3) for part in range(1010))
    assert blobs.list(f"{base}/1") == blobs.list(f"{base}/1/") == expected
    assert blobs.list(base) == sorted([*expected, (f"{base}/12/0", 2)])
    assert blobs.list(f"{base}/none") == []
    assert set(blobs.list(base)) <= set(blobs.list(""))
    assert blobs.delete_prefix(f"{base}/1") == 1010
    assert blobs.list(base) == [(f"{base}/12/0", 2)]


def test_move_prefix_renames_and_can_be_repeated(blobs: Blobs, base: str) -> None:
    for part in range(20):
        blobs.put(f"{base}/upload/{part}", b"%d" % part)
    blobs.put(f"{base}/upload2/0", b"untouched")
    for _ in range(2):
        blobs.move_prefix(f"{base}/upload", f"{base}/files/7/")
        assert blobs.list(f"{base}/upload") == []
        assert [key for key, _ in blobs.list(f"{base}/files/7")] == sorted(f"{base}/files/7/{n}" for n in range(20))
        assert blobs.get(f"{base}/files/7/13") == b"13"
    assert blobs.get(f"{base}/upload2/0") == b"untouched"


def test_move_prefix_completes_a_move_that_stopped_half_way(blobs: Blobs, base: str) -> None:
    blobs.put(f"{base}/to/0", b"moved already")
    blobs.put(f"{base}/from/1", b"left behind")
    blobs.put(f"{base}/from/deep/2", b"left behind too")
    blobs.move_prefix(f"{base}/from", f"{base}/to")
    assert blobs.list(base) == [(f"{base}/to/0", 13), (f"{base}/to/1", 11), (f"{base}/to/deep/2", 15)]


def test_move_prefix_of_nothing_is_not_found(blobs: Blobs, base: str) -> None:
    with pytest.raises(BlobNotFound):
        blobs.move_prefix(f"{base}/a", f"{base}/b")


def test_delete_prefix_counts_what_it_deleted(blobs: Blobs, base: str) -> None:
    assert blobs.delete_prefix(f"{base}/1") == 0
    for key in ("1/0", "1/2/3", "10"):
        blobs.put(f"{base}/{key}", b"x")
    assert blobs.delete_prefix(f"{base}/1") == 2
    assert blobs.list(base) == [(f"{base}/10", 1)]


def test_sweep_deletes_only_what_is_old(blobs: Blobs, base: str) -> None:
    blobs.put(f"{base}/tmp/0", b"x")
    blobs.put(f"{base}/kept/0", b"x")
    assert blobs.sweep(f"{base}/tmp", 3600) == 0
    assert blobs.sweep(f"{base}/tmp", -3600) == 1
    assert blobs.list(base) == [(f"{base}/kept/0", 1)]


def test_many_writers_and_a_deleter_do_not_break_each_other(blobs: Blobs, base: str) -> None:
    def write(part: int) -> None:
        blobs.put(f"{base}/{part % 4}/{part}", b"x" * 1000)
        blobs.delete_prefix(f"{base}/{(part + 1) % 4}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    assert all(size == 1000 for _, size in blobs.list(base))


async def test_the_async_side_is_the_same_storage(blobs: Blobs, base: str) -> None:
    aio = blobs.aio()
    await aio.put(f"{base}/a/0", b"0123456789")
    assert blobs.get(f"{base}/a/0") == b"0123456789"
    assert await aio.get(f"{base}/a/0", 2, 3) == b"234"
    assert await aio.get(f"{base}/a/0", 10, 3) == b""
    assert await aio.get(f"{base}/a/0", 0, 0) == b""
    assert await aio.stat(f"{base}/a/0") == 10
    assert await aio.list(base) == [(f"{base}/a/0", 10)]
    await aio.move_prefix(f"{base}/a", f"{base}/b")
    with pytest.raises(BlobNotFound):
        await aio.get(f"{base}/a/0")
    with pytest.raises(BlobNotFound):
        await aio.stat(f"{base}/a/0")
    with pytest.raises(ValueError):
        await aio.put("../x", b"")
    with pytest.raises(ValueError):
        await aio.get(f"{base}/b/0", -1)
    await aio.put(f"{base}/b/1", b"")
    await aio.delete(f"{base}/b/1")
    assert await aio.delete_prefix(base) == 1
    await aio.close()


async def test_parts_go_up_and_down_in_parallel(blobs: Blobs, base: str) -> None:
    aio = blobs.aio()
    parts = [os.urandom(128 * 1024) for _ in range(40)]
    await asyncio.gather(*(aio.put(f"{base}/{n}", data) for n, data in enumerate(parts)))
    down = await asyncio.gather(*(aio.get(f"{base}/{n}") for n in range(40)))
    assert hashlib.sha256(b"".join(down)).digest() == hashlib.sha256(b"".join(parts)).digest()
    await aio.close()


def test_s3_that_is_lost_is_unavailable(start_part: Callable[[str], Process]) -> None:
    server = start_part("s3")
    blobs = open_blobs(server.url)
    blobs.put("a/0", b"x")
    server.kill()
    with pytest.raises(BlobsUnavailable):
        blobs.get("a/0")
    server.start()
    assert blobs.get("a/0") == b"x"
    blobs.close()


def test_a_crashed_writer_leaves_nothing_to_see(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put("a/0", b"x")
    (tmp_path / ".tmp" / "half").write_bytes(b"ha")
    assert blobs.list("") == [("a/0", 1)]
    assert blobs.sweep("a", -3600) == 1
    assert list((tmp_path / ".tmp").iterdir()) == []


def test_empty_folders_go_with_their_last_object(tmp_path: Path) -> None:
    blobs = open_blobs(f"file://{tmp_path}?fsync=1")
    blobs.put("a/b/0", b"x")
    blobs.put("a/c/0", b"x")
    blobs.delete("a/b/0")
    assert not (tmp_path / "a" / "b").exists()
    blobs.move_prefix("a/c", "d")
    assert not (tmp_path / "a").exists()
    blobs.delete_prefix("d")
    assert not (tmp_path / "d").exists()


def test_a_full_or_broken_disk_is_unavailable(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put("a", b"a file where a folder is needed")
    with pytest.raises(BlobsUnavailable):
        blobs.put("a/0", b"x")
    assert list((tmp_path / ".tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense://", "is unknown"),
        ("file://relative/path", "absolute"),
        ("file:///proc/nowhere", "cannot be written"),
        ("s3://", "no bucket"),
        ("s3://key@bucket", "both halves"),
        ("s3://bucket?endpoint=localhost", "http://"),
        ("s3://bucket/../x", "not a blob key"),
        ("s3://bucket?endpoint=http://127.0.0.1:1&region=us-east-1", "credentials"),
        ("s3://key:secret@bucket?endpoint=http://127.0.0.1:1&region=us-east-1", "does not answer"),
    ],
)
def test_a_bad_url_is_one_line_for_the_operator(url: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(ConfigurationError, match=said) as caught:
        open_blobs(url)
    assert "\n" not in str(caught.value)


def test_wrong_credentials_and_bucket_are_named(s3_url: str) -> None:
    with pytest.raises(ConfigurationError, match="credentials"):
        open_blobs(s3_url.replace("@", "x@"))
    with pytest.raises(ConfigurationError, match="create it"):
        open_blobs(s3_url.replace("@media", "@another"))
