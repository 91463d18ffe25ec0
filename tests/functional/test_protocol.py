"""What clients rely on between sessions, keys and boxes, over real sockets."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from connection_tier.crypto.message import encrypt, pack_plaintext
from connection_tier.exchange import ClientExchange, MsgIdSource, decode_unencrypted, encode_unencrypted
from connection_tier.session import wire
from connection_tier.session.client_events import NewSession, RpcResult
from connection_tier.transport import ClientTransport
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member, raw, with_key
from tests.functional.test_sessions import _bind
from tests.raw_client import RawClient
from tests.servers import Server
from tl import api


async def test_a_session_belongs_to_its_key(server: Server) -> None:  # checklist 44, 118
    """The same session_id under two keys is two sessions: each has its own beginning and answers."""
    async with with_key(server) as one, with_key(server) as other:
        assert one.session is not None
        assert other.session is not None
        other.session.session_id = one.session.session_id
        for client in (one, other):
            assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)
            assert sum(isinstance(event, NewSession) for event in client.events) == 1


async def test_sessions_of_a_key_are_answered_apart(server: Server) -> None:  # checklist 44, 118
    """`RawClient` refuses a message of another session; each session gets the answers to its own queries only."""
    async with with_key(server) as one, raw(server) as other:
        assert one.key is not None
        other.use_key(one.key)
        await asyncio.gather(*(client.invoke(api.help.GetNearestDc()) for client in (one, other) for _ in range(20)))
        for client in (one, other):
            assert sum(isinstance(event, RpcResult) for event in client.events) == 20


async def test_replayed_ciphertext(server: Server) -> None:  # checklist 117, 133
    """The same bytes on another connection: the message is sent once."""
    async with member(server) as client, raw(server) as thief:
        assert client.session is not None
        _, answer = client.put(api.messages.SendMessage(peer=api.InputPeerSelf(), message="once", random_id=1))
        packet = client.session.next_packet()
        assert packet is not None
        plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
        payload = encrypt(client.auth_key, plaintext, from_server=False, random=os.urandom)
        await client.send_payload(payload)
        await answer
        await thief.send_payload(payload)
        await thief.wait_for(lambda: thief.packets_received)
    async with raw(server, key=client.key, session=client.session) as again:
        history = await again.invoke(
            api.messages.GetHistory(
                peer=api.InputPeerSelf(), offset_id=0, offset_date=0, add_offset=0, limit=10, max_id=0, min_id=0, hash=0
            )
        )
        assert [message.message for message in history.messages] == ["once"]


@pytest.mark.parametrize("dc_id", [1, 5, 10002, -2, -10004, None])
async def test_any_data_centre_is_this_server(server: Server, dc_id: int | None) -> None:  # checklist 10, 27, 112
    """Test ones (+10000) and those for media (negative) too, in the obfuscation's header and in the inner data."""
    client = raw(server)
    client._transport = ClientTransport("abridged", obfuscated=True, dc_id=dc_id or 2)
    async with client:
        exchange = ClientExchange([server.public_key], os.urandom, time.time, dc_id=dc_id)
        msg_ids = MsgIdSource(time.time)
        query: bytes | None = exchange.start()
        while query is not None:
            await client.send_payload(encode_unencrypted(msg_ids.next() - 1, query))
            query = exchange.receive(decode_unencrypted(await client.next_payload()).body)
        assert exchange.result is not None
        client.use_key(exchange.result)
        config = await client.invoke(api.help.GetConfig())
    assert {option.id for option in config.dc_options} == {1, 2, 3, 4, 5}
    assert {(option.ip_address, option.port) for option in config.dc_options} == {("127.0.0.1", server.tcp_port)}


async def test_a_destroyed_key_is_gone_everywhere(server: Server) -> None:  # checklist 61, 105
    """Its other connections and those of the temporary keys bound to it are closed, and -404 meets them."""
    async with member(server) as client, raw(server) as same_key, raw(server) as temporary:
        permanent = client.key
        assert permanent is not None
        assert client.session is not None
        same_key.use_key(permanent)
        await same_key.invoke(api.updates.GetState())
        await temporary.make_key(expires_in=3600)
        await _bind(temporary, permanent, expires_at=int(time.time()) + 3600)
        await temporary.invoke(api.updates.GetState())
        client.session.service(wire.destroy_auth_key(), is_content_related=True)
        await client.flush()
        for connection in (client, same_key, temporary):
            await connection.wait_closed()
        keys = [permanent, temporary.key]
    for key in keys:
        async with raw(server) as ghost:
            assert key is not None
            ghost.use_key(key)
            ghost.put(api.help.GetConfig())
            await ghost.flush()
            await ghost.wait_closed()
            assert ghost.error_code == -404


async def test_dropped_answer(server: Server) -> None:  # checklist 60
    """Of a query that runs, of one whose answer waits unacknowledged, and of one that never was."""
    async with with_key(server) as client:
        assert client.session is not None
        await client.invoke(api.help.GetConfig())
        dropped, answer = client.put(api.help.GetConfig())
        drop = client.session.drop_answer(dropped)
        unknown = client.session.drop_answer(dropped + 4)
        await client.flush()
        await answer
        await client.wait_for(lambda: {drop, unknown} <= {event.req_msg_id for event in results(client)})
        by_query = {event.req_msg_id: event.body for event in results(client)}
        assert by_query[dropped] == by_query[drop] == wire.rpc_answer_dropped_running()
        assert by_query[unknown] == wire.rpc_answer_unknown()


def results(client: RawClient) -> list[RpcResult]:
    return [event for event in client.events if isinstance(event, RpcResult)]


async def test_flood_wait(make_server: Callable[..., Server]) -> None:  # checklist 70, 71
    """Who asks for codes without end is told how long to wait, at once and not by a slow answer."""
    server = make_server(CIRRUSGRAM_FLOOD_LIMITS="true")
    async with with_key(server) as client:
        with pytest.raises(RpcError) as refused:
            for _ in range(100):
                await client.invoke(
                    api.auth.SendCode(
                        phone_number=new_phone(), api_id=1, api_hash="x" * 32, settings=api.CodeSettings()
                    )
                )
        assert refused.value.code == 420
        assert re.fullmatch(r"FLOOD_WAIT_\d+", refused.value.message)
        # Another method is not affected.
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)


async def test_error_codes(server: Server) -> None:  # checklist 70, 73
    """An UPPER_SNAKE name under the documented code."""
    nobody = api.InputPeerUser(user_id=1 << 40, access_hash=5)
    requests: list[tuple[int, Any]] = [
        (400, api.messages.SendMessage(peer=nobody, message="x", random_id=1)),
        (400, api.messages.SendMessage(peer=api.InputPeerSelf(), message="", random_id=2)),
        (400, api.auth.SendCode(phone_number="1", api_id=1, api_hash="", settings=api.CodeSettings())),
        (400, api.phone.GetGroupCall(call=api.InputGroupCall(id=1, access_hash=1), limit=1)),
    ]
    async with member(server) as client:
        for code, request in requests:
            with pytest.raises(RpcError) as refused:
                await client.invoke(request)
            assert refused.value.code == code
            assert re.fullmatch(r"[A-Z0-9_]+", refused.value.message)


async def test_app_config_is_not_sent_twice(server: Server) -> None:  # checklist 74, 113
    async with with_key(server) as client:
        config = await client.invoke(api.help.GetAppConfig(hash=0))
        names = {pair.key for pair in config.config.value}
        assert {"upload_max_fileparts_default", "upload_max_fileparts_premium"} <= names
        assert isinstance(await client.invoke(api.help.GetAppConfig(hash=config.hash)), api.help.AppConfigNotModified)


async def test_boxes_of_a_conversation(server: Server) -> None:  # checklist 76, 77, 78, 79, 81, 82, 83
    """pts without gaps on both sides, no message twice, and the difference gives what the pushes gave."""
    phone = new_phone()
    async with member(server, "Alice") as alice, member(server, "Bob", phone) as bob, raw(server) as tablet:
        assert alice.key is not None
        tablet.use_key(alice.key)
        peer = await alice.input_peer(phone)
        before = await bob.invoke(api.updates.GetState())
        mine = await alice.invoke(api.updates.GetState())
        await tablet.invoke(api.updates.GetState())
        sent = [
            await alice.invoke(api.messages.SendMessage(peer=peer, message=f"number {n}", random_id=100 + n))
            for n in range(3)
        ]
        assert [answer.pts for answer in sent] == [mine.pts + 1, mine.pts + 2, mine.pts + 3]
        assert [answer.pts_count for answer in sent] == [1, 1, 1]
        for client, expected in ((bob, before.pts + 3), (tablet, mine.pts + 3)):
            await client.wait_for(lambda c=client, pts=expected: pts in [p for p, _ in new_messages(c)])
        assert new_messages(bob) == [(before.pts + n + 1, f"number {n}") for n in range(3)]
        assert new_messages(tablet) == [(mine.pts + n + 1, f"number {n}") for n in range(3)]
        assert new_messages(alice) == []
        assert all(getattr(update, "seq", 0) == 0 for update in bob.updates)

        ids = [answer.id for answer in sent]
        deleted = await alice.invoke(api.messages.DeleteMessages(id=ids[:2]))
        assert (deleted.pts, deleted.pts_count) == (mine.pts + 5, 2)
        difference = await bob.invoke(api.updates.GetDifference(pts=before.pts, date=before.date, qts=0))
        assert [message.message for message in difference.new_messages] == [f"number {n}" for n in range(3)]
        assert {user.first_name for user in difference.users} >= {"Alice"}
        state = difference.state
        assert state.pts == before.pts + 3
        nothing = await bob.invoke(api.updates.GetDifference(pts=state.pts, date=state.date, qts=0))
        assert isinstance(nothing, api.updates.DifferenceEmpty)


def new_messages(client: RawClient) -> list[tuple[int, str]]:
    """(pts, text) of the pushed new messages, long or short."""
    found = []
    for pushed in client.updates:
        for update in getattr(pushed, "updates", None) or [getattr(pushed, "update", pushed)]:
            message = getattr(update, "message", None)
            if message is not None and hasattr(update, "pts"):
                found.append((update.pts, message if isinstance(message, str) else message.message))
    return found


async def test_exchanges_between_messages(server: Server) -> None:  # checklist 23, 35
    """A connection makes one key after another, and messages under the first interrupt no exchange."""
    async with with_key(server) as client:
        await client.invoke(api.help.GetConfig())
        first, session = client.key, client.session
        exchange = ClientExchange([server.public_key], os.urandom, time.time)
        msg_ids = MsgIdSource(time.time)
        query: bytes | None = exchange.start()
        while query is not None:
            await client.send_payload(encode_unencrypted(msg_ids.next() - 1, query))
            query = exchange.receive(decode_unencrypted(await client.next_payload()).body)
            assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)
        assert exchange.result is not None
        client.use_key(exchange.result)
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)
        assert first is not None
        client.key, client.session = first, session
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)
