"""Owners who leave their channels: https://core.telegram.org/api/channel#leaving-groups-channels."""

from __future__ import annotations

from typing import Any

from functions.channels.membership import hand_channels_over
from layers.domain.successions import RETURN_S
from tests.harness import Client, grouped
from tests.unit.functions.channels.world import Channel, World, history, refused
from tl import api


def leave(channel: Channel, client: Client) -> Any:
    return client.call(api.channels.LeaveChannel(channel=channel.of(client)))


def join(channel: Channel, client: Client) -> Any:
    return client.call(api.channels.JoinChannel(channel=channel.of(client)))


def heir(channel: Channel, client: Client) -> Any:
    return client.call(api.messages.GetFutureChatCreatorAfterLeave(peer=channel.peer(client)))


def owns(channel: Channel, client: Client) -> bool:
    (chat,) = client.call(api.channels.GetChannels(id=[channel.of(client)])).chats
    return bool(chat.creator)


def actions(channel: Channel, client: Client, count: int) -> list[Any]:
    found = client.call(history(channel.peer(client), limit=count)).messages
    return [getattr(message, "action", None) for message in found]


def pass_time(world: World, seconds: int = RETURN_S) -> int:
    world.server.clock.advance(seconds)
    return hand_channels_over(world.server.services)


def make_admin(channel: Channel, client: Client) -> None:
    channel.owner.call(
        api.channels.EditAdmin(
            channel=channel.of(channel.owner),
            user_id=channel.owner.input_user(client),
            admin_rights=api.ChatAdminRights(change_info=True),
        )
    )


def test_a_group_gets_a_new_owner_after_a_week(world: World) -> None:
    alice, bob, carol = world.alice, world.bob, world.carol
    group = world.supergroup(bob, carol)
    assert heir(group, alice).id == bob.id
    make_admin(group, carol)
    assert heir(group, alice).id == carol.id
    ask = api.messages.GetFutureChatCreatorAfterLeave(peer=group.peer(bob))
    assert refused(bob, ask) == "CHAT_ADMIN_REQUIRED"
    leave(group, alice)
    assert actions(group, bob, 2) == [
        api.MessageActionChatDeleteUser(user_id=alice.id),
        api.MessageActionNewCreatorPending(new_creator_id=carol.id),
    ]
    assert pass_time(world, RETURN_S - 10) == 0 and not owns(group, carol)
    bob.pushes()
    carol.pushes()
    assert pass_time(world, 20) == 1 and pass_time(world, 0) == 0
    assert owns(group, carol)
    (told,) = grouped(bob.pushes())["updateNewChannelMessage"]
    assert told.message.action == api.MessageActionChangeCreator(new_creator_id=carol.id)
    assert grouped(carol.pushes())["updateChannel"]
    full = carol.call(api.channels.GetFullChannel(channel=group.of(carol))).full_chat
    assert (full.participants_count, full.admins_count) == (2, 1)
    # It is too late for the old one.
    assert refused(alice, api.channels.JoinChannel(channel=group.of(alice))) == "CHANNEL_PRIVATE"


def test_the_owner_comes_back(world: World) -> None:
    alice, bob = world.alice, world.bob
    channel = world.broadcast(bob)
    leave(channel, alice)
    (left,) = alice.call(api.channels.GetLeftChannels(offset=0)).chats
    assert isinstance(left, api.ChannelForbidden)
    join(channel, alice)
    assert owns(channel, alice)
    assert pass_time(world) == 0 and not owns(channel, bob)
    full = alice.call(api.channels.GetFullChannel(channel=channel.of(alice))).full_chat
    assert (full.participants_count, full.admins_count) == (2, 1)
    # Also when somebody brings him in.
    leave(channel, alice)
    group = world.supergroup(bob)
    leave(group, alice)
    bob.call(api.channels.InviteToChannel(channel=group.of(bob), users=[bob.input_user(alice)]))
    assert owns(group, alice)


def test_the_heir_is_gone_too(world: World) -> None:
    alice, bob, carol = world.alice, world.bob, world.carol
    group = world.supergroup(bob, carol)
    leave(group, alice)
    leave(group, bob)
    assert pass_time(world) == 1
    assert owns(group, carol)
    empty = world.broadcast(bob)
    leave(empty, alice)
    leave(empty, bob)
    assert pass_time(world) == 1
    assert heir(group, carol) == api.UserEmpty(id=0)
    assert refused(carol, api.channels.LeaveChannel(channel=group.of(carol))) == "USER_CREATOR"
