"""Blob storage, by URL: `file:///dir` in a local folder, `s3://bucket` on S3 or what speaks it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from layers.blobs.port import AsyncBlobs, BlobNotFound, Blobs, BlobsUnavailable
from layers.errors import ConfigurationError

__all__ = ["AsyncBlobs", "BlobNotFound", "Blobs", "BlobsUnavailable", "create_blobs", "open_blobs"]


def open_blobs(url: str, *, check: bool = True) -> Blobs:
    """Open the storage that `url` names.

    `file:///dir[?fsync=1]`, or `s3://[access_key:secret_key@]bucket[/prefix][?endpoint=http://host:port&region=name]`;
    without credentials in the URL the AWS environment, profile or role is used.

    Raises:
        ConfigurationError: the URL is wrong or, with `check`, the storage cannot be used.
    """
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    blobs: Blobs
    if parts.scheme == "file":
        from layers.blobs.folder import FolderBlobs

        if parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
            raise ConfigurationError(f"BLOB_URL: {url} has no absolute path; write file:///var/lib/cirrusgram/blobs")
        blobs = FolderBlobs(Path(unquote(parts.path)), fsync=options.get("fsync", "0") not in ("0", "false", ""))
    elif parts.scheme == "s3":
        from layers.blobs.s3 import open_s3

        blobs = open_s3(parts, options)
    else:
        raise ConfigurationError(f"BLOB_URL: '{parts.scheme}://' is unknown; use file:///dir or s3://bucket")
    if check:
        blobs.check()
    return blobs


def create_blobs(url: str) -> None:
    """Make the storage that `url` names where it can be made and is not there yet: a folder, or a bucket.

    Raises:
        ConfigurationError: the URL is wrong, or the storage cannot be made or used.
    """
    blobs = open_blobs(url, check=False)
    try:
        if urlsplit(url).scheme == "s3":
            from layers.blobs.s3 import S3Blobs

            if isinstance(blobs, S3Blobs):
                blobs.create_bucket()
        blobs.check()
    finally:
        blobs.close()
