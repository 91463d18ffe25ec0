"""Handing a channel over: https://core.telegram.org/api/rights#channel-ownership-transfer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness import Client, grouped
from tests.srp_client import new_settings, proof
from tests.unit.functions.channels.test_admins import promote
from tests.unit.functions.channels.world import Channel, World, refused
from tl import api

_PASSWORD = "correct horse"


def hand_over(channel: Channel, giver: Client, to: Client, password: str = _PASSWORD) -> Any:
    """The request with a proof of the password."""
    check = proof(giver.call(api.account.GetPassword()), password)
    return api.messages.EditChatCreator(peer=channel.peer(giver), user_id=giver.input_user(to), password=check)


def participant(channel: Channel, asker: Client, who: Client) -> Any:
    asked = api.channels.GetParticipant(channel=channel.of(asker), participant=asker.peer(who))
    return asker.call(asked).participant


@pytest.fixture
def group(world: World) -> Channel:
    """A supergroup of Alice's, who has a password."""
    settings = new_settings(world.alice.call(api.account.GetPassword()), _PASSWORD)
    world.alice.call(api.account.UpdatePasswordSettings(password=api.InputCheckPasswordEmpty(), new_settings=settings))
    return world.supergroup(world.bob)


def test_the_new_owner_may_all_and_the_old_one_stays_an_administrator(world: World, group: Channel) -> None:
    tablet = world.alice.device()
    for device in (tablet, world.bob):
        device.pushes()
    answer = world.alice.call(hand_over(group, world.alice, world.bob))
    (chat,) = answer.chats
    assert (chat.creator, chat.admin_rights.add_admins) == (False, True)
    for device in (tablet, world.bob):
        assert grouped(device.pushes())["updateChannel"]
    (seen,) = world.bob.call(api.channels.GetChannels(id=[group.of(world.bob)])).chats
    assert seen.creator
    assert isinstance(participant(group, world.alice, world.bob), api.ChannelParticipantCreator)
    assert participant(group, world.bob, world.alice).can_edit
    assert refused(world.alice, promote(group, world.bob, by=world.alice, ban_users=True)) == "USER_CREATOR"
    world.bob.call(promote(group, world.alice, by=world.bob))
    assert isinstance(participant(group, world.bob, world.alice), api.ChannelParticipant)


def test_who_may_not(world: World, group: Channel) -> None:
    assert refused(world.alice, hand_over(group, world.alice, world.bob, "wrong")) == "PASSWORD_HASH_INVALID"
    assert refused(world.alice, hand_over(group, world.alice, world.carol)) == "USER_NOT_PARTICIPANT"
    assert refused(world.alice, hand_over(group, world.alice, world.alice)) == "USER_ID_INVALID"
    world.alice.call(promote(group, world.bob, add_admins=True))
    request = hand_over(group, world.alice, world.alice)
    request.peer, request.password = group.peer(world.bob), api.InputCheckPasswordEmpty()
    assert refused(world.bob, request) == "CHAT_ADMIN_REQUIRED"
    assert isinstance(participant(group, world.bob, world.alice), api.ChannelParticipantCreator)


def test_an_owner_without_a_password(world: World) -> None:
    group = world.supergroup(world.bob)
    request = api.messages.EditChatCreator(
        peer=group.peer(world.alice), user_id=world.alice.input_user(world.bob), password=api.InputCheckPasswordEmpty()
    )
    assert refused(world.alice, request) == "PASSWORD_MISSING"
