"""Eight people in a supergroup, and a forum, with Telethon: roles, restrictions, requests to join, topics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from telethon import errors
from telethon.password import compute_check
from telethon.tl import functions, types

from tests.e2e.people import People, Person
from tests.e2e.test_channels import make_channel
from tests.e2e.waiting import eventually

_NAMES = ("Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi")


@pytest.fixture
async def eight(people: People) -> list[Person]:
    """Eight who know each other's numbers with the first, Alice."""
    alice, *others = await asyncio.gather(*(people.sign_up(name) for name in _NAMES))
    for other in others:
        await people.introduce(alice, other)
    return [alice, *others]


def _new(text: str) -> Callable[[Any], bool]:
    return lambda update: getattr(update.message, "message", None) == text


async def _all_hear(listeners: list[Person], text: str) -> None:
    for listener in listeners:
        await listener.told.wait_for(types.UpdateNewChannelMessage, _new(text))


async def _texts(person: Person, peer: types.PeerChannel) -> list[str]:
    return [message.message for message in await person.client.get_messages(peer, limit=20) if message.message]


async def test_roles_and_restrictions(eight: list[Person]) -> None:
    alice, bob, carol, dave, *rest = eight
    peer = types.PeerChannel(await make_channel(alice, bob, carol, dave, *rest, megagroup=True))
    await carol.client.send_message(peer, "hello all")
    await _all_hear([alice, bob, dave, *rest], "hello all")

    await bob.client.get_participants(peer)
    with pytest.raises(errors.ChatAdminRequiredError):
        await bob.client.edit_permissions(peer, carol.id, send_messages=False)
    await alice.client.edit_admin(peer, bob.id, ban_users=True, pin_messages=True, title="keeper")
    await bob.told.wait_for(types.UpdateChannel, lambda update: update.channel_id == peer.channel_id)
    with pytest.raises(errors.ChatAdminRequiredError):
        await bob.client.edit_admin(peer, carol.id, change_info=True, add_admins=True)

    await bob.client.edit_permissions(peer, carol.id, timedelta(hours=1), send_messages=False)
    with pytest.raises((errors.UserBannedInChannelError, errors.ChatWriteForbiddenError)):
        await carol.client.send_message(peer, "may I?")
    assert "hello all" in await _texts(carol, peer)

    await bob.client.edit_permissions(peer, dave.id, view_messages=False)
    for look in (_texts(dave, peer), dave.client.get_participants(peer)):
        with pytest.raises(errors.ChannelPrivateError):
            await look
    banned = await alice.client.get_participants(peer, filter=types.ChannelParticipantsKicked(""))
    assert [person.id for person in banned] == [dave.id]

    erin, frank, *_ = rest
    await alice(functions.channels.ToggleSlowModeRequest(await alice.client.get_input_entity(peer), 300))
    await erin.client.send_message(peer, "first")
    with pytest.raises(errors.SlowModeWaitError):
        await erin.client.send_message(peer, "second")
    await bob.client.send_message(peer, "administrators need not wait")
    await _all_hear([alice, frank], "administrators need not wait")

    events = [type(event.action) async for event in alice.client.iter_admin_log(peer)]
    for action in (
        types.ChannelAdminLogEventActionToggleSlowMode,
        types.ChannelAdminLogEventActionParticipantToggleBan,
        types.ChannelAdminLogEventActionParticipantToggleAdmin,
    ):
        assert action in events


async def test_who_was_away_and_who_asks_to_join(eight: list[Person]) -> None:
    alice, bob, carol, *_ = eight
    peer = types.PeerChannel(await make_channel(alice, bob, megagroup=True))
    await bob.client.disconnect()
    invite = await alice(
        functions.messages.ExportChatInviteRequest(
            await alice.client.get_input_entity(peer), request_needed=True, title="ask first"
        )
    )
    slug = invite.link.rpartition("+")[2]
    with pytest.raises(errors.InviteRequestSentError):
        await carol(functions.messages.ImportChatInviteRequest(slug))
    pending = await alice.told.wait_for(types.UpdatePendingJoinRequests)
    assert pending.recent_requesters == [carol.id]
    await alice(
        functions.messages.HideChatJoinRequestRequest(
            await alice.client.get_input_entity(peer), await alice.client.get_input_entity(carol.id), approved=True
        )
    )
    await carol.told.wait_for(types.UpdateChannel, lambda update: update.channel_id == peer.channel_id)
    await carol.client.get_dialogs()
    await carol.client.send_message(peer, "thanks")
    pinned = await alice.client.send_message(peer, "the rules")
    await alice.client.pin_message(peer, pinned)
    await bob.client.connect()
    await bob.client.catch_up()
    await eventually(lambda: _texts(bob, peer), lambda texts: texts[:2] == ["the rules", "thanks"])
    found = await bob.client.get_messages(peer, filter=types.InputMessagesFilterPinned())
    assert [message.id for message in found] == [pinned.id]
    readers = await alice(functions.messages.GetMessageReadParticipantsRequest(peer, pinned.id))
    assert readers == []
    await bob.client.send_read_acknowledge(peer, pinned)
    readers = await alice(functions.messages.GetMessageReadParticipantsRequest(peer, pinned.id))
    assert [reader.user_id for reader in readers] == [bob.id]


async def test_a_forum(eight: list[Person]) -> None:
    alice, bob, carol, *_ = eight
    peer = types.PeerChannel(await make_channel(alice, bob, carol, megagroup=True))
    forum = await alice.client.get_input_entity(peer)
    await alice(functions.channels.ToggleForumRequest(forum, enabled=True, tabs=False))

    async def topics(person: Person) -> dict[str, Any]:
        request = functions.messages.GetForumTopicsRequest(
            await person.client.get_input_entity(peer), offset_date=None, offset_id=0, offset_topic=0, limit=20
        )
        return {topic.title: topic for topic in (await person(request)).topics}

    for title in ("News", "Games"):
        await alice(functions.messages.CreateForumTopicRequest(forum, title))
    news = (await topics(bob))["News"]
    await carol.client.send_message(peer, "in the news", reply_to=news.id)
    at_bob = await bob.told.wait_for(types.UpdateNewChannelMessage, _new("in the news"))
    assert (at_bob.message.reply_to.forum_topic, at_bob.message.reply_to.reply_to_msg_id) == (True, news.id)
    seen = await topics(bob)
    assert (seen["News"].unread_count, seen["Games"].unread_count) == (1, 0)
    await bob(
        functions.messages.ReadDiscussionRequest(
            await bob.client.get_input_entity(peer), msg_id=news.id, read_max_id=at_bob.message.id
        )
    )
    assert (await topics(bob))["News"].unread_count == 0
    thread = await bob.client.get_messages(peer, reply_to=news.id)
    assert [message.message for message in thread if message.message] == ["in the news"]

    await alice(functions.messages.EditForumTopicRequest(forum, news.id, closed=True))
    with pytest.raises(errors.BadRequestError, match="TOPIC_CLOSED"):
        await carol.client.send_message(peer, "one more", reply_to=news.id)
    await alice(functions.messages.UpdatePinnedForumTopicRequest(forum, news.id, pinned=True))
    assert next(iter(await topics(carol))) == "News"
    await alice(functions.messages.DeleteTopicHistoryRequest(forum, news.id))
    assert "News" not in await topics(carol)


async def test_ownership(eight: list[Person]) -> None:
    alice, bob, *_ = eight
    peer = types.PeerChannel(await make_channel(alice, bob, megagroup=True))
    await alice.client.edit_2fa(new_password="correct horse")

    async def hand_over(password: str) -> Any:
        check = compute_check(await alice(functions.account.GetPasswordRequest()), password)
        return await alice(
            functions.messages.EditChatCreatorRequest(
                await alice.client.get_input_entity(peer), await alice.client.get_input_entity(bob.id), check
            )
        )

    with pytest.raises(errors.PasswordHashInvalidError):
        await hand_over("wrong")
    await hand_over("correct horse")
    permissions = await bob.client.get_permissions(peer, bob.id)
    assert permissions.is_creator
