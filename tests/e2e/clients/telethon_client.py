"""Telethon (https://docs.telethon.dev), by every transport it can speak without a proxy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.errors import PhoneNumberUnoccupiedError
from telethon.network import (
    ConnectionTcpAbridged,
    ConnectionTcpFull,
    ConnectionTcpIntermediate,
    ConnectionTcpObfuscated,
)
from telethon.network.connection.tcpintermediate import RandomizedIntermediatePacketCodec
from telethon.sessions import StringSession
from telethon.tl.functions.auth import SignUpRequest

from tests.e2e.clients.phones import new_phone
from tests.servers import HOST, LOGIN_CODE, Server


class ConnectionTcpPadded(ConnectionTcpObfuscated):  # type: ignore[misc]  # Telethon is untyped
    """Telethon's obfuscation around its padded intermediate codec, which it else uses for MTProxy only."""

    packet_codec = RandomizedIntermediatePacketCodec


TRANSPORTS: Final[dict[str, Any]] = {
    "abridged": ConnectionTcpAbridged,
    "intermediate": ConnectionTcpIntermediate,
    "full": ConnectionTcpFull,
    "obfuscated": ConnectionTcpObfuscated,
    "padded": ConnectionTcpPadded,
}


def make_client(
    server: Server, session: str | None = None, *, transport: str = "full", catch_up: bool = False, **options: Any
) -> TelegramClient:
    """A client of the server, not connected yet; ``session`` is what `session_string` gave."""
    rsa.add_key(server.public_pem, old=False)
    # Telethon keeps the config of the last server on the class.
    TelegramClient._config = None
    kept = StringSession(session)
    kept.set_dc(2, HOST, server.tcp_port)
    return TelegramClient(
        kept,
        api_id=1,
        api_hash="0" * 32,
        connection=TRANSPORTS[transport],
        catch_up=catch_up,
        receive_updates=True,
        retry_delay=0.2,
        **{"device_model": "Telethon", "system_version": "1", "app_version": "1", "connection_retries": 50, **options},
    )


def session_string(client: TelegramClient) -> str:
    """The session, to continue it in another client."""
    saved: str = StringSession.save(client.session)
    return saved


async def sign_in(client: TelegramClient, phone: str, first_name: str, last_name: str = "") -> Any:
    """Sign in with the code; sign up when the number has no account. The user."""
    sent = await client.send_code_request(phone)
    try:
        return await client.sign_in(phone, LOGIN_CODE, phone_code_hash=sent.phone_code_hash)
    except PhoneNumberUnoccupiedError:
        # The library's own sign_up refuses to, for want of Telegram's permission.
        result = await client(SignUpRequest(phone, sent.phone_code_hash, first_name, last_name))
        await client._on_login(result.user)
        return result.user


@asynccontextmanager
async def telethon(
    server: Server, first_name: str = "", *, phone: str | None = None, session: str | None = None, **options: Any
) -> AsyncIterator[TelegramClient]:
    """A connected client: of ``session``, or signed in by ``phone``, or signed up as ``first_name``."""
    client = make_client(server, session, **options)
    await client.connect()
    try:
        if session is None and (first_name or phone):
            await sign_in(client, phone or new_phone(), first_name)
        yield client
    finally:
        await client.disconnect()
