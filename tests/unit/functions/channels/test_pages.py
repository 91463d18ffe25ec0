"""Choices for a channel's page: https://core.telegram.org/method/channels.setMainProfileTab."""

from __future__ import annotations

from typing import Any

import pytest

from functions.channels import full, pages
from tests.harness import Client
from tests.unit.functions.channels.world import Channel, World, refused
from tests.unit.functions.messages.world import after
from tests.unit.functions.stickers.test_sets import by_name, create, item
from tl import api


def _full(channel: Channel, client: Client) -> Any:
    return client.call(api.channels.GetFullChannel(channel=channel.of(client))).full_chat


def test_the_first_tab_of_a_page(world: World) -> None:
    news, group = world.broadcast(world.bob), world.supergroup()

    def request(client: Client, channel: Channel) -> Any:
        return api.channels.SetMainProfileTab(channel=channel.of(client), tab=api.ProfileTabMedia())

    assert _full(news, world.bob).main_tab is None
    told = after(world.bob, lambda: world.alice.call(request(world.alice, news)))
    assert told == [api.UpdateChannel(channel_id=news.id)]
    assert _full(news, world.bob).main_tab == api.ProfileTabMedia()
    world.alice.call(api.channels.SetMainProfileTab(channel=news.of(world.alice), tab=api.ProfileTabPosts()))
    assert _full(news, world.bob).main_tab == api.ProfileTabPosts()
    assert refused(world.bob, request(world.bob, news)) == "CHAT_ADMIN_REQUIRED"
    assert refused(world.carol, request(world.carol, news)) == "CHANNEL_PRIVATE"
    assert refused(world.alice, request(world.alice, group)) == "CHANNEL_INVALID"


def test_a_group_of_its_own_stickers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    group = world.supergroup(world.bob)
    chosen = create(world.bob, short_name="our_cats").set

    def request(client: Client, stickers: Any) -> Any:
        return api.channels.SetStickers(channel=group.of(client), stickerset=stickers)

    assert not _full(group, world.alice).can_set_stickers
    assert refused(world.alice, request(world.alice, by_name("our_cats"))) == "PARTICIPANTS_TOO_FEW"
    for module in (full, pages):
        monkeypatch.setattr(module, "STICKERS_FROM", 2)
    assert _full(group, world.alice).can_set_stickers
    assert not _full(group, world.bob).can_set_stickers
    told = after(world.bob, lambda: world.alice.call(request(world.alice, by_name("our_cats"))))
    assert told == [api.UpdateChannel(channel_id=group.id)]
    shown = _full(group, world.bob).stickerset
    assert (shown.id, shown.short_name) == (chosen.id, "our_cats")
    assert after(world.bob, lambda: world.alice.call(request(world.alice, by_name("our_cats")))) == []
    log = api.channels.GetAdminLog(channel=group.of(world.alice), q="", max_id=0, min_id=0, limit=1)
    action = world.alice.call(log).events[0].action
    assert (action.prev_stickerset, action.new_stickerset.id) == (api.InputStickerSetEmpty(), chosen.id)
    assert world.alice.call(request(world.alice, api.InputStickerSetEmpty()))
    assert _full(group, world.bob).stickerset is None
    assert refused(world.alice, request(world.alice, by_name("nothing"))) == "STICKERSET_INVALID"
    assert refused(world.bob, request(world.bob, api.InputStickerSetEmpty())) == "CHAT_ADMIN_REQUIRED"
    assert (
        refused(
            world.alice,
            api.channels.SetStickers(channel=world.broadcast().of(world.alice), stickerset=api.InputStickerSetEmpty()),
        )
        == "CHANNEL_INVALID"
    )


def test_a_set_that_is_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "STICKERS_FROM", 1)
    group = world.supergroup()
    create(world.alice, short_name="our_cats")
    create(world.alice, item(world.alice, size=(100, 100)), short_name="our_emoji", emojis=True)
    request = api.channels.SetStickers(channel=group.of(world.alice), stickerset=by_name("our_emoji"))
    assert refused(world.alice, request) == "STICKERSET_INVALID"
    request.stickerset = by_name("our_cats")
    world.alice.call(request)
    world.alice.call(api.stickers.DeleteStickerSet(stickerset=by_name("our_cats")))
    assert _full(group, world.alice).stickerset is None


def test_who_would_pay(world: World) -> None:
    group, news = world.supergroup(world.bob), world.broadcast(owner=world.bob)
    news.publish("bobs_news")
    for options in ({"for_paid_reactions": True}, {"for_live_stories": True}):
        found = world.bob.call(api.channels.GetSendAs(peer=group.peer(world.bob), **options))
        assert [item.peer for item in found.peers] == [
            api.PeerUser(user_id=world.bob.id),
            api.PeerChannel(channel_id=news.id),
        ]
    assert len(world.bob.call(api.channels.GetSendAs(peer=group.peer(world.bob))).peers) == 1
