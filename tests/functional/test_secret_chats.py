"""A secret chat from the key exchange to its end over real sockets, encrypted by the clients. Checklist 76, 107."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable
from typing import Any

import pytest

from connection_tier.crypto.dh import check_group, check_group_element, generate_key_pair, shared_key
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member, raw
from tests.raw_client import RawClient
from tests.secret_client import (
    SecretChat,
    decrypt_file,
    document_of,
    encrypt_file,
    text_message,
    text_of,
)
from tests.servers import Server
from tl import api

M = api.messages
_PART = 512 * 1024


def updates(client: RawClient, kind: type[Any]) -> list[Any]:
    """Updates of a kind that the client was pushed so far."""
    found: list[Any] = []
    for container in client.updates:
        found += container.updates if isinstance(container, api.Updates) else [getattr(container, "update", None)]
    return [item for item in found if isinstance(item, kind)]


async def pushed(client: RawClient, kind: type[Any], count: int = 1) -> Any:
    """The ``count``-th update of a kind, once it is there."""
    await client.wait_for(lambda: len(updates(client, kind)) >= count)
    return updates(client, kind)[count - 1]


async def key_pair(client: RawClient) -> tuple[int, int]:
    """A secret exponent and its public number in the group that the server offers, with its randomness mixed in."""
    config = await client.invoke(M.GetDhConfig(version=0, random_length=256))
    prime = int.from_bytes(config.p, "big")
    check_group(config.g, prime)

    def mixed(length: int) -> bytes:
        return bytes(own ^ theirs for own, theirs in zip(os.urandom(length), config.random, strict=True))

    return await asyncio.to_thread(generate_key_pair, mixed, config.g, prime)


class Talk:
    """Two devices in a chat; each message is encrypted by one and decrypted by the other."""

    def __init__(self, alice: RawClient, bob: RawClient, hers: Any, his: Any, keys: tuple[SecretChat, SecretChat]):
        self.alice, self.bob = alice, bob
        self.hers, self.his = hers, his
        self.alice_key, self.bob_key = keys
        self._numbers = {True: 0, False: 0}

    async def say(self, text: str, *, by_alice: bool, media: bytes | None = None, file: Any = None) -> Any:
        """Send; the server's answer."""
        number = self._numbers[by_alice]
        self._numbers[by_alice] += 1
        random_id = int.from_bytes(os.urandom(8), "little", signed=True)
        client, peer, key = (self.alice, self.hers, self.alice_key) if by_alice else (self.bob, self.his, self.bob_key)
        data = key.encrypt(text_message(random_id, text, number, is_originator=by_alice, media=media))
        if file is not None:
            return await client.invoke(M.SendEncryptedFile(peer=peer, random_id=random_id, data=data, file=file))
        return await client.invoke(M.SendEncrypted(peer=peer, random_id=random_id, data=data))


async def begin(alice: RawClient, bob: RawClient, phone: str) -> Talk:
    """Exchange keys between two devices; both fingerprints agree."""
    user = await alice.input_peer(phone)
    asked = api.InputUser(user_id=user.user_id, access_hash=user.access_hash)
    a, g_a = await key_pair(alice)
    chat_id = int.from_bytes(os.urandom(4), "little") >> 1 or 1
    waiting = await alice.invoke(M.RequestEncryption(user_id=asked, random_id=chat_id, g_a=g_a.to_bytes(256, "big")))
    request = (await pushed(bob, api.UpdateEncryption)).chat
    check_group_element(int.from_bytes(request.g_a, "big"))
    b, g_b = await key_pair(bob)
    bob_key = SecretChat(
        await asyncio.to_thread(shared_key, int.from_bytes(request.g_a, "big"), b), is_originator=False
    )
    his = api.InputEncryptedChat(chat_id=request.id, access_hash=request.access_hash)
    await bob.invoke(M.AcceptEncryption(peer=his, g_b=g_b.to_bytes(256, "big"), key_fingerprint=bob_key.fingerprint))
    chat = (await pushed(alice, api.UpdateEncryption)).chat
    check_group_element(int.from_bytes(chat.g_a_or_b, "big"))
    alice_key = SecretChat(
        await asyncio.to_thread(shared_key, int.from_bytes(chat.g_a_or_b, "big"), a), is_originator=True
    )
    assert alice_key.fingerprint == bob_key.fingerprint == chat.key_fingerprint
    hers = api.InputEncryptedChat(chat_id=waiting.id, access_hash=waiting.access_hash)
    return Talk(alice, bob, hers, his, (alice_key, bob_key))


async def download(client: RawClient, file: Any) -> bytes:
    location = api.InputEncryptedFileLocation(id=file.id, access_hash=file.access_hash)
    data = b""
    while len(data) < file.size:
        answer = await client.invoke(api.upload.GetFile(location=location, offset=len(data), limit=_PART))
        assert answer.bytes
        data += answer.bytes
    return data


@pytest.fixture
def phones() -> tuple[str, str]:
    return new_phone(), new_phone()


async def test_a_whole_secret_chat(server: Server, phones: tuple[str, str]) -> None:
    async with (
        member(server, "Alice", phones[0]) as alice,
        member(server, "Alice", phones[0]) as tablet,
        member(server, "Bob", phones[1]) as bob,
        member(server, "Bob", phones[1]) as desk,
    ):
        for client in (alice, tablet, bob, desk):
            assert (await client.invoke(api.updates.GetState())).qts == 1
        talk = await begin(alice, bob, phones[1])
        assert isinstance((await pushed(desk, api.UpdateEncryption)).chat, api.EncryptedChatRequested)
        assert isinstance((await pushed(desk, api.UpdateEncryption, 2)).chat, api.EncryptedChatDiscarded)

        await talk.say("What the server must not read", by_alice=True)
        got = await pushed(bob, api.UpdateNewEncryptedMessage)
        assert text_of(talk.bob_key.decrypt(got.message.bytes))[1] == "What the server must not read"
        await talk.say("Nor this", by_alice=False)
        back = await pushed(alice, api.UpdateNewEncryptedMessage)
        assert text_of(talk.alice_key.decrypt(back.message.bytes))[1] == "Nor this"
        assert (got.qts, back.qts) == (2, 2)

        await bob.invoke(M.SetEncryptedTyping(peer=talk.his, typing=True))
        await pushed(alice, api.UpdateEncryptedChatTyping)
        await bob.invoke(M.ReadEncryptedHistory(peer=talk.his, max_date=got.message.date))
        assert (await pushed(alice, api.UpdateEncryptedMessagesRead)).max_date == got.message.date
        assert await bob.invoke(M.ReceivedQueue(max_qts=2)) == [got.message.random_id]

        await alice.invoke(M.DiscardEncryption(chat_id=talk.hers.chat_id, delete_history=True))
        gone = (await pushed(bob, api.UpdateEncryption, 2)).chat
        assert gone == api.EncryptedChatDiscarded(id=talk.hers.chat_id, history_deleted=True)
        with pytest.raises(RpcError, match="ENCRYPTION_DECLINED"):
            await talk.say("too late", by_alice=False)
        # What other devices were sent has arrived by now: nothing of it was for them.
        for client in (tablet, desk):
            await client.invoke(api.help.GetNearestDc())
            assert updates(client, api.UpdateNewEncryptedMessage) == []
        assert updates(tablet, api.UpdateEncryption) == []


async def test_files(server: Server, phones: tuple[str, str]) -> None:
    """A large one, in parts, and a small one; the other side decrypts what it downloads."""
    async with member(server, "Alice", phones[0]) as alice, member(server, "Bob", phones[1]) as bob:
        for client in (alice, bob):
            await client.invoke(api.updates.GetState())
        talk = await begin(alice, bob, phones[1])
        for number, size in enumerate((700 * 1024 + 5, 1000), start=1):
            content = os.urandom(size)
            sealed = encrypt_file(content)
            file_id = int.from_bytes(os.urandom(8), "little", signed=True)
            parts = [sealed.data[start : start + _PART] for start in range(0, len(sealed.data), _PART)]
            for part, data in enumerate(parts):
                await alice.invoke(api.upload.SaveFilePart(file_id=file_id, file_part=part, bytes=data))
            file = api.InputEncryptedFileUploaded(
                id=file_id, parts=len(parts), md5_checksum="", key_fingerprint=sealed.fingerprint
            )
            sent = await talk.say("see here", by_alice=True, media=sealed.media, file=file)
            got = (await pushed(bob, api.UpdateNewEncryptedMessage, number)).message
            _, text, media = text_of(talk.bob_key.decrypt(got.bytes))
            assert text == "see here"
            assert got.file.key_fingerprint == sent.file.key_fingerprint == sealed.fingerprint
            length, key, iv = document_of(media)
            assert decrypt_file(await download(bob, got.file), key, iv, length) == content
            assert await download(alice, sent.file) == sealed.data


async def test_an_offline_device_catches_up(server: Server, phones: tuple[str, str]) -> None:
    """In slices, in order, and once; a text that it cannot have by another way."""
    async with member(server, "Alice", phones[0]) as alice:
        await alice.invoke(api.updates.GetState())
        async with member(server, "Bob", phones[1]) as bob:
            state = await bob.invoke(api.updates.GetState())
            talk = await begin(alice, bob, phones[1])
            key = bob.key
        for number in range(5):
            await talk.say(f"while you were away {number}", by_alice=True)
        async with raw(server, key=key) as again:
            assert key is not None
            again.use_key(key)
            texts, qts, date = [], state.qts, state.date
            for _ in range(10):
                request = api.updates.GetDifference(pts=state.pts, date=date, qts=qts, qts_limit=2)
                found = await again.invoke(request)
                plain = [talk.bob_key.decrypt(message.bytes) for message in found.new_encrypted_messages]
                texts += [text_of(message)[1] for message in plain]
                is_last = isinstance(found, api.updates.Difference)
                reached = found.state if is_last else found.intermediate_state
                qts, date = reached.qts, reached.date
                if is_last:
                    break
            assert texts == [f"while you were away {number}" for number in range(5)]
            assert qts == (await again.invoke(api.updates.GetState())).qts == 6
            assert len(await again.invoke(M.ReceivedQueue(max_qts=qts))) == 5
            talk.bob = again
            await talk.say("here again", by_alice=False)
            answer = await pushed(alice, api.UpdateNewEncryptedMessage)
            assert text_of(talk.alice_key.decrypt(answer.message.bytes))[1] == "here again"


async def test_only_one_device_wins_a_race(server: Server, phones: tuple[str, str]) -> None:
    """Two devices accept at once."""
    async with (
        member(server, "Alice", phones[0]) as alice,
        member(server, "Bob", phones[1]) as bob,
        member(server, "Bob", phones[1]) as desk,
    ):
        for client in (alice, bob, desk):
            await client.invoke(api.updates.GetState())
        user = await alice.input_peer(phones[1])
        asked = api.InputUser(user_id=user.user_id, access_hash=user.access_hash)
        _, g_a = await key_pair(alice)
        await alice.invoke(M.RequestEncryption(user_id=asked, random_id=1, g_a=g_a.to_bytes(256, "big")))

        async def accept(client: RawClient) -> str:
            chat = (await pushed(client, api.UpdateEncryption)).chat
            peer = api.InputEncryptedChat(chat_id=chat.id, access_hash=chat.access_hash)
            _, g_b = await key_pair(client)
            try:
                await client.invoke(M.AcceptEncryption(peer=peer, g_b=g_b.to_bytes(256, "big"), key_fingerprint=1))
            except RpcError as error:
                return error.message
            return "accepted"

        tries: list[Awaitable[str]] = [accept(client) for client in (bob, desk)]
        assert sorted(await asyncio.gather(*tries)) == ["ENCRYPTION_ALREADY_ACCEPTED", "accepted"]
        assert isinstance((await pushed(alice, api.UpdateEncryption)).chat, api.EncryptedChat)
