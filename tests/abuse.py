"""Hostile clients, one function for each kind of abuse: checklist 133. The tests and `bench/abuse.py` run the same.

An attack takes a `Target` and how much of it, and returns what the server did about it, counted: `-404` and `-429` are
transport errors, `bad_msg N` and `rpc CODE NAME` answers, `closed` an end without a word, `waits` a connection that is
kept but not served, `served` an answer like any other client's. `ATTACKS` says which reactions are documented.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import struct
import time
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import tl
from connection_tier.crypto.message import encrypt, pack_plaintext
from connection_tier.crypto.rsa import RsaPublicKey
from connection_tier.exchange import ClientExchange, MsgIdSource, decode_unencrypted, encode_unencrypted
from connection_tier.session.client_events import BadMsg, RpcResult
from connection_tier.transport import ClientTransport
from tests.e2e.clients.phones import new_phone
from tests.raw_client import RawClient, TcpStream, TransportFailed
from tl import api

Reactions = Counter[str]

_ANSWER_S: Final = 10.0
_GZIP_PACKED: Final = 0x3072CFA1
_MANY: Final = 64
"""Connections of one attack that are under way at a time."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server under attack. ``lasting_s``: how long held connections are held."""

    public_key: RsaPublicKey
    host: str
    port: int
    http_port: int
    lasting_s: float = 1.0

    def client(self, **options: Any) -> RawClient:
        """A client of it, not connected yet."""
        return RawClient(self.public_key, TcpStream(self.host, self.port), **options)

    @contextlib.asynccontextmanager
    async def with_key(self, **options: Any) -> AsyncIterator[RawClient]:
        """A client with a key and a session that has begun."""
        async with self.client(**options) as client:
            await client.make_key()
            await client.invoke(api.help.GetNearestDc())
            client.events.clear()
            yield client

    @contextlib.asynccontextmanager
    async def member(self) -> AsyncIterator[RawClient]:
        """A client that is signed in."""
        async with self.client() as client:
            await client.make_key()
            await client.sign_up(new_phone(), "Mallory")
            yield client


async def _outcome(client: RawClient) -> str:
    """How a connection ended, or that it did not."""
    try:
        async with asyncio.timeout(_ANSWER_S):
            await client.wait_closed()
    except TimeoutError:
        return "waits"
    return str(client.error_code) if client.error_code else "closed"


async def _at_once(count: int, one: Callable[[int], Awaitable[str]]) -> Reactions:
    """``one`` of each number, `_MANY` at a time; what each met."""
    found: Reactions = Counter()
    numbers = iter(range(count))

    async def lane() -> None:
        for number in numbers:
            try:
                async with asyncio.timeout(3 * _ANSWER_S):
                    found[await one(number)] += 1
            except TransportFailed as failed:
                found[str(failed.code) if failed.code else "closed"] += 1
            except TimeoutError:
                found["waits"] += 1
            except OSError:
                found["closed"] += 1

    await asyncio.gather(*(lane() for _ in range(min(_MANY, count))))
    return found


def _kinds(client: RawClient) -> Reactions:
    """Refusals and answers among what a client received."""
    found: Reactions = Counter()
    for event in client.events:
        if isinstance(event, BadMsg):
            found[f"bad_msg {event.error_code}"] += 1
        elif isinstance(event, RpcResult):
            found["served" if event.error is None else f"rpc {event.error[0]} {event.error[1]}"] += 1
    return found


async def _put_and_wait(client: RawClient, bodies: list[bytes]) -> Reactions:
    """Send queries that are no queries; what they are answered."""
    client._is_declared = True
    for body in bodies:
        client.put(body)
        try:
            await client.flush()
        except ConnectionError:
            break
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_ANSWER_S):
            await client.wait_for(lambda: client.is_closed or _kinds(client).total() >= len(bodies))
    found = _kinds(client)
    if client.is_closed:
        found[str(client.error_code) if client.error_code else "closed"] += 1
    for future in client._waiting.values():
        future.cancel()
    client._waiting.clear()
    return found


# Connections


async def half_open(target: Target, size: int) -> Reactions:
    """Connections that say nothing, half a header, or half an HTTP request, and stay."""
    rng = random.Random(size)
    starts = [
        b"",
        b"\xef",
        b"\xee" * 3,
        rng.randbytes(40),
        b"GET /apiws HTTP/1.1\r\nHost: x\r\n",
        b"POST /api HTTP/1.1\r\n",
    ]
    opened: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    found: Reactions = Counter()

    async def one(number: int) -> None:
        port = target.http_port if number % 2 else target.port
        try:
            reader, writer = await asyncio.open_connection(target.host, port)
            writer.write(starts[number % len(starts)])
            opened.append((reader, writer))
        except OSError:
            found["closed"] += 1

    for start in range(0, size, _MANY):
        await asyncio.gather(*(one(number) for number in range(start, min(size, start + _MANY))))
    await asyncio.sleep(target.lasting_s)
    for reader, writer in opened:
        found["closed" if reader.at_eof() else "waits"] += 1
        writer.transport.abort()
    return found


async def slow_reader(target: Target, size: int) -> Reactions:
    """Clients that ask for much and read nothing."""
    found: Reactions = Counter()
    async with target.member() as first:
        sends = [
            api.messages.SendMessage(peer=api.InputPeerSelf(), message="x" * 4000, random_id=number + 1)
            for number in range(100)
        ]
        await first.invoke_all(sends)
        request = api.messages.GetHistory(
            peer=api.InputPeerSelf(), offset_id=0, offset_date=0, add_offset=0, limit=100, max_id=0, min_id=0, hash=0
        )

        async def one(_: int) -> str:
            async with target.client() as client:
                assert first.key is not None
                client.use_key(first.key)
                await client.invoke(api.help.GetNearestDc())
                assert client._reading is not None
                client._reading.cancel()
                for _ in range(10):
                    for _ in range(50):
                        client.put(request)
                    try:
                        async with asyncio.timeout(1):
                            await client.flush()
                    except TimeoutError:
                        break
                await asyncio.sleep(target.lasting_s)
                client._waiting.clear()
                assert isinstance(client.stream, TcpStream)
                assert client.stream.writer is not None
                return "closed" if client.stream.writer.is_closing() else "waits"

        found += await _at_once(size, one)
    return found


async def handshakes(target: Target, size: int) -> Reactions:
    """Key exchanges as fast as they go: whole ones, abandoned ones, and ones that make the server decrypt garbage."""

    async def one(number: int) -> str:
        async with target.client() as client:
            if number % 4 == 0:
                await client.make_key()
                return "served"
            exchange = ClientExchange([target.public_key], os.urandom, time.time)
            msg_ids = MsgIdSource(time.time)
            await client.send_payload(encode_unencrypted(msg_ids.next() - 1, exchange.start()))
            answer = decode_unencrypted(await client.next_payload()).body
            if number % 4 == 1:
                return "served"
            query = await asyncio.to_thread(exchange.receive, answer)
            assert query is not None
            # The right factors before the wrong ciphertext: the server must use its RSA key to find out.
            garbage = query[:-256] + bytes(1) + os.urandom(255)
            await client.send_payload(encode_unencrypted(msg_ids.next() - 1, garbage))
            return await _outcome(client)

    return await _at_once(size, one)


async def garbage(target: Target, size: int) -> Reactions:
    """Random bytes at every stage: before a transport, in a packet, in the key exchange, under a key."""
    rng = random.Random(size)
    async with target.with_key() as known:
        key = known.key
        assert key is not None

        async def one(number: int) -> str:
            noise = rng.randbytes(rng.choice((24, 40, 88, 1024, 5000)))
            stage = number % 4
            if stage == 0:
                reader, writer = await asyncio.open_connection(target.host, target.port)
                writer.write(noise)
                writer.write_eof()
                while await reader.read(65536):
                    pass
                writer.close()
                return "closed"
            async with target.client() as client:
                if stage == 1:
                    await client.send_payload(rng.randbytes(8) + noise[: len(noise) // 16 * 16])
                elif stage == 2:
                    body = struct.pack("<I", rng.choice((0xD712E4BE, 0xF5045F1F))) + noise[: len(noise) // 4 * 4]
                    await client.send_payload(encode_unencrypted(MsgIdSource(time.time).next() - 1, body))
                else:
                    await client.send_payload(key.auth_key.id_bytes + noise[: len(noise) // 16 * 16 + 16 - 8])
                return await _outcome(client)

        return await _at_once(size, one)


async def key_guessing(target: Target, size: int) -> Reactions:
    """Messages under keys that were never made."""

    async def one(_: int) -> str:
        async with target.client() as client:
            await client.send_payload(os.urandom(8) + os.urandom(16 + 96))
            return await _outcome(client)

    return await _at_once(size, one)


# Messages


async def _send_as_one(client: RawClient, max_messages: int) -> None:
    assert client.session is not None
    packet = client.session.next_packet(max_messages=max_messages, always_container=True)
    assert packet is not None
    plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
    await client.send_payload(encrypt(client.auth_key, plaintext, from_server=False, random=os.urandom))


async def container_of_1025(target: Target, size: int) -> Reactions:
    """One message more than a container may hold."""

    async def one(_: int) -> str:
        async with target.with_key() as client:
            assert client.session is not None
            for number in range(1025):
                client.session.ping(number)
            await _send_as_one(client, 1025)
            return await _outcome(client)

    return await _at_once(size, one)


async def full_containers(target: Target, size: int) -> Reactions:
    """As many queries as a container may hold, in container after container, until the rate is too high."""
    async with target.with_key() as client:
        for _ in range(size):
            for _ in range(1000):
                client.put(api.help.GetNearestDc())
            try:
                await _send_as_one(client, 1020)
            except ConnectionError:
                break
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(3 * _ANSWER_S):
                await client.wait_for(lambda: client.is_closed or not client._waiting)
        found = _kinds(client)
        if client.is_closed:
            found[str(client.error_code) if client.error_code else "closed"] += 1
        for future in client._waiting.values():
            future.cancel()
        client._waiting.clear()
        return found


def _packed(data: bytes) -> bytes:
    head = bytes([254]) + len(data).to_bytes(3, "little") if len(data) > 253 else bytes([len(data)])
    return struct.pack("<I", _GZIP_PACKED) + head + data + bytes(-(len(head) + len(data)) % 4)


def gzip_bomb(megabytes: int) -> bytes:
    """gzip_packed of so much nothing."""
    packer = zlib.compressobj(9, wbits=31)
    chunk = bytes(1 << 20)
    return _packed(b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush())


async def gzip_bombs(target: Target, size: int) -> Reactions:
    """Objects that grow to 2 MiB, which is allowed, and to 200 MiB, which is not: a client may have a few at once."""
    small, large = gzip_bomb(2), gzip_bomb(200)

    async def one(number: int) -> str:
        async with target.with_key() as client:
            found = await _put_and_wait(client, [large if number % 4 == 0 else small] * 20)
            return max(found, key=lambda kind: kind == "-429")

    return await _at_once(size, one)


async def depth_five(target: Target, size: int) -> Reactions:
    """gzip_packed within gzip_packed, deeper than four."""
    body = tl.encode(api.help.GetNearestDc())
    for _ in range(5):
        body = _packed(zlib.compress(body, wbits=31))
    async with target.with_key() as client:
        return await _put_and_wait(client, [body] * size)


async def oversized_strings(target: Target, size: int) -> Reactions:
    """Strings that claim more bytes than the message has, and one of a megabyte where a name is expected."""
    head = struct.pack("<I", api.contacts.ResolveUsername.CONSTRUCTOR_ID)
    bodies = [
        head + struct.pack("<I", 0) + b"\xfe\xff\xff\xff" + bytes(64),
        head + struct.pack("<I", 0) + b"\xfd\0\0\0",
        tl.encode(api.contacts.ResolveUsername(username="x" * (1 << 20))),
        tl.encode(api.messages.SendMessage(peer=api.InputPeerSelf(), message="x" * (1 << 20), random_id=7)),
    ]
    async with target.member() as client:
        client.events.clear()
        return await _put_and_wait(client, [bodies[number % len(bodies)] for number in range(size)])


async def deep_vectors(target: Target, size: int) -> Reactions:
    """Objects within objects without end, and vectors that claim two thousand million elements."""
    array = struct.pack("<III", api.JsonArray.CONSTRUCTOR_ID, 0x1CB5C415, 1)
    event = api.InputAppEvent(time=0.0, type="", peer=0, data=api.JsonNull())
    log = tl.encode(api.help.SaveAppLog(events=[event]))
    deep = log[:-4] + array * 100_000 + log[-4:]
    wide = struct.pack("<III", api.users.GetUsers.CONSTRUCTOR_ID, 0x1CB5C415, 0x7FFFFFFF)
    wrapped = tl.encode(api.help.GetNearestDc())
    for _ in range(200):
        wrapped = tl.encode(api.InvokeWithLayer(layer=tl.LAYER, query=wrapped))
    bodies = [deep, wide, wrapped]
    async with target.member() as client:
        client.events.clear()
        return await _put_and_wait(client, [bodies[number % len(bodies)] for number in range(size)])


async def replay(target: Target, size: int) -> Reactions:
    """One encrypted packet again and again, on its own connection and on others: what it asks happens once."""
    async with target.member() as client:
        assert client.session is not None
        client.put(api.messages.SendMessage(peer=api.InputPeerSelf(), message="once", random_id=1))
        packet = client.session.next_packet()
        assert packet is not None
        plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
        payload = encrypt(client.auth_key, plaintext, from_server=False, random=os.urandom)
        for _ in range(size):
            await client.send_payload(payload)

        for _ in range(size // 10 + 1):
            async with target.client() as thief:
                await thief.send_payload(payload)
        async with target.client(key=client.key, session=client.session) as again:
            history = await again.invoke(
                api.messages.GetHistory(
                    peer=api.InputPeerSelf(),
                    offset_id=0,
                    offset_date=0,
                    add_offset=0,
                    limit=10,
                    max_id=0,
                    min_id=0,
                    hash=0,
                )
            )
        times = [message.message for message in history.messages].count("once")
        return Counter({"served": 1, "executed again": times - 1}) if times > 1 else Counter({"served": 1})


async def skewed_clocks(target: Target, size: int) -> Reactions:
    """Messages from an hour ago and from an hour ahead, again and again."""
    async with target.with_key() as client:
        assert client.session is not None
        client._resend = lambda event: None  # type: ignore[method-assign]  # this one does not learn
        ids = client.session._msg_ids
        for number in range(size):
            ids._clock = lambda number=number: time.time() + (3600 if number % 2 else -3600)  # type: ignore[misc]
            ids._last = 0
            client.put(api.help.GetNearestDc())
            with contextlib.suppress(ConnectionError):
                await client.flush()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ANSWER_S):
                await client.wait_for(lambda: client.is_closed or _kinds(client).total() >= size)
        for future in client._waiting.values():
            future.cancel()
        client._waiting.clear()
        return _kinds(client)


# Calls


async def rpc_flood(target: Target, size: int) -> Reactions:
    """One account with four connections, each with as many calls in flight as it can: reading and writing ones."""
    async with target.member() as first:
        random_ids = iter(range(1, 1 << 30))

        async def one(number: int) -> str:
            async with target.client() as client:
                assert first.key is not None
                client.use_key(first.key)
                for start in range(0, size, 200):
                    requests: list[tl.TLObject] = [
                        api.messages.SendMessage(
                            peer=api.InputPeerSelf(), message="flood", random_id=next(random_ids) * 4 + number
                        )
                        if index % 5 == 0
                        else api.messages.GetDialogs(
                            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
                        )
                        for index in range(min(200, size - start))
                    ]
                    await client.invoke_all(requests)
                return "served"

        return await _at_once(4, one)


async def ping_flood(target: Target, size: int) -> Reactions:
    """Four connections that ping as fast as they can, until the rate is too high."""

    async def one(_: int) -> str:
        async with target.with_key() as client:
            assert client.session is not None
            for number in range(size):
                client.session.ping(number)
                try:
                    await client.flush()
                except ConnectionError:
                    break
            if not client.is_closed:
                with contextlib.suppress(TransportFailed):
                    await client.invoke(api.help.GetNearestDc())
            return (str(client.error_code) if client.error_code else "closed") if client.is_closed else "served"

    return await _at_once(4, one)


@dataclass(frozen=True, slots=True)
class Attack:
    """How to run it: ``small`` in the tests, ``full`` in the benchmark; which reactions are documented."""

    run: Callable[[Target, int], Awaitable[Reactions]]
    small: int
    full: int
    reactions: frozenset[str]


def _attack(run: Callable[[Target, int], Awaitable[Reactions]], small: int, full: int, *reactions: str) -> Attack:
    return Attack(run, small, full, frozenset(reactions))


_UNREADABLE: Final = "rpc 400 INPUT_FETCH_FAIL"

ATTACKS: Final = {
    "half-open connections": _attack(half_open, 200, 4000, "waits", "closed"),
    "slow readers": _attack(slow_reader, 4, 16, "waits", "closed"),
    "handshakes": _attack(handshakes, 60, 10_000, "served", "-404", "-429", "closed"),
    "garbage": _attack(garbage, 80, 4000, "-404", "-429", "closed"),
    "auth-key guessing": _attack(key_guessing, 150, 10_000, "-404", "-429"),
    "containers of 1,025": _attack(container_of_1025, 2, 20, "-429"),
    "full containers": _attack(full_containers, 3, 20, "served", "-429"),
    "gzip bombs": _attack(gzip_bombs, 4, 60, "-429", "closed", _UNREADABLE),
    "depth five": _attack(depth_five, 20, 1000, _UNREADABLE),
    "oversized strings": _attack(
        oversized_strings, 12, 200, "rpc 400 INPUT_FETCH_ERROR", "rpc 400 USERNAME_INVALID", "rpc 400 MESSAGE_TOO_LONG"
    ),
    "deep vectors": _attack(deep_vectors, 12, 200, "rpc 400 INPUT_FETCH_ERROR", "rpc 400 INPUT_LAYER_INVALID"),
    "replay": _attack(replay, 50, 2000, "served"),
    "skewed clocks": _attack(skewed_clocks, 40, 2000, "bad_msg 16", "bad_msg 17"),
    "flood of calls": _attack(rpc_flood, 200, 2000, "served", "waits"),
    "flood of pings": _attack(ping_flood, 5000, 20_000, "-429", "served", "closed"),
}

__all__ = ["ATTACKS", "Attack", "ClientTransport", "Reactions", "Target", "gzip_bomb"]
