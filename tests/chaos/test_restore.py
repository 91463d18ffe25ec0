"""A copy taken while people write, restored into an empty server: clients go on with their keys and find everything."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from localstack.process import Process
from tests.deployments import make_schema
from tests.functional.clients import member, raw
from tests.raw_client import RawClient
from tests.servers import Server
from tl import api

_PROGRAM = str(Path(sys.executable).parent / "cirrusgram")
_FILE = bytes(range(256)) * 40


def command(server: Server, *arguments: str, code: int = 0) -> Any:
    """A command beside a server: its JSON, or what it said when it fails."""
    done = subprocess.run(
        [_PROGRAM, *arguments, "--json", "--data", str(server.data)],
        capture_output=True, text=True, env=server.environment, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout) if code == 0 else done.stderr


async def texts(client: RawClient, peer: Any) -> list[str]:
    """The chat, newest first."""
    page = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, "hash": 0}
    history = await client.invoke(api.messages.GetHistory(peer=peer, **page))
    return [message.message for message in history.messages]


async def send_file(client: RawClient, peer: Any) -> None:
    """A small document."""
    await client.invoke(api.upload.SaveFilePart(file_id=7, file_part=0, bytes=_FILE))
    media = api.InputMediaUploadedDocument(
        file=api.InputFile(id=7, parts=1, name="data.bin", md5_checksum=""), mime_type="application/pdf", attributes=[]
    )
    await client.invoke(api.messages.SendMedia(peer=peer, media=media, message="a file", random_id=900))


async def read_file(client: RawClient, peer: Any) -> bytes:
    """The bytes of the document in the chat."""
    page = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, "hash": 0}
    history = await client.invoke(api.messages.GetHistory(peer=peer, **page))
    document = next(message.media.document for message in history.messages if message.message == "a file")
    location = api.InputDocumentFileLocation(
        id=document.id, access_hash=document.access_hash, file_reference=document.file_reference, thumb_size=""
    )
    answer = await client.invoke(api.upload.GetFile(location=location, offset=0, limit=16_384))
    return bytes(answer.bytes)


@pytest.fixture(params=["mariadb", "sqlite"])
def databases(request: pytest.FixtureRequest) -> Callable[[], dict[str, str]]:
    """Settings of a new database each time; each on a MariaDB server of its own."""

    def make() -> dict[str, str]:
        if request.param == "sqlite":
            return {}
        start_part: Callable[[str], Process] = request.getfixturevalue("start_part")
        return {"CIRRUSGRAM_DATABASE_URL": make_schema(start_part("mariadb").url)}

    return make


@pytest.mark.timeout(240)
async def test_a_restored_server_goes_on(databases: Callable[[], dict[str, str]], tmp_path: Path) -> None:
    common = {"CIRRUSGRAM_FLOOD_LIMITS": "false"}
    first = Server(tmp_path / "first", {**common, **databases()})
    second = Server(tmp_path / "second", {**common, **databases()})
    try:
        first.start()
        async with member(first, "Alice", "+9996660001") as alice, member(first, "Bob", "+9996660002") as bob:
            to_bob = await alice.input_peer("+9996660002")
            await send_file(alice, to_bob)
            for number in range(5):
                await alice.invoke(
                    api.messages.SendMessage(peer=to_bob, message=f"before {number}", random_id=number + 1)
                )
            stop = asyncio.Event()
            during = asyncio.create_task(_keep_writing(alice, to_bob, stop))
            said = await asyncio.to_thread(command, first, "backup", str(tmp_path / "copy"))
            stop.set()
            written = await during
            assert said["keys"] == ["secret.key", "mtproto.pem"]
            assert written > 0
            key = alice.key
            assert key is not None
            bob_key = bob.key
        first.kill()

        assert "holds no backup" in command(second, "restore", str(tmp_path), code=2)
        command(second, "restore", str(tmp_path / "copy"))
        assert (second.data / "secret.key").stat().st_mode & 0o077 == 0
        second.start()
        assert second.public_pem == first.public_pem
        async with raw(second) as alice:
            alice.use_key(key)
            mine = await texts(alice, to_bob)
            assert await read_file(alice, to_bob) == _FILE
            assert mine[-6:] == [*(f"before {number}" for number in reversed(range(5))), "a file"]
            seen = [int(text.removeprefix("during ")) for text in reversed(mine[:-6])]
            assert seen == list(range(len(seen))), "the copy is of one moment: none is missing before the last"
            async with raw(second) as bob:
                assert bob_key is not None
                bob.use_key(bob_key)
                await bob.invoke(api.updates.GetState())
                await alice.invoke(api.messages.SendMessage(peer=to_bob, message="after", random_id=5000))
                to_alice = await bob.input_peer("+9996660001")
                async with asyncio.timeout(20):
                    while (theirs := await texts(bob, to_alice))[:1] != ["after"]:
                        await bob.wait_for(lambda: bob.updates)
                assert theirs[1:] == mine, "what waited in the outbox of the copy was delivered"
        assert "not empty" in command(second, "backup", str(tmp_path / "copy"), code=2)
    finally:
        first.kill()
        second.kill()


async def _keep_writing(client: RawClient, peer: Any, stop: asyncio.Event) -> int:
    number = 0
    while not stop.is_set() and number < 80:
        await client.invoke(api.messages.SendMessage(peer=peer, message=f"during {number}", random_id=1000 + number))
        number += 1
    return number


def test_a_restore_overwrites_nothing(tmp_path: Path, mariadb_url: str) -> None:
    from layers.backup import back_up, restore
    from layers.bootstrap import close_services, open_services
    from layers.config import load_settings
    from layers.errors import ConfigurationError

    settings = load_settings(data=tmp_path / "data", database_url=make_schema(mariadb_url))
    close_services(open_services(settings))
    back_up(settings, tmp_path / "copy")
    with pytest.raises(ConfigurationError, match="holds tables"):
        restore(settings, tmp_path / "copy")
    elsewhere = load_settings(data=tmp_path / "other", database_url=make_schema(mariadb_url))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret.key").write_bytes(b"x" * 44)
    with pytest.raises(ConfigurationError, match="another key"):
        restore(elsewhere, tmp_path / "copy")
    with pytest.raises(ConfigurationError, match="is of mysql"):
        restore(load_settings(data=tmp_path / "third"), tmp_path / "copy")
