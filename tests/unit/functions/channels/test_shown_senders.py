"""messages.search by who is shown as the sender, and the counters of a topic: https://core.telegram.org/api/search."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.functions.channels.test_forums import create, in_topic
from tests.unit.functions.channels.world import World, refused
from tests.unit.functions.messages.test_search import find
from tests.unit.functions.messages.world import texts
from tl import api


def test_messages_of_a_channel_in_a_group(world: World) -> None:
    group, news = world.supergroup(world.bob), world.broadcast()
    group.publish("our_group")
    news.publish("our_news")
    peer = group.peer(world.alice)
    group.post(world.alice, "from alice")
    said = [group.post(world.alice, text, send_as=news.peer(world.alice)) for text in ("from news", "more from news")]
    found = world.bob.call(find(group.peer(world.bob), from_id=news.peer(world.bob)))
    assert (texts(found), found.count) == (["more from news", "from news"], 2)
    assert texts(world.bob.call(find(group.peer(world.bob), "more", from_id=news.peer(world.bob)))) == [
        "more from news"
    ]
    # Who wrote them is not found out.
    assert texts(world.bob.call(find(group.peer(world.bob), "from", from_id=world.bob.peer(world.alice)))) == [
        "from alice"
    ]
    world.alice.call(api.channels.DeleteMessages(channel=group.of(world.alice), id=said[:1]))
    assert texts(world.bob.call(find(group.peer(world.bob), from_id=news.peer(world.bob)))) == ["more from news"]
    other = world.broadcast()
    assert texts(world.alice.call(find(peer, from_id=other.peer(world.alice)))) == []
    assert texts(world.alice.call(find(world.alice.peer(world.bob), from_id=news.peer(world.alice)))) == []
    assert refused(world.alice, find(peer, from_id=api.InputPeerChat(chat_id=1))) == "FROM_PEER_INVALID"
    assert refused(world.alice, find(peer, from_id=api.InputPeerChannel(channel_id=news.id, access_hash=1))) == (
        "CHANNEL_INVALID"
    )
    news.post(world.alice, "a post")
    assert texts(world.alice.call(find(news.peer(world.alice), "post", from_id=news.peer(world.alice)))) == ["a post"]


def test_messages_of_anonymous_administrators(world: World) -> None:
    group = world.supergroup(world.bob)
    group.post(world.alice, "openly")
    rights = api.ChatAdminRights(anonymous=True)
    me = api.InputUserSelf()
    world.alice.call(
        api.channels.EditAdmin(channel=group.of(world.alice), user_id=me, admin_rights=rights, rank="boss")
    )
    group.post(world.alice, "in the group's name")
    found = world.bob.call(find(group.peer(world.bob), from_id=group.peer(world.bob)))
    assert texts(found) == ["in the group's name"]


def test_comments_show_the_posts_channel(world: World) -> None:
    news, group = world.broadcast(), world.supergroup(world.bob)
    world.alice.call(api.channels.SetDiscussionGroup(broadcast=news.of(world.alice), group=group.of(world.alice)))
    news.publish("our_news")
    news.post(world.alice, "a post")
    group.post(world.bob, "a comment")
    found = world.bob.call(find(group.peer(world.bob), "a", from_id=news.peer(world.bob)))
    assert texts(found) == ["a post"]


@pytest.mark.parametrize("filter", [api.InputMessagesFilterGeo(), api.InputMessagesFilterEmpty()])
def test_counters_of_a_topic(world: World, filter: Any) -> None:
    forum = world.supergroup(world.bob, forum=True)
    news = create(forum, world.alice, "News", 1)
    media = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=48.1, long=11.5))
    for number, options in enumerate(({"reply_to": in_topic(news)}, {}, {})):
        request = api.messages.SendMedia(
            peer=forum.peer(world.alice), media=media, message="", random_id=10 + number, **options
        )
        world.alice.call(request)

    def count(**options: Any) -> int:
        request = api.messages.GetSearchCounters(peer=forum.peer(world.bob), filters=[filter], **options)
        (counter,) = world.bob.call(request)
        return int(counter.count)

    assert count(top_msg_id=news) == 1
    assert count(top_msg_id=1) == 2
    assert count() > 2 or isinstance(filter, api.InputMessagesFilterGeo)
    assert not isinstance(filter, api.InputMessagesFilterGeo) or count() == 3
