"""Sessions over real sockets: https://core.telegram.org/mtproto/service_messages."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time

import tl
from connection_tier.crypto.message import encrypt, pack_plaintext
from connection_tier.exchange import ClientKey
from connection_tier.exchange.binding import encrypt_binding
from connection_tier.session import wire
from connection_tier.session.client import _Sent
from connection_tier.session.client_events import (
    BadMsg,
    BadSalt,
    FutureSalts,
    NewSession,
    Pong,
    RpcResult,
    ServiceAnswer,
    StateInfo,
)
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member, raw, with_key
from tests.raw_client import RawClient
from tests.servers import Server
from tl import api


def _has(client: RawClient, kind: type) -> bool:
    return any(isinstance(event, kind) for event in client.events)


async def test_new_session_is_told_before_the_first_answer(server: Server) -> None:  # checklist 58
    async with with_key(server) as client:
        msg_id, answer = client.put(api.help.GetConfig())
        await client.flush()
        await answer
        kinds = [type(event) for event in client.events if isinstance(event, (NewSession, RpcResult))]
        assert kinds == [NewSession, RpcResult]
        [created] = [event for event in client.events if isinstance(event, NewSession)]
        assert created.first_msg_id == msg_id


async def test_wrong_salt_is_corrected(server: Server) -> None:  # checklist 49, 51
    async with with_key(server) as client:
        assert client.session is not None
        right, client.session.salt = client.session.salt, 12345
        config = await client.invoke(api.help.GetConfig())
        assert isinstance(config, api.Config)
        [refused] = [event for event in client.events if isinstance(event, BadSalt)]
        assert refused.new_server_salt == client.session.salt
        assert right != 12345


async def test_future_salts_work(server: Server) -> None:  # checklist 51
    async with with_key(server) as client:
        assert client.session is not None
        client.session.get_future_salts(4)
        await client.flush()
        await client.wait_for(lambda: _has(client, FutureSalts))
        [answer] = [event for event in client.events if isinstance(event, FutureSalts)]
        assert len(answer.salts) == 4
        valid = [salt for since, until, salt in answer.salts if since <= answer.now < until]
        client.session.salt = valid[-1]
        await client.invoke(api.help.GetConfig())
        assert not _has(client, BadSalt)


async def test_clock_skew_is_refused_and_healed(server: Server) -> None:  # checklist 46, 49
    async with with_key(server) as client:
        assert client.session is not None
        session = client.session
        real = session._msg_ids._clock
        session._msg_ids._clock = lambda: real() - 3600
        await client.invoke(api.help.GetConfig())
        [refused] = [event for event in client.events if isinstance(event, BadMsg)]
        assert refused.error_code == 16


async def test_ping_and_state_request(server: Server) -> None:  # checklist 55, 59
    async with with_key(server) as client:
        assert client.session is not None
        ping = client.session.ping(77)
        await client.flush()
        await client.wait_for(lambda: _has(client, Pong))
        assert Pong(ping, 77) in client.events
        client.session.request_states(ping, ping + (1 << 40))
        await client.flush()
        await client.wait_for(lambda: _has(client, StateInfo))
        [info] = [event.info for event in client.events if isinstance(event, StateInfo)]
        assert (info[0] & 7, info[1] & 7) == (4, 3)


async def test_ping_delay_disconnect_closes(server: Server) -> None:  # checklist 59
    async with with_key(server) as client:
        assert client.session is not None
        client.session.ping_delay_disconnect(1, 1)
        await client.flush()
        await client.wait_for(lambda: _has(client, Pong))
        await client.wait_closed()


async def test_messages_are_acknowledged(server: Server) -> None:  # checklist 53
    async with with_key(server) as client:
        assert client.session is not None
        client.session.service(wire.msgs_ack([1]))
        ids = [client.put(api.help.GetConfig())[0] for _ in range(20)]
        await client.flush()

        def answered() -> bool:
            return {e.req_msg_id for e in client.events if isinstance(e, RpcResult)} >= set(ids)

        await client.wait_for(answered)
        assert not _has(client, BadMsg)


async def test_unacknowledged_answer_is_sent_again_after_reconnecting(server: Server) -> None:  # checklist 19, 54
    async with with_key(server) as client:
        assert client.session is not None
        await client.invoke(api.help.GetNearestDc())
        # The client acknowledges nothing from now on.
        client.session.min_acks = 10**6
        msg_id, answer = client.put(api.help.GetConfig())
        await client.flush()
        first = await answer
        key, session = client.key, client.session
    async with raw(server, key=key, session=session) as again:
        again._is_declared = True
        session._seen.clear()
        session._acks.clear()
        session.ping(1)
        await again.flush()
        await again.wait_for(lambda: any(isinstance(e, RpcResult) and e.req_msg_id == msg_id for e in again.events))
        [second] = [e for e in again.events if isinstance(e, RpcResult) and e.req_msg_id == msg_id]
        assert second.body == first.body
        assert not _has(again, NewSession)


async def test_repeated_request_is_not_executed_again(server: Server) -> None:  # checklist 47, 57
    async with member(server) as client:
        assert client.session is not None
        request = api.messages.SendMessage(peer=api.InputPeerSelf(), message="once", random_id=5)
        msg_id, answer = client.put(request)
        packet = client.session.next_packet()
        assert packet is not None
        plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
        for _ in range(3):
            await client.send_payload(encrypt(client.auth_key, plaintext, from_server=False, random=os.urandom))
        await answer
        history = await client.invoke(
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
        assert [message.message for message in history.messages] == ["once"]
        assert msg_id


async def test_quick_ack(server: Server) -> None:  # checklist 12
    for kind in ("abridged", "intermediate", "padded_intermediate"):
        async with with_key(server, kind=kind) as client:
            assert client.session is not None
            client.put(api.help.GetConfig())
            packet = client.session.next_packet()
            assert packet is not None
            plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
            padded = plaintext + os.urandom(12 + (-len(plaintext) - 12) % 16)
            payload = encrypt(client.auth_key, plaintext, from_server=False, random=lambda n, p=padded: p[-n:])  # type: ignore[misc]
            digest = hashlib.sha256(client.auth_key.key[88:120] + padded).digest()
            await client.send_payload(payload, quick_ack=True)
            await client.wait_for(lambda c=client: c.quick_acks)
            token = bytearray(digest[:4])
            token[3] |= 0x80
            assert client.quick_acks == [bytes(token)]


async def test_destroy_auth_key(server: Server) -> None:  # checklist 61
    phone = new_phone()
    async with member(server, phone=phone) as client, member(server, phone=phone) as other:
        assert client.session is not None
        client.session.service(wire.destroy_auth_key(), is_content_related=True)
        await client.flush()
        await client.wait_closed()
        [answer] = [event for event in client.events if isinstance(event, ServiceAnswer)]
        assert answer.constructor_id == wire.DESTROY_AUTH_KEY_OK
        # It is signed out, too.
        listed = await other.invoke(api.account.GetAuthorizations())
        assert len(listed.authorizations) == 1
        key = client.key
    async with raw(server, key=key) as ghost:
        assert key is not None
        ghost.use_key(key)
        ghost.put(api.help.GetConfig())
        await ghost.flush()
        await ghost.wait_closed()
        assert ghost.error_code == -404


async def test_destroy_session(server: Server) -> None:  # checklist 61
    async with with_key(server) as client:
        await client.invoke(api.help.GetConfig())
        assert client.session is not None
        assert client.key is not None
        old = client.session.session_id
        client.use_key(client.key)
        client.session.service(wire.destroy_session(old), is_content_related=True)
        client.session.service(wire.destroy_session(12345), is_content_related=True)
        await client.flush()
        await client.wait_for(lambda: sum(isinstance(e, ServiceAnswer) for e in client.events) == 2)
        kinds = [event.constructor_id for event in client.events if isinstance(event, ServiceAnswer)]
        assert sorted(kinds) == sorted([wire.DESTROY_SESSION_OK, wire.DESTROY_SESSION_NONE])


async def _bind(client: RawClient, permanent: ClientKey, *, expires_at: int) -> object:
    assert client.session is not None
    nonce = int.from_bytes(os.urandom(8), "little", signed=True)
    # The inner message carries the msg_id of the request itself, so that is made first.
    msg_id = client.session._msg_ids.next()
    message = encrypt_binding(
        permanent.auth_key,
        msg_id=msg_id,
        nonce=nonce,
        temp_auth_key_id=client.auth_key.id,
        temp_session_id=client.session.session_id,
        expires_at=expires_at,
        random=os.urandom,
    )
    request = api.auth.BindTempAuthKey(
        perm_auth_key_id=permanent.auth_key.id,
        nonce=nonce,
        expires_at=expires_at,
        encrypted_message=message,
    )
    client.session._queue.append(_Sent(msg_id, 2 * client.session._content_count + 1, tl.encode(request)))
    client.session._content_count += 1
    answer = client._waiting[msg_id] = asyncio.get_running_loop().create_future()
    await client.flush()
    return client._decoded(await answer, request)


async def test_temporary_key(server: Server) -> None:  # checklist 37, 38, 39
    async with member(server, "Perfect") as client:
        permanent = client.key
        me = (await client.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0]
    assert permanent is not None
    async with raw(server) as temporary:
        key = await temporary.make_key(expires_in=3600)
        assert key.expires_at is not None
        try:
            await temporary.invoke(api.updates.GetState())
        except RpcError as error:
            assert (error.code, error.message) == (401, "AUTH_KEY_PERM_EMPTY")
        else:
            raise AssertionError("an unbound key was served")
        assert await _bind(temporary, permanent, expires_at=int(time.time()) + 3600) is True
        temporary._is_declared = False
        again = (await temporary.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0]
        assert (again.id, again.first_name) == (me.id, "Perfect")
        await temporary.invoke(
            api.messages.SendMessage(peer=api.InputPeerSelf(), message="under a temporary key", random_id=9)
        )
