"""Searching the posts of all public channels: https://core.telegram.org/method/channels.searchPosts."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain import post_search
from tests.harness import Client
from tests.unit.functions.channels.world import Channel, World, refused
from tests.unit.functions.messages.world import statements, texts
from tl import api


def _search(**options: Any) -> api.channels.SearchPosts:
    fields: dict[str, Any] = {"offset_rate": 0, "offset_peer": api.InputPeerEmpty(), "offset_id": 0, "limit": 10}
    return api.channels.SearchPosts(**{**fields, **options})


def _public(world: World, name: str, owner: Client | None = None) -> Channel:
    channel = world.broadcast(owner=owner or world.alice)
    channel.publish(name)
    return channel


def test_posts_by_hashtag_and_by_words(world: World) -> None:
    news, other = _public(world, "all_news"), _public(world, "other_news", world.bob)
    private = world.broadcast()
    news.post(world.alice, "Rain today #Weather")
    world.server.clock.advance(1)
    other.post(world.bob, "weather report: rain, rain, rain ($EUR falls)")
    world.server.clock.advance(1)
    private.post(world.alice, "secret rain #weather")
    found = world.carol.call(_search(hashtag="weather"))
    assert texts(found) == ["Rain today #Weather"]
    assert [chat.id for chat in found.chats] == [news.id]
    assert found.chats[0].left
    assert texts(world.carol.call(_search(hashtag="#WEATHER"))) == ["Rain today #Weather"]
    assert texts(world.carol.call(_search(hashtag="$eur"))) == ["weather report: rain, rain, rain ($EUR falls)"]
    assert texts(world.carol.call(_search(query="rain"))) == [
        "weather report: rain, rain, rain ($EUR falls)",
        "Rain today #Weather",
    ]
    assert texts(world.carol.call(_search(query="Rain weather today"))) == ["Rain today #Weather"]
    assert texts(world.carol.call(_search(query="rai"))) == []
    group = world.supergroup()
    group.publish("public_group")
    group.post(world.alice, "rain in a group")
    assert len(world.carol.call(_search(query="rain")).messages) == 2


def test_what_is_edited_deleted_or_closed_is_not_found(world: World) -> None:
    news = _public(world, "all_news")
    post = news.post(world.alice, "rain #weather")
    world.alice.call(api.messages.EditMessage(peer=news.peer(world.alice), id=post, message="sun #weather"))
    assert texts(world.carol.call(_search(query="rain"))) == []
    assert texts(world.carol.call(_search(hashtag="weather"))) == ["sun #weather"]
    ban = api.ChatBannedRights(view_messages=True, until_date=0)
    world.bob.call(api.channels.JoinChannel(channel=news.of(world.bob)))
    world.alice.call(
        api.channels.EditBanned(
            channel=news.of(world.alice), participant=world.alice.peer(world.bob), banned_rights=ban
        )
    )
    assert texts(world.bob.call(_search(query="sun"))) == []
    news.publish("")
    assert texts(world.carol.call(_search(query="sun"))) == []
    news.publish("all_news_again")
    assert texts(world.carol.call(_search(query="sun"))) == ["sun #weather"]
    world.alice.call(api.channels.DeleteMessages(channel=news.of(world.alice), id=[post]))
    assert texts(world.carol.call(_search(query="sun"))) == []


def _pages(world: World, **options: Any) -> list[str]:
    found: list[str] = []
    request = _search(**options)
    for _ in range(20):
        page = world.carol.call(request)
        found += texts(page)
        if not getattr(page, "next_rate", None):
            return found
        request.offset_rate = page.next_rate
        if page.messages:
            last = page.messages[-1]
            request.offset_peer = world.carol.channel_peer(last.peer_id.channel_id)
            request.offset_id = last.id
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_pages(world: World, limit: int) -> None:
    channels = [_public(world, f"channel_{number}") for number in range(2)]
    for number in range(3):
        for index, channel in enumerate(channels):
            channel.post(world.alice, f"rain {number} {index}")
        world.server.clock.advance(number)
    found = _pages(world, query="rain", limit=limit)
    assert sorted(found) == sorted(f"rain {number} {index}" for number in range(3) for index in range(2))
    assert found[0].startswith("rain 2")


def test_private_posts_do_not_hide_the_public_ones(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_search, "SCANNED", 2)
    _public(world, "all_news").post(world.alice, "rain in public")
    private = world.broadcast()
    for _ in range(5):
        world.server.clock.advance(1)
        private.post(world.alice, "rain in private")
    assert _pages(world, query="rain") == ["rain in public"]


def test_wrong_searches(world: World) -> None:
    assert refused(world.alice, _search(hashtag="#")) == "HASHTAG_INVALID"
    assert refused(world.alice, _search(hashtag="two words")) == "HASHTAG_INVALID"
    assert refused(world.alice, _search(query=" ")) == "SEARCH_QUERY_EMPTY"
    wrong = _search(query="rain", offset_rate=1, offset_peer=api.InputPeerSelf())
    assert refused(world.alice, wrong) == "OFFSET_PEER_ID_INVALID"


def test_a_search_costs_no_stars(world: World) -> None:
    flood = world.alice.call(api.channels.CheckSearchPostsFlood(query="rain"))
    assert (flood.query_is_free, flood.stars_amount, flood.remains) == (True, 0, flood.total_daily)
    assert flood.remains > 0


def test_a_page_costs_the_same_whatever_it_holds(world: World) -> None:
    first, second = _public(world, "channel_1"), _public(world, "channel_2")
    first.post(world.alice, "rain")
    cost = statements(world.carol, _search(query="rain"))
    for number in range(3):
        first.post(world.alice, f"rain {number}")
        second.post(world.alice, f"rain {number}")
    assert statements(world.carol, _search(query="rain")) == cost
