"""Every transport over real sockets: https://core.telegram.org/mtproto/mtproto-transports."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.functional.clients import raw, tcp, websocket, with_key
from tests.raw_client import TcpStream, WebSocketStream
from tests.servers import HOST, Server
from tl import api


class ByteByByte(TcpStream):
    """A stream that sends its first bytes one in a segment."""

    _slow = 400

    async def send(self, data: bytes) -> None:
        assert self.writer is not None
        while data and self._slow:
            self.writer.write(data[:1])
            await self.writer.drain()
            await asyncio.sleep(0)
            data, self._slow = data[1:], self._slow - 1
        await super().send(data)


_FRAMINGS = [
    ("abridged", False),
    ("abridged", True),
    ("intermediate", False),
    ("intermediate", True),
    ("padded_intermediate", False),
    ("padded_intermediate", True),
    ("full", False),
]


@pytest.mark.parametrize(("kind", "obfuscated"), _FRAMINGS)
async def test_key_and_query(server: Server, kind: str, obfuscated: bool) -> None:
    async with with_key(server, kind=kind, obfuscated=obfuscated) as client:
        config = await client.invoke(api.help.GetConfig())
        assert {option.port for option in config.dc_options} == {server.tcp_port}


@pytest.mark.parametrize(("kind", "obfuscated"), _FRAMINGS)
async def test_a_byte_at_a_time(server: Server, kind: str, obfuscated: bool) -> None:  # checklist 1
    stream = ByteByByte(HOST, server.tcp_port)
    async with with_key(server, stream, kind=kind, obfuscated=obfuscated) as client:
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)


@pytest.mark.parametrize("legacy_padding", [False, True])
async def test_both_paddings_of_rsa(server: Server, legacy_padding: bool) -> None:  # checklist 26
    async with raw(server) as client:
        key = await client.make_key(legacy_padding=legacy_padding)
        assert abs(key.time_offset) <= 2
        await client.invoke(api.help.GetConfig())


@pytest.mark.parametrize("path", ["/apiws", "/apiws_test", "/apiws_premium"])
async def test_websocket(server: Server, path: str) -> None:  # checklist 15
    stream = websocket(server, path)
    async with with_key(server, stream) as client:
        assert stream.protocol == "binary"
        for _ in range(5):
            await client.invoke(api.help.GetNearestDc())
        # One packet a message: as many messages as packets, none split and none shared.
        assert stream.messages == client.packets_received


async def test_packet_spread_over_websocket_messages(server: Server) -> None:  # checklist 15
    stream = websocket(server)
    whole = stream.send

    async def in_pieces(data: bytes) -> None:
        for start in range(0, len(data), 7):
            await whole(data[start : start + 7])

    stream.send = in_pieces  # type: ignore[method-assign]
    async with with_key(server, stream) as client:
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)


async def test_websocket_demands_obfuscation(server: Server) -> None:
    async with raw(server, websocket(server), kind="intermediate", obfuscated=False) as client:
        await client.send_payload(bytes(100))
        await client.wait_closed()


async def test_http_on_the_tcp_port(server: Server) -> None:  # checklist 2
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://{HOST}:{server.tcp_port}/healthz") as answer,
    ):
        assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_websocket_on_the_tcp_port(server: Server) -> None:  # checklist 1
    async with with_key(server, WebSocketStream(f"ws://{HOST}:{server.tcp_port}/apiws")) as client:
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)


async def test_many_at_once(server: Server) -> None:
    async def one(kind: str) -> None:
        async with with_key(server, tcp(server), kind=kind) as client:
            await client.invoke(api.help.GetConfig())

    await asyncio.gather(*(one(kind) for kind in ("abridged", "intermediate", "padded_intermediate") * 3))
