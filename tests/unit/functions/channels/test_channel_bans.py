"""Banning channels as which people write: https://core.telegram.org/method/channels.editBanned."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness import START, Client
from tests.unit.functions.channels.world import Channel, World, refused
from tl import api

_BAN = api.ChatBannedRights(view_messages=True, until_date=0)
_FREE = api.ChatBannedRights(until_date=0)


@pytest.fixture
def group(world: World) -> Channel:
    group = world.supergroup(world.bob)
    group.publish("our_group")
    return group


@pytest.fixture
def news(world: World) -> Channel:
    channel = world.broadcast(owner=world.bob)
    channel.publish("bobs_news")
    return channel


def _edit(group: Channel, who: Client, channel: Channel, rights: Any = _BAN) -> Any:
    return api.channels.EditBanned(channel=group.of(who), participant=channel.peer(who), banned_rights=rights)


def _kicked(group: Channel, who: Client) -> list[Any]:
    request = api.channels.GetParticipants(
        channel=group.of(who), filter=api.ChannelParticipantsKicked(q=""), offset=0, limit=10, hash=0
    )
    return list(who.call(request).participants)


def _senders(group: Channel, who: Client) -> list[Any]:
    return [item.peer for item in who.call(api.channels.GetSendAs(peer=group.peer(who))).peers]


def test_nobody_writes_as_a_banned_channel(world: World, group: Channel, news: Channel) -> None:
    as_news = {"send_as": news.peer(world.bob)}
    group.post(world.bob, "hello", **as_news)
    world.bob.call(api.messages.SaveDefaultSendAs(peer=group.peer(world.bob), send_as=news.peer(world.bob)))
    answer = world.alice.call(_edit(group, world.alice, news))
    assert [update.channel_id for update in answer.updates] == [group.id]
    assert refused(world.bob, group.message(world.bob, "again", **as_news)) == "SEND_AS_PEER_INVALID"
    assert _senders(group, world.bob) == [api.PeerUser(user_id=world.bob.id)]
    group.post(world.bob, "as myself")
    (banned,) = _kicked(group, world.alice)
    assert (banned.peer, banned.left, banned.kicked_by) == (
        api.PeerChannel(channel_id=news.id),
        True,
        world.alice.id,
    )
    request = api.channels.GetParticipant(channel=group.of(world.alice), participant=news.peer(world.alice))
    assert world.alice.call(request).participant == banned
    full = world.alice.call(api.channels.GetFullChannel(channel=group.of(world.alice))).full_chat
    assert (full.kicked_count, full.participants_count) == (1, 2)
    log = api.channels.GetAdminLog(channel=group.of(world.alice), q="", max_id=0, min_id=0, limit=1)
    log.events_filter = api.ChannelAdminLogEventsFilter(kick=True)
    event = world.alice.call(log)
    action = event.events[0].action
    assert (action.prev_participant.peer, action.new_participant) == (banned.peer, banned)
    assert news.id in {chat.id for chat in event.chats}
    world.alice.call(_edit(group, world.alice, news, _FREE))
    assert _kicked(group, world.alice) == []
    assert len(_senders(group, world.bob)) == 2
    group.post(world.bob, "again", **as_news)


def test_a_ban_until_a_date(world: World, group: Channel, news: Channel) -> None:
    until = api.ChatBannedRights(view_messages=True, until_date=START + 3600)
    world.alice.call(_edit(group, world.alice, news, until))
    assert len(_senders(group, world.bob)) == 1
    world.server.clock.advance(7200)
    assert len(_senders(group, world.bob)) == 2


def test_who_cannot_be_banned(world: World, group: Channel, news: Channel) -> None:
    assert refused(world.bob, _edit(group, world.bob, news)) == "CHAT_ADMIN_REQUIRED"
    part = api.ChatBannedRights(send_media=True, until_date=0)
    assert refused(world.alice, _edit(group, world.alice, news, part)) == "BANNED_RIGHTS_INVALID"
    assert refused(world.alice, _edit(group, world.alice, group)) == "PARTICIPANT_ID_INVALID"
    linked = world.broadcast()
    assert refused(world.alice, _edit(linked, world.alice, news)) == "PARTICIPANT_ID_INVALID"
    world.alice.call(api.channels.SetDiscussionGroup(broadcast=linked.of(world.alice), group=group.of(world.alice)))
    assert refused(world.alice, _edit(group, world.alice, linked)) == "PARTICIPANT_ID_INVALID"
    assert world.alice.call(_edit(group, world.alice, news, _FREE)).updates == []
