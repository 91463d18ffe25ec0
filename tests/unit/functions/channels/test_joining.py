"""Links into supergroups and channels, and requests to join: https://core.telegram.org/api/invites."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client, grouped
from tests.unit.functions.channels.world import Channel, World, history
from tests.unit.functions.messages.world import after, crowd, statements
from tl import api


def _export(client: Client, channel: Channel, **options: Any) -> Any:
    return client.call(api.messages.ExportChatInvite(peer=channel.peer(client), **options))


def _hash(invite: Any) -> str:
    return str(invite.link.rpartition("+")[2])


def _join(client: Client, invite: Any) -> Any:
    result = client.call(api.messages.ImportChatInvite(hash=_hash(invite)))
    client.server.settle()
    return result


def _refused(error: str, client: Client, request: Any) -> None:
    with pytest.raises(RpcError, match=error):
        client.call(request)
    client.server.settle()


def _actions(client: Client, channel: Channel) -> list[Any]:
    answer = client.call(history(channel.peer(client)))
    return [message.action for message in answer.messages if isinstance(message, api.MessageService)]


def _log(channel: Channel) -> list[Any]:
    owner = channel.owner
    request = api.channels.GetAdminLog(channel=channel.of(owner), q="", max_id=0, min_id=0, limit=50)
    return [event.action for event in owner.call(request).events]


def test_coming_into_a_private_supergroup(world: World) -> None:
    channel = world.supergroup(world.bob)
    _refused("CHANNEL_PRIVATE", world.carol, history(channel.peer(world.carol)))
    invite = _export(world.alice, channel)
    preview = world.carol.call(api.messages.CheckChatInvite(hash=_hash(invite)))
    assert (preview.channel, preview.megagroup, preview.broadcast, preview.participants_count) == (True, True, False, 2)
    result = _join(world.carol, invite)
    (chat,) = result.updates.chats
    assert (chat.id, chat.left, chat.access_hash) == (channel.id, False, channel.of(world.carol).access_hash)
    assert _actions(world.carol, channel)[0] == api.MessageActionChatJoinedByLink(inviter_id=world.alice.id)
    channel.post(world.carol, "here I am")
    assert channel.texts(world.bob) == ["here I am"]
    assert isinstance(_log(channel)[0], api.ChannelAdminLogEventActionParticipantJoinByInvite)
    _refused("USER_ALREADY_PARTICIPANT", world.carol, api.messages.ImportChatInvite(hash=_hash(invite)))


def test_coming_into_a_broadcast_channel_says_nothing(world: World) -> None:
    channel = world.broadcast()
    channel.post(world.alice, "news")
    invite = _export(world.alice, channel)
    before = _actions(world.alice, channel)
    updates = grouped(_join(world.carol, invite).updates.updates)
    assert [update.channel_id for update in updates["updateChannel"]] == [channel.id]
    assert channel.texts(world.carol) == ["news"]
    assert _actions(world.alice, channel) == before
    full = world.alice.call(api.channels.GetFullChannel(channel=channel.of(world.alice)))
    assert (full.full_chat.participants_count, full.full_chat.exported_invite.link) == (2, invite.link)


def test_who_is_banned_does_not_come_in(world: World) -> None:
    channel = world.supergroup(world.bob)
    invite = _export(world.alice, channel)
    rights = api.ChatBannedRights(view_messages=True, until_date=0)
    request = api.channels.EditBanned(
        channel=channel.of(world.alice), participant=world.alice.peer(world.bob), banned_rights=rights
    )
    world.alice.call(request)
    for asking in (api.messages.ImportChatInvite(hash=_hash(invite)), api.messages.CheckChatInvite(hash=_hash(invite))):
        _refused("INVITE_HASH_EXPIRED", world.bob, asking)
    _refused("CHAT_ADMIN_REQUIRED", _member(world, channel), api.messages.ExportChatInvite(peer=_peer(world, channel)))


def _member(world: World, channel: Channel) -> Client:
    _join(world.carol, _export(world.alice, channel))
    return world.carol


def _peer(world: World, channel: Channel) -> Any:
    return channel.peer(world.carol)


def test_a_request_waits_for_an_administrator(world: World) -> None:
    channel = world.supergroup(world.bob)
    invite = _export(world.alice, channel, request_needed=True)
    asking = api.messages.ImportChatInvite(hash=_hash(invite))
    told = after(world.alice, lambda: _refused("INVITE_REQUEST_SENT", world.carol, asking))
    assert [update.TL_NAME for update in told] == ["updatePendingJoinRequests"]
    assert (told[0].peer, told[0].recent_requesters) == (api.PeerChannel(channel_id=channel.id), [world.carol.id])
    full = world.alice.call(api.channels.GetFullChannel(channel=channel.of(world.alice)))
    assert (full.full_chat.requests_pending, full.full_chat.recent_requesters) == (1, [world.carol.id])
    _refused("CHANNEL_PRIVATE", world.carol, history(channel.peer(world.carol)))
    request = api.messages.HideChatJoinRequest(
        peer=channel.peer(world.alice), user_id=world.alice.input_user(world.carol), approved=True
    )
    told = after(world.carol, lambda: world.alice.call(request))
    assert "updateChannel" in grouped(told)
    assert _actions(world.carol, channel)[0] == api.MessageActionChatJoinedByRequest()
    (joined,) = world.carol.call(history(channel.peer(world.carol), limit=1)).messages
    assert joined.from_id == api.PeerUser(user_id=world.carol.id)
    assert _log(channel)[0].approved_by == world.alice.id


def test_a_public_group_may_ask_for_requests(world: World) -> None:
    channel = world.supergroup()
    channel.publish("asking_group")
    toggle = api.channels.ToggleJoinRequest(channel=channel.of(world.alice), enabled=True)
    world.alice.call(toggle)
    _refused("INVITE_REQUEST_SENT", world.carol, api.channels.JoinChannel(channel=channel.of(world.carol)))
    everyone = api.messages.HideAllChatJoinRequests(peer=channel.peer(world.alice), approved=True)
    world.alice.call(everyone)
    assert world.carol.call(api.channels.GetChannels(id=[channel.of(world.carol)])).chats[0].left is False
    assert _log(channel)[0].invite == api.ChatInvitePublicJoinRequests()


def test_letting_in_costs_the_same_for_one_and_for_many(world: World) -> None:
    counts = []
    for size in (1, 8):
        channel = world.supergroup()
        invite = _export(world.alice, channel, request_needed=True)
        for other in crowd(world.server, size):
            _refused("INVITE_REQUEST_SENT", other, api.messages.ImportChatInvite(hash=_hash(invite)))
        everyone = api.messages.HideAllChatJoinRequests(peer=channel.peer(world.alice), approved=True)
        counts.append(statements(world.alice, everyone))
    assert counts[0] == counts[1]


def test_peeking_into_a_public_group(world: World) -> None:
    group = world.supergroup()
    group.publish("open_house")
    invite = _export(world.alice, group)
    peek = world.bob.call(api.messages.CheckChatInvite(hash=_hash(invite)))
    assert isinstance(peek, api.ChatInvitePeek)
    assert (peek.chat.id, peek.chat.left, peek.chat.username) == (group.id, True, "open_house")
    assert peek.expires > int(world.server.clock.time)
    group.post(world.alice, "come in")
    assert group.texts(world.bob) == ["come in"]
    _join(world.bob, invite)
    assert isinstance(world.bob.call(api.messages.CheckChatInvite(hash=_hash(invite))), api.ChatInviteAlready)
    asking = _export(world.alice, group, request_needed=True)
    assert isinstance(world.carol.call(api.messages.CheckChatInvite(hash=_hash(asking))), api.ChatInvite)


def test_links_have_no_price(world: World) -> None:
    channel = world.broadcast()
    pricing = api.StarsSubscriptionPricing(period=2_592_000, amount=5)
    request = api.messages.ExportChatInvite(peer=channel.peer(world.alice), subscription_pricing=pricing)
    _refused("PRICING_CHAT_INVALID", world.alice, request)
