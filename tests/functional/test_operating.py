"""What the operator does takes hold of clients that are connected, also where nodes share no cache with the command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers.errors import RpcError
from tests.functional.clients import member, with_key
from tests.servers import LOGIN_CODE, Server
from tl import api


@pytest.fixture(scope="module")
def node(make_server: Callable[..., Server]) -> Server:
    return make_server()


def command(server: Server, *arguments: str) -> Any:
    """Run a command beside the server; its JSON."""
    program = str(Path(sys.executable).parent / "cirrusgram")
    done = subprocess.run(
        [program, *arguments, "--json", "--data", str(server.data)],
        capture_output=True, text=True, env=server.environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def test_a_ban_reaches_the_open_session_and_the_next_sign_in(node: Server) -> None:
    phone = "+9996650001"
    async with member(node, "Alice", phone) as alice, member(node, "Bob") as bob:
        to_alice = await bob.input_peer(phone)
        me = (await alice.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0].id
        await alice.invoke(api.updates.GetState())
        assert command(node, "bans", "add", str(me), "--reason", "test") == {"banned": me}
        with pytest.raises(RpcError, match="AUTH_KEY_UNREGISTERED"):
            await _until_refused(alice)
        seen = len(alice.updates)
        await bob.invoke(api.messages.SendMessage(peer=to_alice, message="still there?", random_id=5))
        await bob.invoke(api.updates.GetState())
        assert len(alice.updates) == seen, "nothing more is pushed to it"
        async with with_key(node) as stranger:
            request = api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x", settings=api.CodeSettings())
            with pytest.raises(RpcError, match="PHONE_NUMBER_BANNED"):
                await stranger.invoke(request)
            command(node, "bans", "remove", phone)
            sent = await stranger.invoke(request)
            answer = await stranger.invoke(
                api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=LOGIN_CODE)
            )
            assert answer.user.id == me


async def _until_refused(client: Any) -> None:
    for _ in range(200):
        await client.invoke(api.updates.GetState())


async def test_a_broadcast_arrives_while_people_are_online(node: Server) -> None:
    async with member(node, "Carol") as carol:
        await carol.invoke(api.updates.GetState())
        assert command(node, "broadcast", "Maintenance at noon.", "--yes")["told"] >= 1
        await carol.wait_for(lambda: any("Maintenance at noon." in repr(update) for update in carol.updates))
