"""Two nodes of one deployment: a client may come to either at any time."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

import tl
from connection_tier.exchange.binding import encrypt_binding
from connection_tier.session.client import ClientSession
from connection_tier.session.client_events import FutureSalts, NewSession
from connection_tier.session.msg_id import ClientMsgIds
from layers.errors import RpcError
from tests.chaos.stack_nodes import start_nodes
from tests.deployments import shared_settings
from tests.raw_client import RawClient, TcpStream
from tests.servers import Server
from tl import api

_DAY_S = 86_400


@pytest.fixture(scope="module")
def nodes(
    tmp_path_factory: pytest.TempPathFactory, mariadb_url: str, redis_url: str, kafka_url: str, s3_url: str
) -> Iterator[list[Server]]:
    """Two nodes with a worker each on MariaDB, Redis, Kafka and S3."""
    folder = tmp_path_factory.mktemp("nodes")
    settings = shared_settings(
        folder,
        mariadb_url=mariadb_url,
        redis_url=redis_url,
        kafka_url=kafka_url,
        s3_url=s3_url,
    )
    started = start_nodes(folder, settings, 2)
    yield started
    for node in started:
        node.kill()


class HeldStream(TcpStream):
    """A stream that stops giving what arrives once ``is_held``: answers are lost on the way."""

    is_held = False

    async def receive(self) -> bytes:
        """Bytes, or nothing for ever."""
        data = await super().receive()
        if self.is_held:
            await asyncio.Event().wait()
        return data


def at(node: Server, client: RawClient | None = None) -> RawClient:
    """A new connection to a node, with the key and session of another client."""
    stream = HeldStream("127.0.0.1", node.tcp_port)
    if client is None:
        return RawClient(node.public_key, stream)
    return RawClient(node.public_key, stream, key=client.key, session=client.session)


async def sign_up(client: RawClient, phone: str) -> api.User:
    await client.make_key()
    return await client.sign_up(phone, "Someone")


async def self_id(client: RawClient) -> int:
    users = await client.invoke(api.users.GetUsers(id=[api.InputUserSelf()]))
    return int(users[0].id)


async def test_a_session_goes_on_at_another_node(nodes: list[Server]) -> None:
    """The same key and session, without sign-in. Checklist 14."""
    async with at(nodes[0]) as first:
        user = await sign_up(first, "+9996620001")
    async with at(nodes[1], first) as second:
        assert await self_id(second) == user.id
        assert any(isinstance(event, NewSession) for event in second.events)
        assert second.error_code is None
    async with at(nodes[0], second) as third:
        assert await self_id(third) == user.id


async def test_an_unanswered_query_is_not_executed_again(nodes: list[Server]) -> None:
    """Sent again to another node under its msg_id, it gets the answer of its one execution. Checklist 47."""
    async with at(nodes[0]) as first:
        await sign_up(first, "+9996620002")
        assert first.key is not None
        async with at(nodes[1]) as watching:
            watching.use_key(first.key)
            await watching.invoke(api.updates.GetState())
            request = api.messages.SendMessage(peer=api.InputPeerSelf(), message="once", random_id=1)
            sent = await first.invoke(request)
            await watching.wait_for(lambda: watching.updates)
            before = await watching.invoke(api.updates.GetState())
            assert isinstance(first.stream, HeldStream)
            first.stream.is_held = True
            msg_id, _ = first.put(api.messages.DeleteMessages(id=[_message_id(sent)]))
            await first.flush()
            # Executed a second time it would find nothing and say pts_count=0.
            await watching.wait_for(lambda: any(_deletes(update) for update in watching.updates))
    async with at(nodes[1], first) as second:
        answer = second.put_again(msg_id)
        await second.flush()
        async with asyncio.timeout(10):
            result: Any = tl.decode((await answer).body)
        assert isinstance(result, api.messages.AffectedMessages)
        assert (result.pts, result.pts_count) == (before.pts + 1, 1)
        assert (await second.invoke(api.updates.GetState())).pts == before.pts + 1


def _message_id(sent: Any) -> int:
    if isinstance(sent, api.UpdateShortSentMessage):
        return sent.id
    return next(update.message.id for update in sent.updates if isinstance(update, api.UpdateNewMessage))


def _deletes(container: Any) -> bool:
    updates = container.updates if isinstance(container, api.Updates) else [getattr(container, "update", None)]
    return any(isinstance(update, api.UpdateDeleteMessages) for update in updates)


def _texts(client: RawClient) -> list[str]:
    return [
        update.message.message
        for container in client.updates
        if isinstance(container, api.Updates)
        for update in container.updates
        if isinstance(update, api.UpdateNewMessage) and isinstance(update.message, api.Message)
    ]


async def test_pushes_reach_the_other_node(nodes: list[Server]) -> None:
    async with at(nodes[0]) as alice, at(nodes[1]) as bob:
        await sign_up(alice, "+9996620003")
        await sign_up(bob, "+9996620004")
        to_bob = await alice.input_peer("+9996620004")
        to_alice = await bob.input_peer("+9996620003")
        for number in range(5):
            await alice.invoke(api.messages.SendMessage(peer=to_bob, message=f"a{number}", random_id=10 + number))
            await bob.invoke(api.messages.SendMessage(peer=to_alice, message=f"b{number}", random_id=20 + number))
        await bob.wait_for(lambda: "a4" in _texts(bob))
        await alice.wait_for(lambda: "b4" in _texts(alice))
        assert _texts(bob) == [f"a{number}" for number in range(5)]
        assert _texts(alice) == [f"b{number}" for number in range(5)]


async def _salts(client: RawClient) -> set[tuple[int, int, int]]:
    def answers() -> list[FutureSalts]:
        return [event for event in client.events if isinstance(event, FutureSalts)]

    assert client.session is not None
    client.session.get_future_salts(8)
    await client.flush()
    await client.wait_for(answers)
    return set(answers()[0].salts)


async def test_nodes_agree_on_salts(nodes: list[Server]) -> None:
    async with at(nodes[0]) as first:
        await first.make_key()
        salts = await _salts(first)
    async with at(nodes[1], first) as second:
        others = await _salts(second)
    assert len(salts & others) >= len(salts) - 1, "an hour may have turned between the two"


async def test_a_temporary_key_works_at_the_other_node(nodes: list[Server]) -> None:
    """Checklist 37."""
    async with at(nodes[0]) as first:
        user = await sign_up(first, "+9996620005")
        permanent = first.auth_key
        temporary = await first.make_key(expires_in=_DAY_S)
    async with at(nodes[1], first) as second:
        now = time.time()
        session_id = 4711
        second.session = ClientSession(session_id, salt=temporary.server_salt, clock=lambda: now)
        nonce, expires_at = 99, int(now) + _DAY_S
        proof = encrypt_binding(
            permanent,
            msg_id=ClientMsgIds(lambda: now).next(),
            nonce=nonce,
            temp_auth_key_id=temporary.auth_key.id,
            temp_session_id=session_id,
            expires_at=expires_at,
            random=os.urandom,
        )
        request = api.auth.BindTempAuthKey(
            perm_auth_key_id=permanent.id, nonce=nonce, expires_at=expires_at, encrypted_message=proof
        )
        assert await second.invoke(request) is True
        assert await self_id(second) == user.id
    async with at(nodes[0], second) as third:
        assert await self_id(third) == user.id


async def test_signing_out_ends_sessions_everywhere(nodes: list[Server]) -> None:
    async with at(nodes[0]) as first, at(nodes[1]) as second:
        user = await sign_up(first, "+9996620006")
        assert first.key is not None
        second.use_key(first.key)
        assert await self_id(second) == user.id
        await first.invoke(api.auth.LogOut())

        async def is_out() -> bool:
            try:
                await self_id(second)
            except RpcError as error:
                assert (error.code, error.type) == (401, "AUTH_KEY_UNREGISTERED")
                return True
            return False

        async with asyncio.timeout(10):
            while not await is_out():
                pass


async def test_a_post_to_a_channel_reaches_members_at_other_nodes(nodes: list[Server]) -> None:
    async with at(nodes[0]) as owner, at(nodes[1]) as reader:
        await sign_up(owner, "+9996620009")
        await sign_up(reader, "+9996620010")
        await reader.invoke(api.updates.GetState())
        made = await owner.invoke(api.channels.CreateChannel(title="Group", about="", megagroup=True))
        channel = api.InputChannel(channel_id=made.chats[0].id, access_hash=made.chats[0].access_hash)
        peer = api.InputPeerChannel(channel_id=channel.channel_id, access_hash=channel.access_hash)
        user = await owner.input_peer("+9996620010")
        invited = api.InputUser(user_id=user.user_id, access_hash=user.access_hash)
        await owner.invoke(api.channels.InviteToChannel(channel=channel, users=[invited]))
        # The node has begun to listen when it tells the client to catch up.
        await reader.wait_for(lambda: any(isinstance(item, api.UpdateChannelTooLong) for item in _updates(reader)))
        for number in range(3):
            await owner.invoke(api.messages.SendMessage(peer=peer, message=f"post {number}", random_id=50 + number))
        await reader.wait_for(lambda: "post 2" in _channel_texts(reader))
        assert _channel_texts(reader) == ["post 0", "post 1", "post 2"]


async def test_a_secret_chat_joins_devices_at_different_nodes(nodes: list[Server]) -> None:
    """What is for one device reaches it at its node, and no other device at either node. Checklist 107."""
    async with at(nodes[0]) as alice, at(nodes[1]) as bob, at(nodes[0]) as desk:
        await sign_up(alice, "+9996620011")
        for client in (bob, desk):
            await sign_up(client, "+9996620012")
        for client in (alice, bob, desk):
            await client.invoke(api.updates.GetState())
        peer = await alice.input_peer("+9996620012")
        asked = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
        number = (3 << 2000).to_bytes(256, "big")
        waiting = await alice.invoke(api.messages.RequestEncryption(user_id=asked, random_id=12, g_a=number))
        for client in (bob, desk):
            await client.wait_for(lambda c=client: len(_chats(c)) == 1)
        (request,) = _chats(bob)
        at_bob = api.InputEncryptedChat(chat_id=request.id, access_hash=request.access_hash)
        await bob.invoke(api.messages.AcceptEncryption(peer=at_bob, g_b=number, key_fingerprint=1))
        await alice.wait_for(lambda: bool(_chats(alice)))
        await desk.wait_for(lambda: len(_chats(desk)) == 2)
        at_alice = api.InputEncryptedChat(chat_id=waiting.id, access_hash=waiting.access_hash)
        for index in range(3):
            data = bytes([index]) * 40
            await alice.invoke(api.messages.SendEncrypted(peer=at_alice, random_id=index + 1, data=data))
        await bob.wait_for(lambda: len(_secret(bob)) == 3)
        assert sorted(_secret(bob)) == [2, 3, 4]
        await bob.invoke(api.messages.SendEncrypted(peer=at_bob, random_id=1, data=bytes(40)))
        await alice.wait_for(lambda: _secret(alice) == [2])
        await desk.invoke(api.help.GetNearestDc())
        assert _secret(desk) == []


def _chats(client: RawClient) -> list[Any]:
    return [item.chat for item in _updates(client) if isinstance(item, api.UpdateEncryption)]


def _secret(client: RawClient) -> list[int]:
    return [item.qts for item in _updates(client) if isinstance(item, api.UpdateNewEncryptedMessage)]


def _updates(client: RawClient) -> list[Any]:
    found: list[Any] = []
    for container in client.updates:
        found += container.updates if isinstance(container, api.Updates) else [getattr(container, "update", None)]
    return found


def _channel_texts(client: RawClient) -> list[str]:
    new = [item.message for item in _updates(client) if isinstance(item, api.UpdateNewChannelMessage)]
    return [message.message for message in new if isinstance(message, api.Message)]


async def test_a_node_lets_a_session_go_that_another_one_has(nodes: list[Server]) -> None:
    async with at(nodes[0]) as first, at(nodes[0]) as friend:
        await sign_up(first, "+9996620007")
        await sign_up(friend, "+9996620008")
        peer = await friend.input_peer("+9996620007")
        await first.invoke(api.updates.GetState())
        async with at(nodes[1], first) as second:
            await second.invoke(api.updates.GetState())
            before = len(first.updates)
            for number in range(3):
                await friend.invoke(api.messages.SendMessage(peer=peer, message=f"{number}", random_id=30 + number))
            await second.wait_for(lambda: "2" in _texts(second))
            assert _texts(second) == ["0", "1", "2"]
            assert len(first.updates) == before, "the connection that lost the session hears nothing more"
