"""A basic group with Telethon and Kurigram in it: made, talked in, changed, left, joined by a link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyrogram.types import InputPhoneContact, ReplyParameters
from telethon.errors import ChatWriteForbiddenError, InviteRequestSentError
from telethon.tl import functions, types

from tests.e2e.clients.kurigram_client import kurigram
from tests.e2e.people import Circle, Person
from tests.e2e.test_kurigram import Inbox
from tests.e2e.waiting import eventually
from tests.servers import Server


async def _make(creator: Person, *others: Person, title: str = "Friends") -> int:
    """A new group; its id."""
    users = [await creator.client.get_input_entity(other.id) for other in others]
    made = await creator(functions.messages.CreateChatRequest(users=users, title=title))
    assert made.missing_invitees == []
    return int(made.updates.chats[0].id)


def _about_chat(action: type) -> Any:
    return lambda update: isinstance(getattr(update.message, "action", None), action)


async def test_a_group_is_made_and_talked_in(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    group = await _make(alice, bob, carol)
    for device in (circle.tablet, bob, carol):
        new = await device.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatCreate))
        assert (new.message.peer_id, new.message.action.title) == (types.PeerChat(group), "Friends")
    sent = await bob.client.send_message(types.PeerChat(group), "hello all")
    seen = [await device.told.message("hello all") for device in (alice, circle.tablet, carol)]
    assert {message.from_id.user_id for message in seen} == {bob.id}
    reply = await carol.client.send_message(types.PeerChat(group), "hello Bob", reply_to=seen[-1].id)
    at_bob = await bob.told.message("hello Bob")
    assert (at_bob.mentioned, at_bob.reply_to.reply_to_msg_id) == (True, sent.id)
    await bob.client.edit_message(types.PeerChat(group), sent.id, "hello everyone")
    await eventually(lambda: _texts(alice, group), lambda texts: "hello everyone" in texts)
    await carol.client.delete_messages(types.PeerChat(group), [reply.id])
    await eventually(lambda: _texts(bob, group), lambda texts: "hello Bob" not in texts)
    full = await bob(functions.messages.GetFullChatRequest(group))
    assert {item.user_id for item in full.full_chat.participants.participants} == {alice.id, bob.id, carol.id}
    members = await carol.client.get_participants(types.PeerChat(group))
    assert {member.id for member in members} == {alice.id, bob.id, carol.id}


async def _texts(person: Person, group: int) -> list[str]:
    messages = await person.client.get_messages(types.PeerChat(group), limit=100)
    return [message.message for message in messages if message.message]


async def test_who_is_removed_sees_nothing_more(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    group = await _make(alice, bob, carol)
    await carol.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatCreate))
    await alice.client.kick_participant(types.PeerChat(group), carol.id)
    await carol.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatDeleteUser))
    await bob.client.send_message(types.PeerChat(group), "without Carol")
    await alice.told.message("without Carol")
    await alice(functions.messages.EditChatTitleRequest(group, "Two friends"))
    await bob.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatEditTitle))
    with pytest.raises(ChatWriteForbiddenError):
        await carol.client.send_message(types.PeerChat(group), "let me in")
    assert await _texts(carol, group) == []
    chat = await carol.client.get_entity(types.PeerChat(group))
    assert isinstance(chat, types.ChatForbidden)
    assert chat.title == "Friends"


async def test_links_and_requests(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    group = await _make(alice)
    peer = types.InputPeerChat(group)
    invite = await alice(functions.messages.ExportChatInviteRequest(peer))
    hash_ = invite.link.rpartition("+")[2]
    preview = await bob(functions.messages.CheckChatInviteRequest(hash_))
    assert (preview.title, preview.participants_count) == ("Friends", 1)
    joined = await bob(functions.messages.ImportChatInviteRequest(hash_))
    assert joined.updates.chats[0].id == group
    new = await alice.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatJoinedByLink))
    assert new.message.from_id == types.PeerUser(bob.id)
    asking = await alice(functions.messages.ExportChatInviteRequest(peer, request_needed=True, title="ask"))
    with pytest.raises(InviteRequestSentError):
        await carol(functions.messages.ImportChatInviteRequest(asking.link.rpartition("+")[2]))
    told = await alice.told.wait_for(types.UpdatePendingJoinRequests)
    assert told.recent_requesters == [carol.id]
    carol_at_alice = await alice.client.get_input_entity(carol.id)
    await alice(functions.messages.HideChatJoinRequestRequest(peer, carol_at_alice, approved=True))
    await carol.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatJoinedByRequest))
    await carol.client.send_message(types.PeerChat(group), "thank you")
    await bob.told.message("thank you")


async def test_kurigram_in_a_group(server: Server, circle: Circle, tmp_path: Path) -> None:
    alice, bob = circle.alice, circle.bob
    async with kurigram(server, tmp_path, "Dora") as dora:
        inbox = Inbox(dora)
        found = await dora.import_contacts([_card(alice), _card(bob)])
        assert len(found.imported) == 2
        group = await dora.create_group("With Dora", [alice.id, bob.id])
        chat_id = -group.id
        new = await alice.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatCreate))
        assert new.message.peer_id == types.PeerChat(chat_id)
        await alice.client.send_message(types.PeerChat(chat_id), "hello Dora")
        got = await inbox.text("hello Dora")
        assert (got.chat.id, got.from_user.id) == (group.id, alice.id)
        await dora.send_message(group.id, "hello Alice", reply_parameters=ReplyParameters(message_id=got.id))
        at_alice = await alice.told.message("hello Alice")
        assert at_alice.mentioned
        await dora.set_chat_title(group.id, "Without Bob")
        await dora.ban_chat_member(group.id, bob.id)
        await bob.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatDeleteUser))
        members = [member.user.id async for member in dora.get_chat_members(group.id)]
        assert sorted(members) == sorted([dora.me.id, alice.id])
        link = await dora.export_chat_invite_link(group.id)
        carol = circle.carol
        await carol(functions.messages.ImportChatInviteRequest(link.rpartition("+")[2]))
        await alice.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatJoinedByLink))


async def test_settings_of_a_group(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    group = await _make(alice, bob, carol)
    peer = types.PeerChat(group)
    await bob.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatCreate))
    rights = types.ChatBannedRights(until_date=None, send_messages=True)
    await alice(functions.messages.EditChatDefaultBannedRightsRequest(types.InputPeerChat(group), rights))
    told = await bob.told.wait_for(types.UpdateChatDefaultBannedRights)
    assert told.default_banned_rights.send_messages
    with pytest.raises(ChatWriteForbiddenError):
        await bob.client.send_message(peer, "may I?")
    await alice.client.edit_admin(peer, bob.id, is_admin=True)
    appointed = await carol.told.wait_for(types.UpdateChatParticipantAdmin)
    assert (appointed.user_id, appointed.is_admin) == (bob.id, True)
    sent = await bob.client.send_message(peer, "I may")
    await bob.client.pin_message(peer, sent.id, notify=True)
    await carol.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionPinMessage))
    full = await carol(functions.messages.GetFullChatRequest(group))
    pinned = await carol.client.get_messages(peer, ids=full.full_chat.pinned_msg_id)
    assert pinned.message == "I may"
    await carol.client.send_read_acknowledge(peer)
    await bob.told.wait_for(types.UpdateReadHistoryOutbox, lambda update: update.peer == peer)
    readers = await bob(functions.messages.GetMessageReadParticipantsRequest(types.InputPeerChat(group), sent.id))
    assert [reader.user_id for reader in readers] == [carol.id]
    async with alice.client.action(peer, "typing"):
        typing = await bob.told.wait_for(types.UpdateChatUserTyping)
    assert (typing.chat_id, typing.from_id) == (group, types.PeerUser(alice.id))
    assert (await alice.client.get_permissions(peer, bob.id)).is_admin
    await carol.client.delete_dialog(peer)
    await alice.told.wait_for(types.UpdateNewMessage, _about_chat(types.MessageActionChatDeleteUser))
    assert peer not in [dialog.dialog.peer for dialog in await carol.client.get_dialogs()]


def _card(person: Person) -> Any:
    return InputPhoneContact(person.phone, person.first_name)
