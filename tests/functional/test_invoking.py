"""Queries over real sockets: https://core.telegram.org/api/invoking."""

from __future__ import annotations

import struct
from typing import Any

import pytest

import tl
from connection_tier.session import pack_gzip
from connection_tier.session.client_events import BadMsg
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member, raw, with_key
from tests.raw_client import RawClient, _init
from tests.servers import Server
from tl import api


async def _error(client: RawClient, body: bytes) -> tuple[int, str]:
    answer = await client.invoke_raw(body)
    assert answer.error is not None
    return answer.error


def _sent_id(answer: Any) -> int:
    """The id that a send's answer tells."""
    return next(update.id for update in answer.updates if isinstance(update, api.UpdateMessageID))


async def test_unknown_constructor_costs_one_error(server: Server) -> None:  # checklist 66
    async with with_key(server) as client:
        await client.invoke(api.help.GetConfig())
        before = client.put(api.help.GetNearestDc())[1]
        unknown = client.put(struct.pack("<Ii", 0x12345678, 1))[1]
        after = client.put(api.help.GetConfig())[1]
        await client.flush()
        error = (await unknown).error
        assert error is not None
        assert error[0] == 400
        assert "12345678" in error[1].upper()
        # Its neighbours in the container are answered.
        assert (await before).error is None
        assert (await after).error is None
        assert not client.is_closed


async def test_unreadable_query(server: Server) -> None:  # checklist 66
    async with member(server) as client:
        await client.invoke(api.help.GetConfig())
        whole = tl.encode(api.messages.SetTyping(peer=api.InputPeerSelf(), action=api.SendMessageTypingAction()))
        code, message = await _error(client, whole[:-4])
        assert (code, message.startswith("INPUT_")) == (400, True)
        assert isinstance(await client.invoke(api.help.GetNearestDc()), api.NearestDc)


async def test_what_strangers_may_not_call(server: Server) -> None:  # checklist 72
    async with with_key(server) as client:
        for request in (api.updates.GetState(), api.contacts.GetContacts(hash=0), api.messages.GetAllDrafts()):
            with pytest.raises(RpcError, match="AUTH_KEY_UNREGISTERED"):
                await client.invoke(request)


async def test_first_query_must_introduce_the_client(server: Server) -> None:  # checklist 68
    async with with_key(server) as client:
        client._is_declared = True
        with pytest.raises(RpcError, match="CONNECTION_NOT_INITED"):
            await client.invoke(api.help.GetConfig())


async def test_answers_speak_the_declared_layer(server: Server) -> None:  # checklist 68
    async with with_key(server, layer=200) as client:
        answer = await client.invoke_raw(api.help.GetConfig())
        assert isinstance(tl.decode(answer.body), api.Config)
    async with with_key(server) as client:
        client._is_declared = True
        query = tl.encode(_init(tl.encode(api.help.GetConfig())))
        code, message = await _error(client, tl.encode(api.InvokeWithLayer(layer=20, query=query)))
        assert (code, message) == (400, "CONNECTION_LAYER_INVALID")


async def test_no_answer_of_many_is_lost(server: Server) -> None:  # checklist 133, clients.md 13
    async with member(server) as client:
        requests = [
            api.help.GetNearestDc() if number % 3 else api.users.GetUsers(id=[api.InputUserSelf()])
            for number in range(200)
        ]
        answers = await client.invoke_all(requests)
        assert len(answers) == 200
        assert not [answer for answer in answers if isinstance(answer, RpcError)]


async def test_two_hundred_sends_in_flight(server: Server) -> None:
    async with member(server) as client:
        requests = [
            api.messages.SendMessage(peer=api.InputPeerSelf(), message=f"{number}", random_id=number + 1)
            for number in range(200)
        ]
        answers = await client.invoke_all(requests)
        ids = sorted(update.id for answer in answers for update in answer.updates if hasattr(update, "random_id"))
        assert ids == list(range(ids[0], ids[0] + 200))
        assert not [event for event in client.events if isinstance(event, BadMsg)]


async def test_invoke_after_msg(server: Server) -> None:  # checklist 69
    async with member(server) as client:
        first_id, first = client.put(api.messages.SendMessage(peer=api.InputPeerSelf(), message="1", random_id=1))
        query = tl.encode(api.messages.SendMessage(peer=api.InputPeerSelf(), message="2", random_id=2))
        _, second = client.put(api.InvokeAfterMsg(msg_id=first_id, query=query))
        await client.flush()
        ids = [_sent_id(tl.decode((await answer).body)) for answer in (first, second)]
        assert ids[1] == ids[0] + 1
        failing_id, failing = client.put(api.messages.SendMessage(peer=api.InputPeerSelf(), message="", random_id=3))
        _, waiting = client.put(api.InvokeAfterMsg(msg_id=failing_id, query=query))
        await client.flush()
        assert (await failing).error is not None
        assert (await waiting).error == (400, "MSG_WAIT_FAILED")


async def test_invoke_without_updates(server: Server) -> None:  # checklist 87
    phone = new_phone()
    async with member(server, phone=phone) as writer, raw(server) as silent, raw(server) as listening:
        for client in (silent, listening):
            await client.make_key()
            await client.sign_up(phone, "")
        query = tl.encode(api.updates.GetState())
        await silent.invoke_raw(api.InvokeWithoutUpdates(query=query))
        await listening.invoke(api.updates.GetState())
        silent.updates.clear()
        await writer.invoke(api.messages.SendMessage(peer=api.InputPeerSelf(), message="who hears?", random_id=4))

        def heard(client: RawClient) -> bool:
            found = [update for container in client.updates for update in getattr(container, "updates", ())]
            return any(isinstance(update, api.UpdateNewMessage) for update in found)

        await listening.wait_for(lambda: heard(listening))
        await silent.invoke(api.help.GetNearestDc())
        assert not heard(silent)


async def test_gzipped_query(server: Server) -> None:  # checklist 63
    async with member(server) as client:
        assert client.session is not None
        body = tl.encode(api.messages.SendMessage(peer=api.InputPeerSelf(), message="z" * 4000, random_id=6))
        answer = await client.invoke_raw(pack_gzip(body, 1, 1 << 24))
        assert answer.error is None
