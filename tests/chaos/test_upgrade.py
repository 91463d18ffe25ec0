"""A rolling upgrade: nodes of the old program and of the new one side by side on one schema, then the old ones go.

The old program is what git has of `OLD_REVISION` (default: HEAD, the last commit; the new one is the working tree).
Where git cannot give it, the same program stands in for it; the test says which it was.
"""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from connection_tier.exchange import ClientKey
from tests.deployments import shared_settings
from tests.e2e.clients.phones import new_phone
from tests.raw_client import RawClient, TcpStream
from tests.servers import HOST, Server
from tl import api

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("tl", "layers", "functions", "connection_tier")


def old_program(folder: Path) -> tuple[dict[str, str], str]:
    """Settings that make a node run the old program, and what that is."""
    revision = os.environ.get("OLD_REVISION", "HEAD")
    command = ["git", "-C", str(_ROOT), "archive", "--format=tar", revision, *_PACKAGES]
    try:
        archive = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout
        described = subprocess.run(
            ["git", "-C", str(_ROOT), "log", "-1", "--format=%h %s", revision],
            capture_output=True, text=True, timeout=60, check=True,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        return {}, f"the same program, for git cannot give {revision}: {error}"
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    # Workers are started as modules: the folder that the tests run in must not come first.
    return {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}, described


def at(node: Server, key: ClientKey | None = None) -> RawClient:
    """A connection to a node, under a key that exists."""
    client = RawClient(node.public_key, TcpStream(HOST, node.tcp_port))
    if key is not None:
        client.use_key(key)
    return client


async def chat(client: RawClient, phone: str) -> list[str]:
    """The texts of the chat with a number, oldest first."""
    page = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, "hash": 0}
    history: Any = await client.invoke(api.messages.GetHistory(peer=await client.input_peer(phone), **page))
    return [message.message for message in reversed(history.messages)]


async def say(client: RawClient, phone: str, text: str, random_id: int) -> None:
    await client.invoke(
        api.messages.SendMessage(peer=await client.input_peer(phone), message=text, random_id=random_id)
    )


def pushed(client: RawClient) -> list[str]:
    """Texts of new messages that were pushed, in order."""
    return [
        update.message.message
        for container in client.updates
        if isinstance(container, api.Updates)
        for update in container.updates
        if isinstance(update, api.UpdateNewMessage) and isinstance(update.message, api.Message)
    ]


@pytest.mark.timeout(240)
async def test_old_and_new_nodes_serve_one_deployment(
    tmp_path: Path, mariadb_url: str, redis_url: str, kafka_url: str, s3_url: str
) -> None:
    shared = shared_settings(
        tmp_path / "shared", mariadb_url=mariadb_url, redis_url=redis_url, kafka_url=kafka_url, s3_url=s3_url
    )
    shared["CIRRUSGRAM_WORKERS"] = "1"
    program, described = old_program(tmp_path / "program")
    print(f"old program: {described}")
    old = Server(tmp_path / "old", {**shared, **program})
    new = Server(tmp_path / "new", shared)
    anna, ben = new_phone(), new_phone()
    try:
        old.start()
        if program:
            assert program["PYTHONPATH"] in _module_file(old), "the old node runs the old program"
        async with at(old) as client:
            await client.make_key()
            await client.sign_up(anna, "Anna")
            anna_key = client.key
        async with at(old) as client:
            await client.make_key()
            await client.sign_up(ben, "Ben")
            ben_key = client.key
            await say(client, anna, "only old", 1)

        # The schema first, by the new program, while old nodes run.
        command = [str(Path(sys.executable).parent / "cirrusgram"), "migrate", "--data", str(new.data)]
        done = await asyncio.to_thread(
            subprocess.run, command, capture_output=True, text=True, env=new.environment, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        new.start()

        async with at(old, anna_key) as first, at(new, ben_key) as second:
            await first.invoke(api.updates.GetState())
            await second.invoke(api.updates.GetState())
            for number in range(5):
                await say(first, ben, f"from old {number}", 10 + number)
                await say(second, anna, f"from new {number}", 20 + number)
            await second.wait_for(lambda: len(pushed(second)) >= 5)
            await first.wait_for(lambda: len(pushed(first)) >= 5)
            assert [text for text in pushed(second) if "old" in text] == [f"from old {number}" for number in range(5)]
            assert [text for text in pushed(first) if "new" in text] == [f"from new {number}" for number in range(5)]
            # The old node drains as in a deployment; its client goes on at the new one with its session.
            assert await asyncio.to_thread(old.stop) == 0
        async with at(new, anna_key) as first, at(new, ben_key) as second:
            await say(first, ben, "only new", 30)
            mine = await chat(first, ben)
            async with asyncio.timeout(20):
                while (theirs := await chat(second, anna))[-1:] != ["only new"]:
                    await second.wait_for(lambda: second.updates)
            assert sorted(mine) == sorted(theirs)
            assert len(mine) == len(set(mine)) == 12
            assert mine[0] == "only old"
    finally:
        old.kill()
        new.kill()


def _module_file(node: Server) -> str:
    """Where a program that is started as the node was comes from."""
    code = "import connection_tier; print(connection_tier.__file__)"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=node.environment, check=True, timeout=30
    ).stdout
