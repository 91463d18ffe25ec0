"""Kurigram (https://docs.kurigram.live), the living fork of Pyrogram; its package is still named pyrogram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pyrogram
from pyrogram.connection import Connection
from pyrogram.connection.transport import (
    TCPAbridged,
    TCPAbridgedO,
    TCPFull,
    TCPIntermediate,
    TCPIntermediateO,
    TCPIntermediatePadded,
)
from pyrogram.crypto import rsa

from tests.e2e.clients.phones import new_phone
from tests.servers import HOST, LOGIN_CODE, Server

TRANSPORTS: Final[dict[str, Any]] = {
    "abridged": TCPAbridged,
    "intermediate": TCPIntermediate,
    "padded": TCPIntermediatePadded,
    "full": TCPFull,
    "obfuscated abridged": TCPAbridgedO,
    "obfuscated intermediate": TCPIntermediateO,
}


def make_client(server: Server, name: str, folder: Path, *, transport: str = "abridged") -> pyrogram.Client:
    """A client of the server with its session in a file of the folder, not connected yet."""
    folder.mkdir(parents=True, exist_ok=True)
    key = server.public_key
    rsa.server_public_keys[key.fingerprint] = rsa.PublicKey(key.n, key.e)

    def connect(**options: Any) -> Connection:
        # Telegram's own addresses are built in; every data centre is the server under test.
        return Connection(**{**options, "server_address": HOST, "port": server.tcp_port})

    return pyrogram.Client(
        name,
        api_id=1,
        api_hash="0" * 32,
        workdir=folder,
        device_model="Kurigram",
        app_version="1",
        system_version="1",
        connection_factory=connect,  # type: ignore[arg-type]  # called, never subclassed
        protocol_factory=TRANSPORTS[transport],
        skip_updates=False,
    )


async def sign_in(client: pyrogram.Client, phone: str, first_name: str) -> Any:
    """Sign in with the code; sign up when the number has no account. The user."""
    code = await client.send_phone_number_code(phone)
    user = await client.sign_in(phone, code.phone_code_hash, LOGIN_CODE)
    if isinstance(user, pyrogram.types.User):
        return user
    return await client.sign_up(phone, code.phone_code_hash, first_name)


@asynccontextmanager
async def kurigram(
    server: Server, folder: Path, first_name: str, *, phone: str | None = None, transport: str = "abridged"
) -> AsyncIterator[pyrogram.Client]:
    """A started client, signed in by ``phone`` or signed up as ``first_name``; a session in the folder is continued."""
    client = make_client(server, first_name, folder, transport=transport)
    if not await client.connect():
        await sign_in(client, phone or new_phone(), first_name)
    await client.disconnect()
    await client.start()
    try:
        yield client
    finally:
        await client.stop()
