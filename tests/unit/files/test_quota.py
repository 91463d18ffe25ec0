"""connection_tier.files.quota: how much may wait to be used."""

from __future__ import annotations

import pytest

import tl
from connection_tier.files import FileStreams
from layers.errors import FloodWait
from tests.harness import Client, Harness
from tl import api

_PART = 1024


def part(number: int, file_id: int = 5) -> bytes:
    return tl.encode(api.upload.SaveFilePart(file_id=file_id, file_part=number, bytes=b"x" * _PART))


async def test_a_user_who_uses_nothing_is_stopped_and_others_are_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = Harness(tmp_path_factory.mktemp("quota"), upload_quota_bytes=4 * _PART)
    alice, bob = server.user("Alice"), server.user("Bob")
    streams = FileStreams(server.services)
    try:
        for number in range(4):
            await streams.handle(alice.caller, part(number))
        with pytest.raises(FloodWait):
            await streams.handle(alice.caller, part(4))
        await streams.handle(bob.caller, part(0))
        assert len(server.services.blobs.list(f"uploads/{alice.id}")) == 4
    finally:
        await streams.close()
        server.close()


async def test_what_was_used_or_swept_does_not_count(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = Harness(tmp_path_factory.mktemp("quota"), upload_quota_bytes=4 * _PART)
    alice: Client = server.user("Alice")
    streams = FileStreams(server.services)
    try:
        for file_id in range(1, 6):
            for number in range(2):
                await streams.handle(alice.caller, part(number, file_id))
            server.services.blobs.move_prefix(f"uploads/{alice.id}/{file_id:016x}", f"files/{file_id:016x}")
    finally:
        await streams.close()
        server.close()
