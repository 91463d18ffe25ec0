"""A basic group becomes a supergroup: https://core.telegram.org/api/channel#migration."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client, grouped
from tests.unit.functions.channels.world import World, history
from tests.unit.functions.messages.grouping import chat_peer, full, make_group, remove, say
from tests.unit.functions.messages.world import after, crowd, dialogs, statements
from tl import api


def _migrate(owner: Client, group: int) -> Any:
    answer = owner.call(api.messages.MigrateChat(chat_id=group))
    owner.server.settle()
    return answer


def _channel_of(client: Client, channel_id: int) -> Any:
    return client.call(api.channels.GetFullChannel(channel=client.channel(channel_id)))


def test_everyone_comes_along(world: World) -> None:
    dave = world.server.user("Dave")
    group = make_group(world.alice, world.bob, world.carol, dave)
    world.alice.call(
        api.messages.EditChatAdmin(chat_id=group, user_id=world.alice.input_user(world.bob), is_admin=True)
    )
    world.alice.call(api.messages.EditChatAbout(peer=chat_peer(group), about="for friends"))
    say(world.bob, group, "before")
    remove(world.alice, group, dave)
    told = grouped(after(world.carol, lambda: _migrate(world.alice, group)))
    (left,) = [update.message.action for update in told["updateNewMessage"]]
    assert isinstance(left, api.MessageActionChatMigrateTo)
    assert {update.channel_id for update in told["updateChannel"]} == {left.channel_id}

    (old,) = world.bob.call(api.messages.GetChats(id=[group])).chats
    assert (old.deactivated, old.migrated_to) == (True, world.bob.channel(left.channel_id))
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        say(world.bob, group, "too late")
    for client in (world.alice, world.bob, world.carol):
        page = _channel_of(client, left.channel_id)
        new = next(chat for chat in page.chats if chat.id == left.channel_id)
        assert (new.title, new.megagroup, new.creator) == ("Friends", True, client is world.alice)
        assert (new.admin_rights is not None) == (client is not world.carol)
        assert (page.full_chat.about, page.full_chat.participants_count) == ("for friends", 3)
        assert page.full_chat.migrated_from_chat_id == group
        assert page.full_chat.migrated_from_max_id == client.call(history(chat_peer(group))).messages[0].id
        assert api.PeerChannel(channel_id=left.channel_id) in [item.peer for item in client.call(dialogs()).dialogs]
        (began,) = client.call(history(client.channel_peer(left.channel_id))).messages
        assert began.action == api.MessageActionChannelMigrateFrom(title="Friends", chat_id=group)
    with pytest.raises(RpcError, match="CHANNEL_PRIVATE"):
        _channel_of(dave, left.channel_id)
    assert world.bob.call(api.contacts.Search(q="frien", limit=5)).my_results == [
        api.PeerChannel(channel_id=left.channel_id)
    ]


def test_the_answer_tells_both(world: World) -> None:
    group = make_group(world.alice, world.bob)
    answer = _migrate(world.alice, group)
    kinds = grouped(answer.updates)
    assert {"updateNewMessage", "updateChannel", "updateNewChannelMessage"} <= kinds.keys()
    assert {chat.TL_NAME for chat in answer.chats} == {"chat", "channel"}


def test_links_lead_to_the_supergroup(world: World) -> None:
    group = make_group(world.alice)
    invite = world.alice.call(api.messages.ExportChatInvite(peer=chat_peer(group)))
    _migrate(world.alice, group)
    hash_ = invite.link.rpartition("+")[2]
    preview = world.carol.call(api.messages.CheckChatInvite(hash=hash_))
    assert (preview.title, preview.megagroup) == ("Friends", True)
    joined = world.carol.call(api.messages.ImportChatInvite(hash=hash_))
    assert joined.updates.chats[0].megagroup


def test_only_the_owner_may_and_once(world: World) -> None:
    group = make_group(world.alice, world.bob)
    request = api.messages.MigrateChat(chat_id=group)
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        world.bob.call(request)
    _migrate(world.alice, group)
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        world.alice.call(request)
    assert full(world.alice, group).chats[0].deactivated


def test_it_costs_the_same_for_few_and_for_many(world: World) -> None:
    counts = []
    for size in (2, 12):
        group = make_group(world.alice, *crowd(world.server, size))
        counts.append(statements(world.alice, api.messages.MigrateChat(chat_id=group)))
        world.server.settle()
    assert counts[0] == counts[1]
