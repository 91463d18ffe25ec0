"""Supergroups and channels with Telethon and Kurigram in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyrogram.types import InputPhoneContact
from telethon.errors import ChannelPrivateError, ChatAdminRequiredError
from telethon.tl import functions, types

from tests.e2e.clients.kurigram_client import kurigram
from tests.e2e.people import Circle, Person
from tests.e2e.test_kurigram import Inbox
from tests.e2e.waiting import eventually
from tests.servers import Server


async def make_channel(creator: Person, *others: Person, **options: Any) -> int:
    """A new channel with these members, who know it; its id."""
    made = await creator(functions.channels.CreateChannelRequest(title="Channel", about="about", **options))
    channel_id = int(made.chats[0].id)
    if not others:
        return channel_id
    users = [await creator.client.get_input_entity(other.id) for other in others]
    invited = await creator(functions.channels.InviteToChannelRequest(types.PeerChannel(channel_id), users))
    assert invited.missing_invitees == []
    for other in others:
        await other.told.wait_for(types.UpdateChannel)
    return channel_id


def _says(text: str) -> Any:
    return lambda update: getattr(update.message, "message", None) == text


async def _heard(person: Person, text: str) -> Any:
    """The channel's message with this text, as it was pushed."""
    return (await person.told.wait_for(types.UpdateNewChannelMessage, _says(text))).message


async def _texts(person: Person, channel_id: int) -> list[str]:
    messages = await person.client.get_messages(types.PeerChannel(channel_id), limit=100)
    return [message.message for message in messages if message.message]


async def test_a_supergroup(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    group = await make_channel(alice, bob, carol, megagroup=True)
    peer = types.PeerChannel(group)
    sent = await bob.client.send_message(peer, "hello all")
    seen = [await _heard(device, "hello all") for device in (alice, carol)]
    assert {message.from_id.user_id for message in seen} == {bob.id}
    reply = await carol.client.send_message(peer, "hello Bob", reply_to=seen[-1].id)
    at_bob = await _heard(bob, "hello Bob")
    assert (at_bob.mentioned, at_bob.reply_to.reply_to_msg_id) == (True, sent.id)
    await bob.client.edit_message(peer, sent.id, "hello everyone")
    await alice.told.wait_for(types.UpdateEditChannelMessage, _says("hello everyone"))
    await carol.client.delete_messages(peer, [reply.id])
    await bob.told.wait_for(types.UpdateDeleteChannelMessages)
    assert "hello Bob" not in await _texts(alice, group)
    members = await carol.client.get_participants(peer)
    assert {member.id for member in members} == {alice.id, bob.id, carol.id}
    await alice.client.send_read_acknowledge(peer)
    await bob.told.wait_for(types.UpdateReadChannelOutbox)
    dialogs = await alice.client.get_dialogs()
    assert next(dialog for dialog in dialogs if dialog.entity.id == group).unread_count == 0
    await alice.client.kick_participant(peer, carol.id)
    await carol.told.wait_for(types.UpdateChannel)
    with pytest.raises(ChannelPrivateError):
        await carol.client.send_message(peer, "let me in")


async def test_a_broadcast_channel_with_comments(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    channel, group = await make_channel(alice, bob, broadcast=True), await make_channel(alice, bob, megagroup=True)
    peer = types.PeerChannel(channel)
    link = functions.channels.SetDiscussionGroupRequest(
        await alice.client.get_input_entity(peer), await alice.client.get_input_entity(types.PeerChannel(group))
    )
    await alice(link)
    await alice.client.send_message(peer, "news")
    posts = [await bob.told.wait_for(types.UpdateNewChannelMessage, _says("news")) for _ in range(2)]
    post = next(update.message for update in posts if update.message.peer_id.channel_id == channel)
    assert (post.post, post.replies.comments, post.replies.channel_id) == (True, True, group)
    with pytest.raises(ChatAdminRequiredError):
        await bob.client.send_message(peer, "me too")
    await bob.client.send_message(peer, "a comment", comment_to=post.id)
    assert (await _heard(alice, "a comment")).peer_id.channel_id == group
    comments = await alice.client.get_messages(peer, reply_to=post.id)
    assert [message.message for message in comments] == ["a comment"]


async def test_who_was_away_catches_up(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    group = await make_channel(alice, bob, megagroup=True)
    peer = types.PeerChannel(group)
    await alice.client.send_message(peer, "one")
    await _heard(bob, "one")
    await bob.client.disconnect()
    for number in range(3):
        await alice.client.send_message(peer, f"missed {number}")
    await bob.client.connect()
    await bob.client.catch_up()
    await eventually(lambda: _texts(bob, group), lambda texts: texts[:3] == ["missed 2", "missed 1", "missed 0"])


async def test_a_shared_folder(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    channel = await make_channel(alice, broadcast=True)
    await alice.client.send_message(types.PeerChannel(channel), "rain today")
    peer = await alice.client.get_input_entity(types.PeerChannel(channel))
    title = types.TextWithEntities(text="News", entities=[])
    folder = types.DialogFilter(id=2, title=title, pinned_peers=[], include_peers=[peer], exclude_peers=[])
    await alice(functions.messages.UpdateDialogFilterRequest(id=2, filter=folder))
    chatlist = types.InputChatlistDialogFilter(filter_id=2)
    exported = await alice(functions.chatlists.ExportChatlistInviteRequest(chatlist, title="", peers=[peer]))
    slug = exported.invite.url.rpartition("/")[2]
    shown = await bob(functions.chatlists.CheckChatlistInviteRequest(slug))
    assert (shown.title.text, [chat.title for chat in shown.chats]) == ("News", ["Channel"])
    entry = types.InputPeerChannel(shown.chats[0].id, shown.chats[0].access_hash)
    joined = await bob(functions.chatlists.JoinChatlistInviteRequest(slug, peers=[entry]))
    (update,) = [update for update in joined.updates if isinstance(update, types.UpdateDialogFilter)]
    assert [peer.channel_id for peer in update.filter.include_peers] == [channel]
    found = await bob.client.get_messages(None, search="rain")
    assert [message.message for message in found] == ["rain today"]
    await bob(functions.chatlists.LeaveChatlistRequest(types.InputChatlistDialogFilter(update.id), peers=[entry]))
    assert [dialog for dialog in await bob.client.get_dialogs() if dialog.is_channel] == []


async def test_kurigram_in_a_supergroup(server: Server, circle: Circle, tmp_path: Path) -> None:
    alice, bob = circle.alice, circle.bob
    async with kurigram(server, tmp_path, "Dora") as dora:
        inbox = Inbox(dora)
        cards = [InputPhoneContact(person.phone, person.first_name) for person in (alice, bob)]
        assert len((await dora.import_contacts(cards)).imported) == 2
        group = await dora.create_supergroup("With Dora")
        await dora.add_chat_members(group.id, [alice.id, bob.id])
        channel_id = -group.id - 10**12
        for person in (alice, bob):
            await person.told.wait_for(types.UpdateChannel)
        await alice.client.send_message(types.PeerChannel(channel_id), "hello Dora")
        got = await inbox.text("hello Dora")
        assert (got.chat.id, got.from_user.id) == (group.id, alice.id)
        await dora.send_message(group.id, "hello Alice")
        await _heard(alice, "hello Alice")
        history = [message.text async for message in dora.get_chat_history(group.id)]
        assert history[:2] == ["hello Alice", "hello Dora"]
        await dora.ban_chat_member(group.id, bob.id)
        members = [member.user.id async for member in dora.get_chat_members(group.id)]
        assert sorted(members) == sorted([dora.me.id, alice.id])
        await dora.pin_chat_message(group.id, got.id)
        await alice.told.wait_for(types.UpdatePinnedChannelMessages)
        await dora.set_chat_title(group.id, "Another")
        assert (await dora.get_chat(group.id)).title == "Another"
