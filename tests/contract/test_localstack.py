"""A node whose blobs and master key are at LocalStack: what it carries of AWS, in one go."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from layers.errors import ConfigurationError
from layers.secret_references import values_with_secrets
from localstack.host_mode import VERSION, localstack
from localstack.parts import make_bucket
from localstack.process import PartFailed
from tests.raw_client import RawClient, TcpStream, signed_in
from tests.servers import Server
from tl import api

_ACCESS: dict[str, str] = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}
_MASTER_KEY = "{{resolve:secretsmanager:cirrusgram/keys:SecretString:master}}"


@pytest.fixture(scope="module")
def aws_url(parts_folder: Path) -> Iterator[str]:
    try:
        part = localstack(parts_folder / "localstack")
    except PartFailed as error:
        pytest.skip(f"not run: the smoke test on LocalStack {VERSION}: {error}")
    part.start()
    yield part.url
    part.stop()


def _secrets(url: str) -> Any:
    return boto3.Session().client(
        "secretsmanager",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


async def test_a_node_on_localstack(aws_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _secrets(aws_url)
    master = base64.b64encode(os.urandom(32)).decode()
    client.create_secret(Name="cirrusgram/keys", SecretString=f'{{"master": "{master}"}}')
    client.close()
    make_bucket(aws_url, "files")
    environment = {
        **_ACCESS,
        "AWS_ENDPOINT_URL": aws_url,
        "CIRRUSGRAM_MASTER_KEY": _MASTER_KEY,
        "CIRRUSGRAM_BLOB_URL": f"s3://files?endpoint={aws_url}&region=us-east-1",
    }
    server = Server(tmp_path, environment)
    server.start()
    try:
        assert not (server.data / "secret.key").exists(), "the master key came from Secrets Manager"
        stream = TcpStream("127.0.0.1", server.tcp_port)
        async with signed_in(server.public_key, stream, "+9996630101", "Ann") as ann:
            await _file_up_and_down(ann, os.urandom(100_000))
    finally:
        assert server.stop() == 0
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        values_with_secrets({"CIRRUSGRAM_MASTER_KEY": _MASTER_KEY.replace("cirrusgram/keys", "cirrusgram/none")})


async def _file_up_and_down(ann: RawClient, data: bytes) -> None:
    assert await ann.invoke(api.upload.SaveFilePart(file_id=7, file_part=0, bytes=data)) is True
    sent = await ann.invoke(
        api.messages.SendMedia(
            peer=api.InputPeerSelf(),
            media=api.InputMediaUploadedDocument(
                file=api.InputFile(id=7, parts=1, name="data.bin", md5_checksum=""),
                mime_type="application/octet-stream",
                attributes=[api.DocumentAttributeFilename(file_name="data.bin")],
            ),
            message="",
            random_id=7,
        )
    )
    (message,) = (update.message for update in sent.updates if isinstance(update, api.UpdateNewMessage))
    document = message.media.document
    location = api.InputDocumentFileLocation(
        id=document.id, access_hash=document.access_hash, file_reference=document.file_reference, thumb_size=""
    )
    file = await ann.invoke(api.upload.GetFile(location=location, offset=0, limit=128 * 1024))
    assert file.bytes == data
