"""Supergroups, channels, forums and the archive as Kurigram drives them, Telethon's people among the members."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyrogram import enums, errors, raw
from pyrogram.types import ChatAdministratorRights, ChatPermissions, InputPhoneContact, ReplyParameters
from telethon.tl import types as telethon_types

from tests.e2e.clients.kurigram_client import kurigram
from tests.e2e.people import People, Person
from tests.e2e.test_kurigram import Inbox
from tests.e2e.waiting import eventually
from tests.servers import Server

_MEMBERS = ("Erin", "Frank", "Grace", "Heidi")


@dataclass
class Member:
    """Somebody with Kurigram."""

    client: Any  # a Client; its answers are unions that an assertion decides
    inbox: Inbox

    @property
    def id(self) -> int:
        """The user's id."""
        return int(self.client.me.id)


@dataclass
class Crowd:
    """Dora, Bob, Carol and Dave with Kurigram, four others with Telethon; Dora knows all of them."""

    dora: Member
    bob: Member
    carol: Member
    dave: Member
    others: list[Person]

    @property
    def ids(self) -> list[int]:
        """Everybody but Dora."""
        return [self.bob.id, self.carol.id, self.dave.id, *(person.id for person in self.others)]


@pytest.fixture
async def crowd(server: Server, people: People, tmp_path: Path) -> AsyncIterator[Crowd]:
    others = list(await asyncio.gather(*(people.sign_up(name) for name in _MEMBERS)))
    async with AsyncExitStack() as stack:
        made = []
        for name in ("Dora", "Bob", "Carol", "Dave"):
            client = await stack.enter_async_context(kurigram(server, tmp_path / name, name))
            made.append(Member(client, Inbox(client)))
        dora, *three = made
        cards = [
            InputPhoneContact(f"+{member.client.me.phone_number}", member.client.me.first_name) for member in three
        ]
        cards += [InputPhoneContact(person.phone, person.first_name) for person in others]
        assert len((await dora.client.import_contacts(cards)).users) == len(cards)
        yield Crowd(dora, *three, others)


async def _group(crowd: Crowd, members: list[int], **options: Any) -> int:
    group = await crowd.dora.client.create_supergroup("Everybody", **options)
    await crowd.dora.client.add_chat_members(group.id, members)
    return int(group.id)


async def _texts(member: Member, chat_id: int) -> list[str]:
    return [message.text async for message in member.client.get_chat_history(chat_id, limit=20) if message.text]


async def _knows(member: Member, chat_id: int) -> None:
    """Wait until the chat is among the member's: Kurigram takes its access_hash from there."""

    async def chats() -> list[int]:
        return [dialog.chat.id async for dialog in member.client.get_dialogs()]

    await eventually(chats, lambda found: chat_id in found)


async def test_roles_and_restrictions(crowd: Crowd) -> None:
    dora, bob, carol = crowd.dora.client, crowd.bob.client, crowd.carol.client
    group = await _group(crowd, crowd.ids)
    for member in (crowd.bob, crowd.carol, crowd.dave):
        await _knows(member, group)
    await carol.send_message(group, "hello all")
    await crowd.dave.inbox.text("hello all")
    for person in crowd.others:
        await person.told.wait_for(
            telethon_types.UpdateNewChannelMessage,
            lambda update: getattr(update.message, "message", None) == "hello all",
        )
    assert len([member async for member in dora.get_chat_members(group)]) == 8

    with pytest.raises(errors.ChatAdminRequired):
        await bob.set_slow_mode(group, 300)
    rights = ChatAdministratorRights(can_restrict_members=True, can_pin_messages=True)
    await dora.promote_chat_member(group, crowd.bob.id, rights)
    administrators = [m async for m in bob.get_chat_members(group, filter=enums.ChatMembersFilter.ADMINISTRATORS)]
    assert {member.user.id for member in administrators} == {crowd.dora.id, crowd.bob.id}

    until = datetime.now() + timedelta(hours=1)
    await bob.restrict_chat_member(group, crowd.carol.id, ChatPermissions(), until)
    with pytest.raises((errors.UserBannedInChannel, errors.ChatWriteForbidden)):
        await carol.send_message(group, "may I?")
    assert "hello all" in await _texts(crowd.carol, group)
    await bob.ban_chat_member(group, crowd.dave.id)
    with pytest.raises(errors.ChannelPrivate):
        await _texts(crowd.dave, group)
    banned = [member async for member in dora.get_chat_members(group, filter=enums.ChatMembersFilter.BANNED)]
    assert [member.user.id for member in banned] == [crowd.dave.id]

    await dora.set_chat_permissions(group, ChatPermissions(can_send_messages=True, can_change_info=False))
    with pytest.raises(errors.ChatAdminRequired):
        await bob.set_chat_title(group, "Bob's")
    await dora.set_slow_mode(group, 300)
    actions = {event.action async for event in dora.get_chat_event_log(group)}
    assert actions >= {
        enums.ChatEventAction.ADMINISTRATOR_PRIVILEGES_CHANGED,
        enums.ChatEventAction.MEMBER_PERMISSIONS_CHANGED,
        enums.ChatEventAction.CHAT_PERMISSIONS_CHANGED,
        enums.ChatEventAction.SLOW_MODE_CHANGED,
    }


async def test_protected_content(crowd: Crowd) -> None:
    dora, bob = crowd.dora.client, crowd.bob.client
    group = await _group(crowd, [crowd.bob.id])
    await _knows(crowd.bob, group)
    await dora.set_chat_protected_content(group, True)
    sent = await dora.send_message(group, "for you alone")
    assert (await crowd.bob.inbox.text("for you alone")).chat.has_protected_content
    with pytest.raises(errors.ChatForwardsRestricted):
        await bob.forward_messages("me", group, sent.id)
    await dora.set_chat_protected_content(group, False)
    await bob.forward_messages("me", group, sent.id)
    assert await _texts(crowd.bob, crowd.bob.id) == ["for you alone"]


async def test_who_asks_to_join_and_who_leaves(crowd: Crowd) -> None:
    dora, bob, carol = crowd.dora.client, crowd.bob.client, crowd.carol.client
    group = await _group(crowd, [crowd.bob.id])
    await _knows(crowd.bob, group)
    link = await dora.create_chat_invite_link(group, creates_join_request=True)
    await carol.join_chat(link.invite_link)
    with pytest.raises(errors.BadRequest):
        await carol.send_message(group, "not yet")
    asking = [joiner.user.id async for joiner in dora.get_chat_join_requests(group)]
    assert asking == [crowd.carol.id]
    await dora.approve_chat_join_request(group, crowd.carol.id)
    await _knows(crowd.carol, group)
    await carol.send_message(group, "thanks")
    await crowd.bob.inbox.text("thanks")

    await bob.leave_chat(group)
    with pytest.raises(errors.ChannelPrivate):
        await _texts(crowd.bob, group)
    members = [member.user.id async for member in dora.get_chat_members(group)]
    assert sorted(members) == sorted([crowd.dora.id, crowd.carol.id])
    limited = await dora.create_chat_invite_link(group, member_limit=1)
    await bob.join_chat(limited.invite_link)
    with pytest.raises(errors.InviteHashExpired):
        await crowd.dave.client.join_chat(limited.invite_link)


async def test_hidden_members(crowd: Crowd) -> None:
    dora, bob = crowd.dora.client, crowd.bob.client
    group = await _group(crowd, [crowd.bob.id, crowd.carol.id])
    await _knows(crowd.bob, group)
    assert len([member async for member in bob.get_chat_members(group)]) == 3
    peer = await dora.resolve_peer(group)
    await dora.invoke(raw.functions.channels.ToggleParticipantsHidden(channel=peer, enabled=True))
    assert len([member async for member in dora.get_chat_members(group)]) == 3
    seen = {member.user.id async for member in bob.get_chat_members(group)}
    assert crowd.carol.id not in seen


async def test_gifs(crowd: Crowd, tmp_path: Path) -> None:
    dora, bob = crowd.dora.client, crowd.bob.client
    group = await _group(crowd, [crowd.bob.id])
    await _knows(crowd.bob, group)
    path = tmp_path / "wave.mp4"
    path.write_bytes(random.Random(7).randbytes(20_000))
    await dora.send_animation(group, str(path), caption="wave", width=64, height=48, duration=2)
    at_bob = await crowd.bob.inbox.text("wave")
    assert at_bob.animation.file_size == 20_000

    async def saved() -> list[int]:
        return [gif.id for gif in (await bob.invoke(raw.functions.messages.GetSavedGifs(hash=0))).gifs]

    assert await saved() == []
    await bob.add_to_gifs(at_bob.animation.file_id)
    assert len(await saved()) == 1
    await bob.add_to_gifs(at_bob.animation.file_id, unsave=True)
    assert await saved() == []


async def test_a_channel_and_its_comments(crowd: Crowd) -> None:
    dora, bob, carol = crowd.dora.client, crowd.bob.client, crowd.carol.client
    channel = (await dora.create_channel("News")).id
    group = await _group(crowd, [crowd.bob.id, crowd.carol.id])
    await dora.add_chat_members(channel, [crowd.bob.id, crowd.carol.id])
    await dora.set_chat_discussion_group(chat_id=channel, discussion_chat_id=group)
    for member in (crowd.bob, crowd.carol):
        await _knows(member, channel)
    with pytest.raises(errors.ChatAdminRequired):
        await bob.send_message(channel, "may I?")
    post = await dora.send_message(channel, "the news")
    at_bob = await crowd.bob.inbox.wait_for("message", lambda m: m.text == "the news" and m.chat.id == channel)
    assert at_bob.id == post.id
    await _knows(crowd.carol, group)
    thread = await carol.get_discussion_message(channel, post.id)
    assert thread.chat.id == group
    await carol.send_message(group, "a comment", reply_parameters=ReplyParameters(message_id=thread.id))
    comments = [comment.text async for comment in bob.get_discussion_replies(channel, post.id)]
    assert comments == ["a comment"]
    await bob.send_reaction(channel, post.id, "👍")
    reactions = (await dora.get_messages(channel, post.id)).reactions
    assert [(reaction.emoji, reaction.count) for reaction in reactions.reactions] == [("👍", 1)]


async def test_a_forum(crowd: Crowd) -> None:
    dora, bob = crowd.dora.client, crowd.bob.client
    forum = await _group(crowd, [crowd.bob.id], is_forum=True)
    await _knows(crowd.bob, forum)
    news, games = [(await dora.create_forum_topic(forum, title)).id for title in ("News", "Games")]
    await bob.send_message(forum, "in the news", message_thread_id=news)
    assert (await crowd.dora.inbox.text("in the news")).message_thread_id == news
    unread = {topic.id: topic.unread_count async for topic in dora.get_forum_topics(forum)}
    assert (unread[news], unread[games]) == (1, 0)
    await dora.close_forum_topic(forum, news)
    with pytest.raises(errors.TopicClosed):
        await bob.send_message(forum, "one more", message_thread_id=news)
    await dora.delete_forum_topic(forum, games)
    assert games not in {topic.id async for topic in bob.get_forum_topics(forum)}


async def test_ownership(crowd: Crowd) -> None:
    dora, bob = crowd.dora.client, crowd.bob.client
    group = await _group(crowd, [crowd.bob.id])
    await _knows(crowd.bob, group)
    await dora.enable_cloud_password("correct horse")
    with pytest.raises(errors.PasswordHashInvalid):
        await dora.transfer_chat_ownership(group, crowd.bob.id, "wrong")
    await dora.transfer_chat_ownership(group, crowd.bob.id, "correct horse")
    assert (await bob.get_chat_member(group, crowd.bob.id)).status == enums.ChatMemberStatus.OWNER


async def test_archive_folders_and_polls(crowd: Crowd) -> None:
    dora, bob = crowd.dora.client, crowd.bob.client
    group = await _group(crowd, [crowd.bob.id])
    await _knows(crowd.bob, group)
    await bob.archive_chats(group)
    assert [dialog.chat.id async for dialog in bob.get_dialogs(from_archive=True)] == [group]
    await bob.unarchive_chats(group)
    assert [dialog.chat.id async for dialog in bob.get_dialogs(from_archive=True)] == []
    await bob.create_folder("Groups", included_chats=[group])
    assert "Groups" in [str(folder.name) for folder in await bob.get_folders()]

    poll = await dora.send_poll(group, "Tea?", ["yes", "no"], is_anonymous=False)
    voted = await bob.vote_poll(group, poll.id, 0)
    assert [option.voter_count for option in voted.options] == [1, 0]
    # Who has not voted learns the result at the end.
    closed = await dora.stop_poll(group, poll.id)
    assert (closed.is_closed, [option.voter_count for option in closed.options]) == (True, [1, 0])
    with pytest.raises(errors.BadRequest):
        await bob.vote_poll(group, poll.id, 1)
