"""What clients should never send: the documented reaction, and everyone else is served on (checklist 20, 133)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import struct
import time
import zlib
from collections.abc import AsyncIterator, Callable

import pytest

from connection_tier.crypto.message import encrypt, pack_plaintext
from connection_tier.exchange import ClientExchange, MsgIdSource, decode_unencrypted, encode_unencrypted
from tests.functional.clients import member, raw, tcp, websocket, with_key
from tests.raw_client import TIMEOUT_S, RawClient
from tests.servers import HOST, Server
from tl import api


@contextlib.asynccontextmanager
async def bystander(server: Server) -> AsyncIterator[RawClient]:
    """A client that was there before and must still be served after."""
    async with member(server, "Bystander") as client:
        yield client
        assert isinstance(await client.invoke(api.updates.GetState()), api.updates.State)
        assert server.is_running
        async with with_key(server) as newcomer:
            assert isinstance(await newcomer.invoke(api.help.GetConfig()), api.Config)


async def _throw(server: Server, data: bytes) -> None:
    """Send bytes on a connection of their own, and read until the server has had enough of them."""
    reader, writer = await asyncio.open_connection(HOST, server.tcp_port)
    writer.write(data)
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(0.3):
            await writer.drain()
            writer.write_eof()
            while await reader.read(65536):
                pass
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def test_garbage_before_any_key(server: Server) -> None:
    rng = random.Random(1)
    tags = (b"\xef", b"\xee" * 4, b"\xdd" * 4, b"", b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x02", b"POST ", b"\0" * 12)
    async with bystander(server):
        await asyncio.gather(*(_throw(server, tag + rng.randbytes(size)) for tag in tags for size in (3, 64, 5000)))
    # What strangers send is no cause for a log line, and never in one.
    assert b"Traceback" not in server.log.read_bytes()


async def test_garbage_under_a_key(server: Server) -> None:  # checklist 42
    async with bystander(server):
        for size in (24, 40, 88, 1024):
            async with with_key(server) as client:
                await client.send_payload(client.auth_key.id_bytes + os.urandom(size))
                await client.wait_closed()
                assert client.error_code is None


@pytest.mark.parametrize("right_steps", [0, 1, 2])
async def test_garbage_in_the_key_exchange(server: Server, right_steps: int) -> None:  # checklist 25
    async with bystander(server), raw(server) as client:
        msg_ids = MsgIdSource(time.time)
        exchange = ClientExchange([server.public_key], os.urandom, time.time)
        query: bytes | None = exchange.start()
        for _ in range(right_steps):
            assert query is not None
            await client.send_payload(encode_unencrypted(msg_ids.next() - 1, query))
            query = exchange.receive(decode_unencrypted(await client.next_payload()).body)
        assert query is not None
        # Any nonce opens an exchange; later the right method with wrong content breaks it.
        head = query[:4] if right_steps else b""
        garbage = head + os.urandom(len(query) - len(head))
        await client.send_payload(encode_unencrypted(msg_ids.next() - 1, garbage))
        await client.wait_closed()
        assert client.error_code == -404


async def test_unknown_key(server: Server) -> None:  # checklist 13, 14
    for stream in (tcp(server), websocket(server)):
        async with raw(server, stream) as client:
            await client.send_payload(os.urandom(8) + os.urandom(16 + 64))
            await client.wait_closed()
            assert client.error_code == -404


async def test_oversize_packet(server: Server) -> None:  # checklist 9
    async with bystander(server), raw(server, kind="intermediate", obfuscated=False) as client:
        await client.stream.send(struct.pack("<I", 0x7FFFFFF0))
        await client.wait_closed()


async def test_tiny_packet(server: Server) -> None:  # checklist 9
    async with bystander(server), raw(server, kind="intermediate", obfuscated=False) as client:
        await client.stream.send(struct.pack("<I", 4) + b"abcd")
        await client.wait_closed()


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    chunk = bytes(1 << 20)
    data = b"".join(packer.compress(chunk) for _ in range(size >> 20)) + packer.flush()
    head = bytes([254]) + len(data).to_bytes(3, "little") if len(data) > 253 else bytes([len(data)])
    return struct.pack("<I", 0x3072CFA1) + head + data + bytes(-(len(head) + len(data)) % 4)


async def test_gzip_bomb(server: Server) -> None:  # checklist 63
    before = server.rss_bytes
    async with bystander(server), with_key(server) as client:
        await client.invoke(api.help.GetConfig())
        client.put(_bomb(200 << 20))
        await client.flush()
        client.put(api.help.GetNearestDc())
        with contextlib.suppress(ConnectionError):
            await client.flush()
        await client.wait_for(lambda: client.is_closed or len(client.events) > 1)
        assert server.rss_bytes - before < 100 << 20


async def test_container_of_1025(server: Server) -> None:  # checklist 62, 13
    async with bystander(server), with_key(server) as client:
        await client.invoke(api.help.GetConfig())
        assert client.session is not None
        for number in range(1025):
            client.session.ping(number)
        packet = client.session.next_packet(max_messages=1025, always_container=True)
        assert packet is not None
        plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
        await client.send_payload(encrypt(client.auth_key, plaintext, from_server=False, random=os.urandom))
        await client.wait_closed()
        assert client.error_code == -429


async def test_slow_reader(server: Server) -> None:  # checklist 20
    """A client that asks and does not read: bounded memory, then an end; nobody else waits for it."""
    async with bystander(server) as other, member(server, "Slow") as client:
        # A long history makes a small question a big answer.
        await client.invoke_all(
            [
                api.messages.SendMessage(peer=api.InputPeerSelf(), message="x" * 4000, random_id=number + 1)
                for number in range(100)
            ]
        )
        assert client._reading is not None
        client._reading.cancel()
        before = server.rss_bytes
        request = api.messages.GetHistory(
            peer=api.InputPeerSelf(),
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=100,
            max_id=0,
            min_id=0,
            hash=0,
        )
        for _ in range(10):
            for _ in range(40):
                client.put(request)
            try:
                async with asyncio.timeout(1):
                    await client.flush()
            except (TimeoutError, ConnectionError):
                break
            await other.invoke(api.updates.GetState())
        grown = server.rss_bytes - before
        assert grown < 150 << 20
        client._waiting.clear()


async def test_too_many_connections_of_one_address(make_server: Callable[..., Server]) -> None:  # checklist 20
    server = make_server(CIRRUSGRAM_MAX_CONNECTIONS_PER_IP="3")
    async with contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(with_key(server)) for _ in range(3)]
        fourth = raw(server)
        with contextlib.suppress(ConnectionError):
            await stack.enter_async_context(fourth)
            await fourth.wait_closed()
        await clients[0].invoke(api.help.GetConfig())
        await clients[1].close()
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                try:
                    async with with_key(server) as again:
                        await again.invoke(api.help.GetConfig())
                        break
                except Exception:
                    # The node notices the end of the second a moment later.
                    await asyncio.sleep(0.05)


async def test_sigterm_drains(make_server: Callable[..., Server]) -> None:
    server = make_server()
    async with member(server) as client:
        futures = [
            client.put(api.messages.SendMessage(peer=api.InputPeerSelf(), message=str(n), random_id=n + 1))[1]
            for n in range(50)
        ]
        await client.flush()
        await futures[0]
        server.send_signal(signal.SIGTERM)
        answers = await asyncio.gather(*futures, return_exceptions=True)
        await client.wait_closed()
    assert await asyncio.to_thread(server.wait) == 0
    # Every query that had reached the node was answered before the connection ended.
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
