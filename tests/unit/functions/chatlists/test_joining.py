"""Taking over a shared folder: https://core.telegram.org/method/chatlists.joinChatlistInvite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import tl
from layers.domain import limits
from layers.invocation import Invocation, invoke
from tests.harness import grouped
from tests.unit.functions.channels.world import World, refused
from tests.unit.functions.chatlists.folders import (
    channel_ids,
    chatlist,
    check,
    folders,
    join,
    make_folder,
    share,
)
from tests.unit.functions.messages.world import after, statements
from tl import api


def _edit(world: World, slug: str, *channels: Any) -> None:
    world.alice.call(make_folder(world.alice, channels))
    peers = [channel.peer(world.alice) for channel in channels]
    world.alice.call(api.chatlists.EditExportedInvite(chatlist=chatlist(), slug=slug, peers=peers))


def _updates(world: World) -> list[int]:
    answer = world.bob.call(api.chatlists.GetChatlistUpdates(chatlist=chatlist()))
    assert [chat.id for chat in answer.chats] == channel_ids(answer.missing_peers)
    return channel_ids(answer.missing_peers)


def test_a_link_shows_what_is_behind_it(world: World) -> None:
    group, news = world.supergroup(world.bob), world.broadcast()
    slug = share(world.alice, group, news)
    shown = check(world.bob, f"https://t.me/addlist/{slug}")
    assert (shown.title.text, channel_ids(shown.peers)) == ("News", [group.id, news.id])
    assert [(chat.title, chat.left) for chat in shown.chats] == [("Channel", False), ("Channel", True)]
    again = check(world.alice, slug)
    assert (again.filter_id, channel_ids(again.already_peers), again.missing_peers) == (2, [group.id, news.id], [])
    for wrong, error in (("", "INVITE_SLUG_EMPTY"), ("?", "INVITE_SLUG_EXPIRED"), ("abcdefgh", "INVITE_SLUG_EXPIRED")):
        assert refused(world.bob, api.chatlists.CheckChatlistInvite(slug=wrong)).endswith(error)
        assert refused(world.bob, join(world.bob, wrong, news)).endswith(error)


def test_joining_some_of_the_chats(world: World) -> None:
    tablet = world.bob.device()
    group, news, other = world.supergroup(), world.broadcast(), world.broadcast()
    slug = share(world.alice, group, news, other)
    answers: list[Any] = []
    told = grouped(after(tablet, lambda: answers.append(world.bob.call(join(world.bob, slug, group, news)))))
    (answer,) = answers
    (update,) = (item for item in answer.updates if isinstance(item, api.UpdateDialogFilter))
    assert channel_ids(update.filter.include_peers) == [group.id, news.id]
    assert not update.filter.has_my_invites
    assert folders(world.bob) == {2: update.filter}
    assert told["updateDialogFilter"] == [update]
    assert sorted(item.channel_id for item in told["updateChannel"]) == sorted([group.id, news.id])
    assert {chat.id: chat.left for chat in answer.chats} == {group.id: False, news.id: False}
    group.post(world.bob, "here I am")
    again = check(world.bob, slug)
    assert (channel_ids(again.already_peers), channel_ids(again.missing_peers)) == ([group.id, news.id], [other.id])
    # What he did not want is no news.
    assert _updates(world) == []
    world.bob.call(join(world.bob, slug, other))
    assert channel_ids(folders(world.bob)[2].include_peers) == [group.id, news.id, other.id]


def test_who_came_by_a_folder(world: World) -> None:
    group = world.supergroup()
    slug = share(world.alice, group)
    world.bob.call(join(world.bob, slug, group))
    importers = world.alice.call(
        api.messages.GetChatInviteImporters(
            peer=group.peer(world.alice), offset_date=0, offset_user=api.InputUserEmpty(), limit=10
        )
    )
    assert [(item.user_id, item.via_chatlist) for item in importers.importers] == [(world.bob.id, True)]
    log = api.channels.GetAdminLog(channel=group.of(world.alice), q="", max_id=0, min_id=0, limit=10)
    action = world.alice.call(log).events[0].action
    assert isinstance(action, api.ChannelAdminLogEventActionParticipantJoinByInvite)
    assert action.via_chatlist


def test_chats_that_are_closed_now_are_left_out(world: World) -> None:
    group, news, public = world.supergroup(), world.broadcast(), world.broadcast()
    public.publish("public_news")
    slug = share(world.alice, group, news, public)
    ban = api.ChatBannedRights(view_messages=True, until_date=0)
    world.alice.call(
        api.channels.EditBanned(
            channel=group.of(world.alice), participant=world.alice.peer(world.bob), banned_rights=ban
        )
    )
    world.alice.call(api.channels.DeleteChannel(channel=news.of(world.alice)))
    assert channel_ids(check(world.bob, slug).peers) == [public.id]
    assert refused(world.bob, join(world.bob, slug, group, news)).endswith("FILTER_INCLUDE_EMPTY")
    assert folders(world.bob) == {}
    world.bob.call(join(world.bob, slug, public))
    assert channel_ids(folders(world.bob)[2].include_peers) == [public.id]


def test_where_one_has_to_ask(world: World) -> None:
    group, news = world.supergroup(), world.broadcast()
    group.publish("ask_us")
    world.alice.call(api.channels.ToggleJoinToSend(channel=group.of(world.alice), enabled=True))
    world.alice.call(api.channels.ToggleJoinRequest(channel=group.of(world.alice), enabled=True))
    slug = share(world.alice, group, news)
    assert refused(world.bob, join(world.bob, slug, group)).endswith("FILTER_INCLUDE_EMPTY")
    world.bob.call(join(world.bob, slug, group, news))
    assert channel_ids(folders(world.bob)[2].include_peers) == [news.id]
    waiting = api.messages.GetChatInviteImporters(
        requested=True, peer=group.peer(world.alice), offset_date=0, offset_user=api.InputUserEmpty(), limit=10
    )
    assert [item.user_id for item in world.alice.call(waiting).importers] == [world.bob.id]


def test_news_of_a_folder(world: World) -> None:
    first, second, third = world.supergroup(), world.broadcast(), world.broadcast()
    slug = share(world.alice, first)
    world.bob.call(join(world.bob, slug, first))
    assert _updates(world) == []
    _edit(world, slug, first, second)
    assert _updates(world) == [second.id]
    world.bob.call(api.chatlists.HideChatlistUpdates(chatlist=chatlist()))
    assert _updates(world) == []
    _edit(world, slug, first, second, third)
    assert _updates(world) == [third.id]
    update = api.chatlists.JoinChatlistUpdates(chatlist=chatlist(), peers=[])
    assert refused(world.bob, update).endswith("FILTER_INCLUDE_EMPTY")
    update.peers = [third.peer(world.bob)]
    world.bob.call(update)
    assert _updates(world) == []
    assert channel_ids(folders(world.bob)[2].include_peers) == [first.id, third.id]
    world.alice.call(api.chatlists.DeleteExportedInvite(chatlist=chatlist(), slug=slug))
    assert _updates(world) == []
    assert refused(world.bob, update).endswith("FILTER_INCLUDE_EMPTY")
    for request in (api.chatlists.GetChatlistUpdates, api.chatlists.HideChatlistUpdates):
        assert refused(world.bob, request(chatlist=chatlist(9))).endswith("FILTER_ID_INVALID")


def test_leaving_with_the_folder(world: World) -> None:
    tablet = world.bob.device()
    own, group, news = world.supergroup(world.alice, owner=world.bob), world.supergroup(), world.broadcast()
    own.publish("bobs_group")
    slug = share(world.alice, own, group, news)
    world.bob.call(join(world.bob, slug, own, group, news))
    suggested = world.bob.call(api.chatlists.GetLeaveChatlistSuggestions(chatlist=chatlist()))
    assert channel_ids(suggested) == [group.id, news.id]
    foreign = api.chatlists.LeaveChatlist(chatlist=chatlist(), peers=[world.broadcast(world.bob).peer(world.bob)])
    assert refused(world.bob, foreign).endswith("PEER_ID_INVALID")
    answers: list[Any] = []
    leave = api.chatlists.LeaveChatlist(chatlist=chatlist(), peers=[group.peer(world.bob)])
    told = grouped(after(tablet, lambda: answers.append(world.bob.call(leave))))
    assert told["updateDialogFilter"] == [api.UpdateDialogFilter(id=2)]
    assert [item.channel_id for item in told["updateChannel"]] == [group.id]
    assert api.UpdateDialogFilter(id=2) in answers[0].updates
    assert folders(world.bob) == {}
    assert refused(world.bob, group.message(world.bob, "gone")).endswith("CHANNEL_PRIVATE")
    assert refused(world.bob, leave).endswith("FILTER_ID_INVALID")
    assert isinstance(check(world.bob, slug), api.chatlists.ChatlistInvite)


def test_shared_folders_are_few(world: World) -> None:
    group = world.supergroup()
    slugs = [share(world.alice, group, filter_id=number) for number in range(2, 2 + limits.CHATLISTS_JOINED)]
    mine = world.supergroup(owner=world.carol)
    one_more = share(world.carol, mine)
    for slug in slugs:
        world.bob.call(join(world.bob, slug, group))
    assert refused(world.bob, join(world.bob, one_more, mine)).endswith("CHATLISTS_TOO_MUCH")
    assert sorted(folders(world.bob)) == [2, 3]


def test_a_look_costs_the_same_for_many_chats(world: World) -> None:
    channels = [world.broadcast() for _ in range(4)]
    first, second = share(world.alice, channels[0]), share(world.alice, *channels, filter_id=3)
    request = api.chatlists.CheckChatlistInvite(slug=first)
    cost = statements(world.bob, request)
    request.slug = second
    assert statements(world.bob, request) == cost


def test_a_client_of_an_old_layer(world: World) -> None:
    group = world.supergroup()
    slug = share(world.alice, group)
    request = api.chatlists.CheckChatlistInvite(slug=slug)
    for layer in (158, 181, 200):
        caller = replace(world.bob.device().caller, layer=layer)
        reply = invoke(world.server.services, world.server.registry, Invocation(caller, tl.encode(request)))
        assert reply.result is not None
        assert b"News" in reply.result
        mine = replace(world.alice.device().caller, layer=layer)
        folders_of = tl.encode(api.messages.GetDialogFilters())
        reply = invoke(world.server.services, world.server.registry, Invocation(mine, folders_of))
        assert reply.result is not None
        assert b"News" in reply.result
