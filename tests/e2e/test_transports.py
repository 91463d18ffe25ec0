"""Sign-up, a message there and back, by every transport of each library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.clients import kurigram_client, telethon_client
from tests.e2e.clients.kurigram_client import kurigram
from tests.e2e.clients.phones import new_phone
from tests.e2e.clients.telethon_client import telethon
from tests.servers import Server

# Wherever functions run, these bytes end in the node.
pytestmark = pytest.mark.deployments("embedded")


@pytest.mark.parametrize("transport", telethon_client.TRANSPORTS)
async def test_telethon(server: Server, transport: str) -> None:
    phone = new_phone()
    async with telethon(server, "Alice", phone=phone, transport=transport) as alice:
        me = await alice.get_me()
        assert (me.first_name, me.phone) == ("Alice", phone.lstrip("+"))
        sent = await alice.send_message("me", "hello **world**")
        assert sent.id > 0
        [message] = await alice.get_messages("me", limit=1)
        assert (message.id, message.message) == (sent.id, "hello world")


@pytest.mark.parametrize("transport", kurigram_client.TRANSPORTS)
async def test_kurigram(server: Server, transport: str, tmp_path: Path) -> None:
    phone = new_phone()
    async with kurigram(server, tmp_path, "Bob", phone=phone, transport=transport) as bob:
        me = await bob.get_me()
        assert (me.first_name, me.phone_number) == ("Bob", phone.lstrip("+"))
        sent = await bob.send_message("me", "hello **world**")
        assert sent is not None
        message = await bob.get_messages("me", sent.id)
        assert message is not None
        assert message.text == "hello world"
