"""Raw clients of a server under test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.e2e.clients.phones import new_phone
from tests.raw_client import RawClient, Stream, TcpStream, WebSocketStream
from tests.servers import HOST, Server


def tcp(server: Server) -> TcpStream:
    """A TCP stream to the server, not open yet."""
    return TcpStream(HOST, server.tcp_port)


def websocket(server: Server, path: str = "/apiws") -> WebSocketStream:
    """A WebSocket to the server, not open yet."""
    return WebSocketStream(f"ws://{HOST}:{server.http_port}{path}")


def raw(server: Server, stream: Stream | None = None, **options: Any) -> RawClient:
    """A client of the server, not connected yet."""
    return RawClient(server.public_key, stream or tcp(server), **options)


@asynccontextmanager
async def with_key(server: Server, stream: Stream | None = None, **options: Any) -> AsyncIterator[RawClient]:
    """A connected client with a key of its own."""
    async with raw(server, stream, **options) as client:
        await client.make_key()
        yield client


@asynccontextmanager
async def member(server: Server, first_name: str = "Raw", phone: str | None = None) -> AsyncIterator[RawClient]:
    """A connected client that is signed in."""
    async with with_key(server) as client:
        await client.sign_up(phone or new_phone(), first_name)
        yield client
