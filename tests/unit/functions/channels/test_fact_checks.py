"""Fact checks of channel posts: https://core.telegram.org/api/factcheck."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.channel_model import ChannelVerifier
from tests.harness import Client, Harness
from tests.unit.functions.channels.world import Channel, World, history, refused
from tl import api

_CHECKER = 1002


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server = Harness(tmp_path, fact_checkers=f"5,{_CHECKER}")
    alice, bob, carol = server.user("Alice"), server.user("Bob"), server.user("Carol")
    assert bob.id == _CHECKER
    yield World(server, alice, bob, carol)
    server.close()


def checking(
    channel: Channel, client: Client, message_id: int, text: str, *entities: Any
) -> api.messages.EditFactCheck:
    said = api.TextWithEntities(text=text, entities=list(entities))
    return api.messages.EditFactCheck(peer=channel.peer(client), msg_id=message_id, text=said)


def shown(channel: Channel, client: Client) -> Any:
    return client.call(history(channel.peer(client), limit=1)).messages[0].factcheck


def may_check(client: Client) -> bool:
    config = client.call(api.help.GetAppConfig(hash=0)).config
    return bool({item.key: item.value for item in config.value}["can_edit_factcheck"].value)


def test_a_check_is_written_changed_and_taken_away(world: World) -> None:
    channel = world.broadcast(world.bob, world.carol)
    first, second = channel.post(world.alice, "plain"), channel.post(world.alice, "the earth is flat")
    verifier = ChannelVerifier(world.server, channel.id, world.alice, world.bob, world.carol)
    entities: list[Any] = [
        api.MessageEntityBold(offset=0, length=5),
        api.MessageEntityTextUrl(offset=6, length=5, url="https://t.me/checks/1"),
        api.MessageEntityTextUrl(offset=12, length=4, url="https://example.org"),
        api.MessageEntityCode(offset=0, length=5),
    ]
    (edit,) = verifier.call(world.bob, checking(channel, world.bob, second, "It is round, see", *entities)).updates
    assert isinstance(edit, api.UpdateEditChannelMessage)
    check = edit.message.factcheck
    assert (check.text.text, check.text.entities, check.need_check) == ("It is round, see", entities[:2], False)
    assert edit.message.edit_date is None and edit.message.edit_hide
    assert shown(channel, world.carol) == check and check.hash
    asked = api.messages.GetFactCheck(peer=channel.peer(world.carol), msg_id=[second, first, 99])
    assert world.carol.call(asked) == [check, api.FactCheck(hash=0), api.FactCheck(hash=0)]
    verifier.call(world.bob, checking(channel, world.bob, second, "A globe"))
    changed = shown(channel, world.carol)
    assert changed.text.text == "A globe" and changed.hash != check.hash
    # An edit of the post leaves the check, a forward does not take it along.
    verifier.call(
        world.alice, api.messages.EditMessage(peer=channel.peer(world.alice), id=second, message="the earth is round")
    )
    assert shown(channel, world.carol) == changed
    forward = api.messages.ForwardMessages(
        from_peer=channel.peer(world.carol), id=[second], random_id=[1], to_peer=api.InputPeerSelf()
    )
    assert world.carol.call(forward).updates[-1].message.factcheck is None
    delete = api.messages.DeleteFactCheck(peer=channel.peer(world.bob), msg_id=second)
    verifier.call(world.bob, delete)
    assert shown(channel, world.carol) is None
    assert refused(world.bob, delete) == "MESSAGE_NOT_MODIFIED"
    verifier.check()


def test_who_may_check_and_what(world: World) -> None:
    channel, group = world.broadcast(world.bob), world.supergroup(world.bob)
    post, message = channel.post(world.alice, "post"), group.post(world.alice, "message")
    assert may_check(world.bob) and not may_check(world.alice)
    assert refused(world.alice, checking(channel, world.alice, post, "no")) == "CHAT_ACTION_FORBIDDEN"
    delete = api.messages.DeleteFactCheck(peer=channel.peer(world.alice), msg_id=post)
    assert refused(world.alice, delete) == "CHAT_ACTION_FORBIDDEN"
    assert refused(world.bob, checking(group, world.bob, message, "no")) == "CHAT_ACTION_FORBIDDEN"
    own = api.messages.EditFactCheck(
        peer=world.bob.peer(world.alice), msg_id=1, text=api.TextWithEntities(text="no", entities=[])
    )
    assert refused(world.bob, own) == "CHAT_ACTION_FORBIDDEN"
    assert refused(world.bob, checking(channel, world.bob, post + 9, "no")) == "MESSAGE_ID_INVALID"
    assert refused(world.bob, checking(channel, world.bob, 1, "no")) == "MESSAGE_ID_INVALID"
    assert refused(world.bob, checking(channel, world.bob, post, " ")) == "MESSAGE_EMPTY"
    assert refused(world.bob, checking(channel, world.bob, post, "x" * 1025)) == "MESSAGE_TOO_LONG"
    world.bob.call(checking(channel, world.bob, post, "once"))
    assert refused(world.bob, checking(channel, world.bob, post, "once")) == "MESSAGE_NOT_MODIFIED"
    hidden = api.messages.GetFactCheck(peer=channel.peer(world.carol), msg_id=[post])
    assert refused(world.carol, hidden) == "CHANNEL_PRIVATE"


def test_the_copy_below_which_people_comment_has_none(world: World) -> None:
    channel, group = world.broadcast(world.bob), world.supergroup(world.bob)
    link = api.channels.SetDiscussionGroup(broadcast=channel.of(world.alice), group=group.of(world.alice))
    world.alice.call(link)
    post = channel.post(world.alice, "post")
    world.bob.call(checking(channel, world.bob, post, "checked"))
    world.alice.call(api.messages.EditMessage(peer=channel.peer(world.alice), id=post, message="another"))
    copy = world.bob.call(history(group.peer(world.bob), limit=1)).messages[0]
    assert (copy.message, copy.factcheck) == ("another", None)
