"""Blobs on S3, or what speaks it (https://docs.aws.amazon.com/AmazonS3/latest/API/).

`move_prefix` has no counterpart there: objects are copied by the server and the sources deleted only when every copy is
there, so that a repeated call completes one that was cut short.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, unquote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from layers.blobs.port import AsyncBlobs, BlobNotFound, BlobsUnavailable, checked_key, checked_prefix, checked_range
from layers.errors import ConfigurationError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectTypeDef

_COPIES_IN_FLIGHT: Final = 16
_DELETES_PER_REQUEST: Final = 1000
"""The API's limit for DeleteObjects."""
_NOT_FOUND: Final = frozenset({"404", "NoSuchKey", "NotFound"})
_PAST_THE_END: Final = "InvalidRange"


@dataclass(frozen=True, slots=True)
class S3Location:
    """Where the objects are, and what a client needs to get there; None means the AWS defaults."""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str | None
    access_key: str | None
    secret_key: str | None

    def client_arguments(self) -> dict[str, Any]:
        """Keyword arguments of boto3's and aioboto3's `client`."""
        return {
            "endpoint_url": self.endpoint,
            "region_name": self.region,
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": self.secret_key,
            "config": Config(
                connect_timeout=3,
                read_timeout=30,
                retries={"mode": "standard", "total_max_attempts": 3},
                max_pool_connections=2 * _COPIES_IN_FLIGHT,
                # Servers other than Amazon's rarely know the newer trailing checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if self.endpoint else "auto"},
            ),
        }


def open_s3(parts: SplitResult, options: dict[str, str]) -> S3Blobs:
    """The storage that an `s3://` URL names.

    Raises:
        ConfigurationError: the URL is wrong.
    """
    if not parts.hostname:
        raise ConfigurationError("BLOB_URL: no bucket; write s3://bucket?region=eu-central-1")
    if (parts.username is None) != (parts.password is None):
        raise ConfigurationError("BLOB_URL: give both halves of the credentials: s3://access_key:secret_key@bucket")
    endpoint = options.get("endpoint")
    if endpoint is not None and not endpoint.startswith(("http://", "https://")):
        raise ConfigurationError(f"BLOB_URL: endpoint={endpoint} must start with http:// or https://")
    try:
        prefix = checked_prefix(unquote(parts.path).lstrip("/"))
    except ValueError as error:
        raise ConfigurationError(f"BLOB_URL: {error}; write s3://bucket/some/prefix") from error
    location = S3Location(
        bucket=parts.netloc.rpartition("@")[2],
        prefix=prefix,
        endpoint=endpoint,
        region=options.get("region"),
        access_key=None if parts.username is None else unquote(parts.username),
        secret_key=None if parts.password is None else unquote(parts.password),
    )
    return S3Blobs(location)


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if _code(error) in _NOT_FOUND:
            raise BlobNotFound(key) from error
        raise BlobsUnavailable(f"the blob storage refused {key}: {error}") from error
    except BotoCoreError as error:
        raise BlobsUnavailable(f"the blob storage does not answer for {key}: {error}") from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _range(offset: int, length: int | None) -> dict[str, Any]:
    if length is None:
        return {"Range": f"bytes={offset}-"} if offset else {}
    return {"Range": f"bytes={offset}-{offset + length - 1}"}


def _add_content_md5(params: dict[str, Any], **_: Any) -> None:
    """DeleteObjects needs a checksum of its body; the header every server knows is the oldest one."""
    digest = hashlib.md5(params["body"], usedforsecurity=False).digest()
    params["headers"]["Content-MD5"] = base64.b64encode(digest).decode()


def _remove_expect(params: dict[str, Any], **_: Any) -> None:
    """A part is small: asking first whether the server wants it only costs a round trip.

    Worse, botocore loses its place in the connection when a server answers an empty body without the interim 100.
    """
    params["headers"].pop("Expect", None)


class S3Blobs:
    """A key is an object's key below `location.prefix`."""

    def __init__(self, location: S3Location) -> None:
        self._location = location
        try:
            # A session of its own: boto3's default one is state of the process, and not safe among threads.
            self._client: S3Client = boto3.Session().client("s3", **location.client_arguments())
        except (BotoCoreError, ValueError) as error:
            raise ConfigurationError(f"BLOB_URL: {error}; name the region as in ?region=eu-central-1") from error
        self._client.meta.events.register("before-call.s3.DeleteObjects", _add_content_md5)
        self._client.meta.events.register_last("before-call.s3", _remove_expect)
        self._bucket = location.bucket

    def put(self, key: str, data: bytes) -> None:
        with _translated(key):
            self._client.put_object(Bucket=self._bucket, Key=self.object_key(key), Body=data)

    def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        checked_range(offset, length)
        if length == 0:
            self.stat(key)
            return b""
        with _translated(key):
            try:
                answer = self._client.get_object(
                    Bucket=self._bucket, Key=self.object_key(key), **_range(offset, length)
                )
                with answer["Body"] as body:
                    return body.read()
            except ClientError as error:
                if _code(error) == _PAST_THE_END:
                    return b""
                raise

    def stat(self, key: str) -> int:
        with _translated(key):
            return self._client.head_object(Bucket=self._bucket, Key=self.object_key(key))["ContentLength"]

    def list(self, prefix: str) -> list[tuple[str, int]]:
        return sorted((self._key(item), item["Size"]) for item in self._objects(prefix))

    def delete(self, key: str) -> None:
        with _translated(key):
            self._client.delete_object(Bucket=self._bucket, Key=self.object_key(key))

    def move_prefix(self, src: str, dst: str) -> None:
        source, target = checked_prefix(src), checked_prefix(dst)
        if not source or not target:
            raise ValueError("everything cannot be moved: name a prefix")
        keys = [key for key, _ in self.list(source)]
        if not keys:
            if not any(True for _ in self._objects(target)):
                raise BlobNotFound(src)
            return
        with ThreadPoolExecutor(_COPIES_IN_FLIGHT, thread_name_prefix="s3-copy") as pool:
            copies = [pool.submit(self._copy, key, target + key.removeprefix(source)) for key in keys]
            for copy in copies:
                copy.result()
        self._delete_many(keys)

    def delete_prefix(self, prefix: str) -> int:
        checked = checked_prefix(prefix)
        if not checked:
            raise ValueError("everything cannot be deleted: name a prefix")
        return self._delete_many([key for key, _ in self.list(checked)])

    def sweep(self, prefix: str, older_than_s: float) -> int:
        before = datetime.now(UTC) - timedelta(seconds=older_than_s)
        return self._delete_many([self._key(item) for item in self._objects(prefix) if item["LastModified"] < before])

    def aio(self) -> AsyncBlobs:
        return AsyncS3Blobs(self, self._location)

    def check(self) -> None:
        where = f"bucket {self._bucket} at {self._location.endpoint or 'AWS'}"
        try:
            self._client.head_bucket(Bucket=self._bucket)
        except ClientError as error:
            if _code(error) in {"404", "NoSuchBucket"}:
                raise ConfigurationError(f"BLOB_URL: there is no {where}; create it") from error
            raise ConfigurationError(
                f"BLOB_URL: {where} refused ({_code(error)}); check the credentials, region and bucket policy"
            ) from error
        except NoCredentialsError as error:
            raise ConfigurationError(
                "BLOB_URL: no AWS credentials; put them in the URL, AWS_ACCESS_KEY_ID or a role"
            ) from error
        except (BotoCoreError, ValueError) as error:
            raise ConfigurationError(f"BLOB_URL: {where} does not answer ({error}); check the endpoint") from error

    def create_bucket(self) -> None:
        """Create the bucket if it is not there.

        Raises:
            ConfigurationError: it cannot be created.
        """
        try:
            self.check()
        except ConfigurationError as problem:
            if not isinstance(problem.__cause__, ClientError) or _code(problem.__cause__) not in {
                "404",
                "NoSuchBucket",
            }:
                raise
        else:
            return
        region = self._client.meta.region_name
        settings: dict[str, Any] = {}
        if region != "us-east-1":
            # Amazon takes the default region only as the absence of one.
            settings["CreateBucketConfiguration"] = {"LocationConstraint": region}
        try:
            self._client.create_bucket(Bucket=self._bucket, **settings)
        except (BotoCoreError, ClientError) as error:
            raise ConfigurationError(
                f"BLOB_URL: bucket {self._bucket} cannot be created ({error}); create it"
            ) from error

    def close(self) -> None:
        self._client.close()

    def object_key(self, key: str) -> str:
        return self._location.prefix + checked_key(key)

    def _key(self, item: ObjectTypeDef) -> str:
        return item["Key"].removeprefix(self._location.prefix)

    def _objects(self, prefix: str) -> Iterator[ObjectTypeDef]:
        path = self._location.prefix + checked_prefix(prefix)
        with _translated(prefix):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=path):
                # Consoles and gateways make empty objects named "folder/".
                yield from (item for item in page.get("Contents", ()) if not item["Key"].endswith("/"))

    def _copy(self, source: str, target: str) -> None:
        with _translated(source):
            self._client.copy_object(
                Bucket=self._bucket,
                Key=self.object_key(target),
                CopySource={"Bucket": self._bucket, "Key": self.object_key(source)},
            )

    def _delete_many(self, keys: Sequence[str]) -> int:
        for start in range(0, len(keys), _DELETES_PER_REQUEST):
            batch = [self.object_key(key) for key in keys[start : start + _DELETES_PER_REQUEST]]
            with _translated(batch[0]):
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
                )
            if errors := answer.get("Errors"):
                raise BlobsUnavailable(f"{len(errors)} objects were not deleted, the first: {errors[0]}")
        return len(keys)


class AsyncS3Blobs:
    """Parts on an event loop; whole prefixes, which are rare, go through the synchronous storage in a thread."""

    def __init__(self, blobs: S3Blobs, location: S3Location) -> None:
        self._blobs = blobs
        self._location = location
        self._bucket = location.bucket
        self._entering = asyncio.Lock()
        self._client: Any = None
        self._closing: Any = None

    async def put(self, key: str, data: bytes) -> None:
        object_key = self._blobs.object_key(key)
        client = await self._open()
        with _translated(key):
            await client.put_object(Bucket=self._bucket, Key=object_key, Body=data)

    async def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        checked_range(offset, length)
        if length == 0:
            await self.stat(key)
            return b""
        object_key = self._blobs.object_key(key)
        client = await self._open()
        from aiohttp import ClientError as BodyError

        with _translated(key):
            try:
                answer = await client.get_object(Bucket=self._bucket, Key=object_key, **_range(offset, length))
                async with answer["Body"] as body:
                    data: bytes = await body.read()
            except ClientError as error:
                if _code(error) == _PAST_THE_END:
                    return b""
                raise
            except BodyError as error:
                raise BlobsUnavailable(f"the blob storage broke off in {key}: {error}") from error
            return data

    async def stat(self, key: str) -> int:
        object_key = self._blobs.object_key(key)
        client = await self._open()
        with _translated(key):
            answer = await client.head_object(Bucket=self._bucket, Key=object_key)
            return int(answer["ContentLength"])

    async def list(self, prefix: str) -> list[tuple[str, int]]:
        return await asyncio.to_thread(self._blobs.list, prefix)

    async def delete(self, key: str) -> None:
        object_key = self._blobs.object_key(key)
        client = await self._open()
        with _translated(key):
            await client.delete_object(Bucket=self._bucket, Key=object_key)

    async def move_prefix(self, src: str, dst: str) -> None:
        await asyncio.to_thread(self._blobs.move_prefix, src, dst)

    async def delete_prefix(self, prefix: str) -> int:
        return await asyncio.to_thread(self._blobs.delete_prefix, prefix)

    async def close(self) -> None:
        if self._closing is not None:
            await self._closing.__aexit__(None, None, None)
            self._client = self._closing = None

    async def _open(self) -> Any:
        """The client, entered on first use: importing aioboto3 alone takes a third of a second."""
        async with self._entering:
            if self._client is None:
                import aioboto3

                self._closing = aioboto3.Session().client("s3", **self._location.client_arguments())
                client = await self._closing.__aenter__()
                client.meta.events.register_last("before-call.s3", _remove_expect)
                self._client = client
            return self._client
