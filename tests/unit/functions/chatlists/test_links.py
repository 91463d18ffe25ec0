"""Links to a folder: https://core.telegram.org/method/chatlists.exportChatlistInvite."""

from __future__ import annotations

import pytest

from layers.domain import limits
from tests.unit.functions.channels.world import Channel, World, refused
from tests.unit.functions.chatlists.folders import (
    channel_ids,
    chatlist,
    check,
    export,
    folders,
    make_folder,
    share,
    slug_of,
)
from tests.unit.functions.messages.world import after, statements
from tl import api


def test_a_link_makes_the_folder_a_shared_one(world: World) -> None:
    tablet = world.alice.device()
    group, news = world.supergroup(), world.broadcast()
    world.alice.call(make_folder(world.alice, [group, news]))
    answers = []
    told = after(tablet, lambda: answers.append(world.alice.call(export(world.alice, [news], title="  For  all "))))
    (answer,) = answers
    assert (answer.invite.title, channel_ids(answer.invite.peers)) == ("For all", [news.id])
    assert isinstance(answer.filter, api.DialogFilterChatlist)
    assert answer.filter.has_my_invites
    assert answer.filter.include_peers == [group.peer(world.alice), news.peer(world.alice)]
    assert folders(world.alice) == {2: answer.filter}
    assert told == [api.UpdateDialogFilter(id=2, filter=answer.filter)]
    listed = world.alice.call(api.chatlists.GetExportedInvites(chatlist=chatlist()))
    assert (listed.invites, [chat.id for chat in listed.chats]) == ([answer.invite], [news.id])


def test_a_folder_of_groups_shows_them_as_groups(world: World) -> None:
    basic = world.alice.call(api.messages.CreateChat(users=[world.alice.input_user(world.bob)], title="Basic"))
    peer = api.InputPeerChat(chat_id=basic.updates.chats[0].id)
    group = world.supergroup()
    peers = [peer, group.peer(world.alice), world.alice.peer(world.bob), api.InputPeerSelf()]
    world.alice.call(make_folder(world.alice, [], include_peers=peers))
    assert folders(world.alice)[2].include_peers == peers


def test_editing_and_deleting_links(world: World) -> None:
    group, news = world.supergroup(), world.broadcast()
    slug = share(world.alice, group, news)
    edited = world.alice.call(
        api.chatlists.EditExportedInvite(chatlist=chatlist(), slug=slug, title="Less", peers=[group.peer(world.alice)])
    )
    assert (edited.title, channel_ids(edited.peers), slug_of(edited)) == ("Less", [group.id], slug)
    assert channel_ids(check(world.bob, slug).peers) == [group.id]
    unchanged = world.alice.call(
        api.chatlists.EditExportedInvite(chatlist=chatlist(), slug=f"https://t.me/addlist/{slug}")
    )
    assert unchanged == edited
    delete = api.chatlists.DeleteExportedInvite(chatlist=chatlist(), slug=slug)
    assert refused(world.bob, delete).endswith("FILTER_ID_INVALID")
    told = after(world.alice.device(), lambda: world.alice.call(delete))
    assert [item.filter.has_my_invites for item in told] == [False]
    assert isinstance(folders(world.alice)[2], api.DialogFilterChatlist)
    assert refused(world.alice, delete).endswith("INVITE_SLUG_EXPIRED")
    assert refused(world.bob, api.chatlists.CheckChatlistInvite(slug=slug)).endswith("INVITE_SLUG_EXPIRED")


def test_a_basic_group_becomes_a_supergroup(world: World) -> None:
    basic = world.alice.call(api.messages.CreateChat(users=[world.alice.input_user(world.bob)], title="Basic"))
    peer = api.InputPeerChat(chat_id=basic.updates.chats[0].id)
    world.alice.call(make_folder(world.alice, [], pinned_peers=[peer], include_peers=[]))
    request = api.chatlists.ExportChatlistInvite(chatlist=chatlist(), title="", peers=[peer])
    world.alice.pushes()
    answer = world.alice.call(request)
    (channel_id,) = channel_ids(answer.invite.peers)
    assert channel_ids(answer.filter.pinned_peers) == [channel_id]
    assert any(isinstance(item, api.UpdateNewChannelMessage) for item in world.alice.pushes())
    world.server.settle()
    slug = slug_of(answer.invite)
    assert [chat.title for chat in check(world.carol, slug).chats] == ["Basic"]


@pytest.mark.parametrize(
    "fields", [{"contacts": True}, {"exclude_read": True}, {"exclude_peers": [api.InputPeerSelf()]}]
)
def test_what_is_more_than_a_list_is_not_shared(world: World, fields: dict[str, object]) -> None:
    group = world.supergroup()
    world.alice.call(make_folder(world.alice, [group], **fields))
    assert refused(world.alice, export(world.alice, [group])).endswith("FILTER_NOT_SUPPORTED")
    for request in (
        api.chatlists.EditExportedInvite(chatlist=chatlist(), slug="abcdefgh"),
        api.chatlists.DeleteExportedInvite(chatlist=chatlist(), slug="abcdefgh"),
        api.chatlists.GetChatlistUpdates(chatlist=chatlist()),
        api.chatlists.HideChatlistUpdates(chatlist=chatlist()),
        api.chatlists.GetLeaveChatlistSuggestions(chatlist=chatlist()),
        api.chatlists.LeaveChatlist(chatlist=chatlist(), peers=[]),
    ):
        assert refused(world.alice, request).endswith("FILTER_NOT_SUPPORTED")
    assert world.alice.call(api.chatlists.GetExportedInvites(chatlist=chatlist())).invites == []


def test_a_shared_folder_stays_a_list(world: World) -> None:
    group, news = world.supergroup(), world.broadcast()
    share(world.alice, group)
    more = make_folder(world.alice, [group], contacts=True)
    assert refused(world.alice, more).endswith("CHATLIST_EXCLUDE_INVALID")
    world.alice.call(make_folder(world.alice, [group, news]))
    folder = folders(world.alice)[2]
    assert isinstance(folder, api.DialogFilterChatlist)
    assert (folder.has_my_invites, channel_ids(folder.include_peers)) == (True, [group.id, news.id])
    folder.include_peers = [news.peer(world.alice)]
    world.alice.call(api.messages.UpdateDialogFilter(id=2, filter=folder))
    assert folders(world.alice)[2] == folder
    empty = api.DialogFilterChatlist(id=2, title=folder.title, pinned_peers=[], include_peers=[])
    update = api.messages.UpdateDialogFilter(id=2, filter=empty)
    assert refused(world.alice, update).endswith("FILTER_INCLUDE_EMPTY")


def test_what_may_not_be_shared(world: World) -> None:
    group, foreign, public = world.supergroup(), world.supergroup(world.alice, owner=world.bob), _public(world)
    world.alice.call(make_folder(world.alice, [group, foreign, public]))
    unknown = export(world.alice, [group], filter_id=9)
    assert refused(world.alice, unknown).endswith("FILTER_ID_INVALID")
    assert refused(world.alice, export(world.alice, [])).endswith("PEERS_LIST_EMPTY")
    assert refused(world.alice, export(world.alice, [foreign])).endswith("CHAT_ADMIN_REQUIRED")
    assert refused(world.alice, export(world.alice, [public])).endswith("CHANNEL_PRIVATE")
    other = world.supergroup()
    assert refused(world.alice, export(world.alice, [other])).endswith("PEER_ID_INVALID")
    person = export(world.alice, [])
    person.peers = [world.alice.peer(world.bob)]
    assert refused(world.alice, person).endswith("PEER_ID_INVALID")
    wrong = export(world.alice, [])
    wrong.peers = [api.InputPeerChannel(channel_id=group.id, access_hash=1)]
    assert refused(world.alice, wrong).endswith("CHANNEL_INVALID")
    world.alice.call(api.channels.JoinChannel(channel=public.of(world.alice)))
    slug = slug_of(world.alice.call(export(world.alice, [public])).invite)
    edit = api.chatlists.EditExportedInvite(chatlist=chatlist(), slug=slug, peers=[])
    assert refused(world.alice, edit).endswith("PEERS_LIST_EMPTY")
    edit = api.chatlists.EditExportedInvite(chatlist=chatlist(), slug="")
    assert refused(world.alice, edit).endswith("INVITE_SLUG_EMPTY")


def _public(world: World) -> Channel:
    channel = world.broadcast(owner=world.bob)
    channel.publish("public_news")
    return channel


def test_limits(world: World) -> None:
    group = world.supergroup()
    for filter_id in range(2, 2 + limits.CHATLISTS_JOINED):
        share(world.alice, group, filter_id=filter_id)
    for _ in range(limits.CHATLIST_INVITES - 1):
        world.alice.call(export(world.alice, [group]))
    assert refused(world.alice, export(world.alice, [group])).endswith("INVITES_TOO_MUCH")
    world.alice.call(make_folder(world.alice, [group], filter_id=50))
    assert refused(world.alice, export(world.alice, [group], filter_id=50)).endswith("CHATLISTS_TOO_MUCH")
    world.alice.call(api.messages.UpdateDialogFilter(id=2))
    world.alice.call(export(world.alice, [group], filter_id=50))
    config = world.alice.call(api.help.GetAppConfig(hash=0)).config
    told = {item.key: item.value.value for item in config.value if isinstance(item.value, api.JsonNumber)}
    assert told["chatlist_invites_limit_default"] == limits.CHATLIST_INVITES
    assert told["chatlists_joined_limit_default"] == limits.CHATLISTS_JOINED


def test_a_link_to_many_chats_costs_no_statement_more(world: World) -> None:
    channels = [world.broadcast() for _ in range(4)]
    world.alice.call(make_folder(world.alice, channels))
    first = statements(world.alice, export(world.alice, channels[:1]))
    assert statements(world.alice, export(world.alice, channels[1:])) == first
