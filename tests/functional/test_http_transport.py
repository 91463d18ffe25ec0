"""MTProto over HTTP on real sockets: https://core.telegram.org/mtproto/transports#http. checklist 16, 17, 19"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable

import aiohttp
import pytest

from connection_tier.exchange import encode_unencrypted
from connection_tier.session import wire
from connection_tier.session.client_events import Acknowledged, BadSalt, NewSession, Pong, RpcResult
from tests.functional.clients import member, with_key
from tests.functional.http_client import HttpClient, HttpRefused, http_member, over_http
from tests.servers import Server
from tl import api, mtproto


@pytest.mark.parametrize("path", ["/api", "/apiw1", "/apiw_test1", "/apiw_premium1", "/apiw1_test"])
async def test_key_and_query(server: Server, path: str) -> None:
    async with over_http(server, path) as client:
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)


async def test_on_the_tcp_port(server: Server) -> None:  # checklist 1, 2
    async with over_http(server, on_tcp_port=True) as client:
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)


async def test_exchange_survives_new_connections(server: Server) -> None:  # checklist 35
    async with HttpClient(server) as client:
        await client.make_key(fresh_connections=True)
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)


async def test_repeated_step_gets_the_same_answer(server: Server) -> None:  # checklist 35
    query = encode_unencrypted(time.time_ns() << 2, mtproto_req_pq())
    async with HttpClient(server) as client:
        first, second = await client.post(query), await client.post(query)
    assert first[20:] == second[20:]


def mtproto_req_pq() -> bytes:
    return mtproto.ReqPqMulti.CONSTRUCTOR_ID.to_bytes(4, "little") + os.urandom(16)


async def test_a_request_waits_for_its_query(server: Server) -> None:
    """The response to a new session holds new_session_created and the answer, not the former alone."""
    async with over_http(server) as client:
        msg_id = client.query(api.help.GetConfig())
        events = await client.flush()
    assert [type(event) for event in events] == [NewSession, RpcResult]
    assert isinstance(client.result(msg_id, api.help.GetConfig()), api.Config)


async def test_acknowledgements_alone_are_answered_at_once(server: Server) -> None:
    """A pipelining client would wait 25 s for nothing otherwise."""
    async with over_http(server) as client:
        assert client.session is not None
        await client.invoke(api.help.GetNearestDc())
        client.session.min_acks = 1
        async with asyncio.timeout(10):
            assert await client.flush() == []


async def test_wrong_salt_is_answered_at_once(server: Server) -> None:  # checklist 49
    async with over_http(server) as client:
        assert client.session is not None
        client.session.salt ^= 1
        client.query(api.help.GetNearestDc())
        async with asyncio.timeout(10):
            assert any(isinstance(event, BadSalt) for event in await client.flush())
            assert any(isinstance(event, RpcResult) for event in await client.flush())


async def test_ping(server: Server) -> None:  # checklist 59
    async with over_http(server) as client:
        assert client.session is not None
        client.session.ping(7)
        assert any(isinstance(event, Pong) and event.ping_id == 7 for event in await client.flush())


async def test_long_poll_ends_with_an_empty_container(server: Server) -> None:  # checklist 17
    async with over_http(server) as client:
        await client.invoke(api.help.GetNearestDc())
        before = time.monotonic()
        assert await client.flush((0, 0, 300)) == []
        assert time.monotonic() - before >= 0.3


async def test_long_poll_takes_an_update(server: Server) -> None:  # checklist 17
    async with http_member(server) as (bob, phone), member(server) as alice:
        peer = await alice.input_peer(phone)
        await bob.invoke(api.updates.GetState())
        poll = asyncio.create_task(bob.flush((0, 0, 20_000)))
        while not any(update_text(update) == "over http" for update in bob.updates):
            if poll.done():
                poll = asyncio.create_task(bob.flush((0, 0, 20_000)))
            else:
                await alice.invoke(
                    api.messages.SendMessage(
                        peer=peer, message="over http", random_id=int.from_bytes(os.urandom(7), "big")
                    )
                )
            await asyncio.wait({poll}, timeout=10)
        poll.cancel()
        await asyncio.gather(poll, return_exceptions=True)


def update_text(update: object) -> str | None:
    """The text of the new message in an update, short or not."""
    for part in (update, *getattr(update, "updates", ())):
        message = getattr(part, "message", None)
        if message is not None:
            return message if isinstance(message, str) else getattr(message, "message", None)
    return None


async def test_poll_collects_until_wait_after(server: Server) -> None:  # checklist 17
    """Several answers that come within wait_after of each other leave in one response."""
    async with over_http(server) as client:
        await client.invoke(api.help.GetNearestDc())
        asked = [client.query(api.help.GetNearestDc()), client.query(api.help.GetConfig())]
        events = await client.flush((5_000, 1_000, 20_000))
    assert {event.req_msg_id for event in events if isinstance(event, RpcResult)} == set(asked)


async def test_a_surplus_request_has_the_oldest_answered(server: Server) -> None:  # checklist 20
    """Eight responses of one session wait at most."""
    async with over_http(server) as client:
        await client.invoke(api.help.GetNearestDc())
        assert client.session is not None
        bodies = []
        for _ in range(9):
            client.session.service(wire.http_wait(0, 0, 20_000))
            bodies.append(client.pack())
        polls = [asyncio.create_task(client.post(body)) for body in bodies]
        done, waiting = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        assert (len(done), len(waiting)) == (1, 8)
        for poll in waiting:
            poll.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_sessions_of_a_key_are_bounded(server: Server) -> None:  # checklist 20
    """A client may begin sessions without end; the seventeenth has the first wait for its client, unharmed."""
    async with over_http(server) as client:
        assert client.key is not None
        await client.invoke(api.help.GetNearestDc())
        first = client.session
        for _ in range(20):
            client.use(client.key)
            await client.invoke(api.help.GetNearestDc())
        client.use(client.key, first)
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)
        assert sum(isinstance(event, NewSession) for event in client.events) == 21


async def test_session_moves_between_transports(server: Server) -> None:  # checklist 19
    """What TCP left unacknowledged rides on the next HTTP response, with the same msg_id and body."""
    async with with_key(server) as streaming:
        assert streaming.session is not None
        answer = await streaming.invoke_raw(api.help.GetNearestDc())
        first = streaming.session
        async with HttpClient(server) as client:
            client.take_over(streaming)
            seen = set(first._seen)
            first._seen.clear()
            first._acks.clear()
            first.ping(1)
            events = await client.flush()
    resent = [event for event in events if isinstance(event, RpcResult)]
    assert [(event.req_msg_id, event.body) for event in resent] == [(answer.req_msg_id, answer.body)]
    assert any(msg_id in seen for msg_id in first._seen)


async def test_lost_response_is_sent_again(server: Server) -> None:  # checklist 19, 54
    """A client that goes away while it waits gets its answer with a later response."""
    async with over_http(server) as client:
        await client.invoke(api.help.GetNearestDc())
        assert client.session is not None
        client.session.service(wire.http_wait(0, 0, 20_000))
        lost = asyncio.create_task(client.post(client.pack()))
        await asyncio.sleep(0.05)
        lost.cancel()
        await asyncio.gather(lost, return_exceptions=True)
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)


async def test_unknown_key(server: Server) -> None:  # checklist 13, 16
    async with HttpClient(server) as client:
        with pytest.raises(HttpRefused) as refused:
            await client.post(os.urandom(24 + 64))
    assert (refused.value.status, refused.value.code) == (404, -404)


async def test_broken_handshake(server: Server) -> None:  # checklist 25
    async with HttpClient(server) as client:
        for body in (b"\0" * 20, mtproto.ReqDHParams.CONSTRUCTOR_ID.to_bytes(4, "little") + bytes(32)):
            with pytest.raises(HttpRefused) as refused:
                await client.post(encode_unencrypted(4, body))
            assert (refused.value.status, refused.value.code) == (404, -404)


async def test_tampered_message(server: Server) -> None:  # checklist 42, 125
    async with over_http(server) as client:
        client.query(api.help.GetNearestDc())
        body = bytearray(client.pack())
        body[-1] ^= 1
        with pytest.raises(HttpRefused) as refused:
            await client.post(bytes(body))
    assert refused.value.status == 400


@pytest.mark.parametrize("length", [b"0", b"4", b"19", b"41", b"%d" % ((16 << 20) + 4)])
async def test_sizes(server: Server, length: bytes) -> None:  # checklist 9
    """Refused by the header, before a byte of the body is taken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.http_port)
    writer.write(b"POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + b"\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
    writer.close()
    await writer.wait_closed()


async def test_a_body_without_length(server: Server) -> None:  # checklist 16
    reader, writer = await asyncio.open_connection("127.0.0.1", server.http_port)
    writer.write(b"POST /api HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 411 ")
    writer.close()
    await writer.wait_closed()


async def test_a_body_that_ends_early(server: Server) -> None:  # checklist 133
    """Half a request and away: the node goes on."""
    _, writer = await asyncio.open_connection("127.0.0.1", server.http_port)
    writer.write(b"POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n" + bytes(100))
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    async with over_http(server) as client:
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)
    assert "Traceback" not in server.log.read_text()


async def test_garbage(server: Server) -> None:  # checklist 133
    """Whatever is posted, the status is one of those documented, and nothing is logged as a defect."""
    async with over_http(server) as client:
        assert client.key is not None
        for body in (
            os.urandom(24),
            bytes(64),
            client.key.auth_key.id_bytes + os.urandom(16),
            client.key.auth_key.id_bytes + os.urandom(16 + 1024),
            bytes(8) + os.urandom(40),
            encode_unencrypted(4, os.urandom(32)),
            encode_unencrypted(4, mtproto_req_pq()[:12]),
        ):
            with pytest.raises(HttpRefused) as refused:
                await client.post(body)
            assert refused.value.status in {400, 404}
            assert refused.value.code in {-400, -404}
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)
    assert "exception" not in server.log.read_text()


async def test_flood_of_a_container(server: Server) -> None:  # checklist 13, 62
    async with over_http(server) as client:
        assert client.session is not None
        for number in range(1025):
            client.session.ping(number)
        packet = client.session.next_packet(max_messages=1025)
        assert packet is not None
        with pytest.raises(HttpRefused) as refused:
            await client.post(client.encrypt(packet))
    assert (refused.value.status, refused.value.code) == (429, -429)


async def test_destroy_auth_key(server: Server) -> None:  # checklist 61
    """Its answer is the last the key is good for."""
    async with over_http(server) as client:
        assert client.session is not None
        await client.invoke(api.help.GetNearestDc())
        client.session.service(wire.destroy_auth_key())
        events = await client.flush()
        assert wire.DESTROY_AUTH_KEY_OK in {getattr(event, "constructor_id", 0) for event in events}
        client.query(api.help.GetNearestDc())
        with pytest.raises(HttpRefused) as refused:
            await client.flush()
    assert refused.value.code == -404


async def test_answers_are_acknowledgements(server: Server) -> None:  # checklist 53
    async with over_http(server) as client:
        await client.invoke(api.help.GetNearestDc())
        await client.flush()
    assert not client.has(lambda event: isinstance(event, Acknowledged))


async def test_page(server: Server) -> None:  # checklist 16: CORS
    async with aiohttp.ClientSession() as http:
        headers = {"Origin": "https://web.example.org", "Access-Control-Request-Method": "POST"}
        async with http.options(f"{server.http_url}/apiw1", headers=headers) as response:
            assert response.status == 204
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "POST" in response.headers["Access-Control-Allow-Methods"]
        body = encode_unencrypted(4, mtproto_req_pq())
        async with http.post(f"{server.http_url}/apiw1", data=body, headers=headers) as response:
            assert response.status == 200
            assert response.headers["Access-Control-Allow-Origin"] == "*"
        async with http.post(f"{server.http_url}/api", data=body, headers=headers) as response:
            assert "Access-Control-Allow-Origin" not in response.headers
        async with http.get(f"{server.http_url}/api") as response:
            assert response.status == 405


async def test_content_length_is_the_last_header(server: Server) -> None:
    """Telethon takes what follows it for the body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.tcp_port)
    body = encode_unencrypted(4, mtproto_req_pq())
    writer.write(b"POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.split(b"\r\n")[-3].startswith(b"Content-Length: ")
    writer.close()
    await writer.wait_closed()


async def test_a_stopping_node_answers_what_waits(make_server: Callable[..., Server]) -> None:  # checklist 17
    server = make_server()
    async with over_http(server) as client:
        await client.invoke(api.help.GetNearestDc())
        poll = asyncio.create_task(client.flush((0, 0, 25_000)))
        await asyncio.sleep(0.2)
        server.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            assert await poll == []
    assert await asyncio.to_thread(server.wait) == 0
