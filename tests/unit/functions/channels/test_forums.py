"""Topics of forums: https://core.telegram.org/api/forum."""

from __future__ import annotations

from typing import Any

from tests.harness import Client, grouped
from tests.unit.functions.channels.test_discussion import replies
from tests.unit.functions.channels.world import Channel, World, refused
from tl import api


def create(forum: Channel, who: Client, title: str, random_id: int) -> int:
    """A new topic's id."""
    request = api.messages.CreateForumTopic(peer=forum.peer(who), title=title, random_id=random_id)
    (update,) = grouped(who.call(request).updates)["updateNewChannelMessage"]
    assert update.message.action.title == title
    return int(update.message.id)


def topics(forum: Channel, who: Client, **options: Any) -> Any:
    """The answer of messages.getForumTopics."""
    fields = {"offset_date": 0, "offset_id": 0, "offset_topic": 0, "limit": 100, **options}
    return who.call(api.messages.GetForumTopics(peer=forum.peer(who), **fields))


def in_topic(topic_id: int) -> Any:
    return api.InputReplyToMessage(reply_to_msg_id=topic_id, top_msg_id=topic_id)


def test_topics(world: World) -> None:
    forum = world.supergroup(world.bob, forum=True)
    world.server.clock.advance(1)
    news, talk = create(forum, world.alice, "News", 1), create(forum, world.bob, "Talk", 2)
    world.server.clock.advance(1)
    first = forum.post(world.bob, "in news", reply_to=in_topic(news))
    forum.post(world.alice, "an answer", reply_to=api.InputReplyToMessage(reply_to_msg_id=first, top_msg_id=news))
    forum.post(world.alice, "in general")
    found = topics(forum, world.bob)
    assert [topic.title for topic in found.topics] == ["General", "News", "Talk"]
    assert found.count == 3
    by_id = {topic.id: topic for topic in found.topics}
    assert (by_id[news].unread_count, by_id[talk].my, by_id[news].my) == (1, True, False)
    page = replies(forum, world.bob, news)
    assert [message.message for message in page.messages] == ["an answer", "in news"]
    answer, direct = page.messages
    assert (answer.reply_to.forum_topic, answer.reply_to.reply_to_top_id) == (True, news)
    assert (direct.reply_to.forum_topic, direct.reply_to.reply_to_msg_id) == (True, news)
    assert [message.message for message in replies(forum, world.bob, 1).messages] == ["in general"]
    read = api.messages.ReadDiscussion(peer=forum.peer(world.bob), msg_id=news, read_max_id=answer.id)
    world.bob.call(read)
    by_id = {topic.id: topic for topic in topics(forum, world.bob).topics}
    assert (by_id[news].unread_count, by_id[news].read_inbox_max_id) == (0, answer.id)
    assert [topic.title for topic in topics(forum, world.bob, q="tal").topics] == ["Talk"]


def test_changing_topics(world: World) -> None:
    forum = world.supergroup(world.bob, world.carol, forum=True)
    topic_id = create(forum, world.bob, "Talk", 1)
    edit = api.messages.EditForumTopic(peer=forum.peer(world.carol), topic_id=topic_id, title="Mine")
    assert refused(world.carol, edit) == "CHAT_ADMIN_REQUIRED"
    edit.peer, edit.closed = forum.peer(world.bob), True
    world.carol.pushes()
    world.bob.call(edit)
    (update,) = grouped(world.carol.pushes())["updateNewChannelMessage"]
    assert (update.message.action.title, update.message.action.closed) == ("Mine", True)
    closed = forum.message(world.carol, "hi", reply_to=in_topic(topic_id))
    assert refused(world.carol, closed) == "TOPIC_CLOSED"
    assert refused(world.bob, edit) == "TOPIC_NOT_MODIFIED"
    pin = api.messages.UpdatePinnedForumTopic(peer=forum.peer(world.alice), topic_id=topic_id, pinned=True)
    world.alice.call(pin)
    assert topics(forum, world.bob).topics[0].pinned
    assert refused(world.alice, pin) == "PINNED_TOPIC_NOT_MODIFIED"
    order = api.messages.ReorderPinnedForumTopics(peer=forum.peer(world.alice), order=[1, topic_id], force=True)
    world.alice.call(order)
    assert [topic.id for topic in topics(forum, world.bob).topics] == [1, topic_id]
    hide = api.messages.EditForumTopic(peer=forum.peer(world.alice), topic_id=1, hidden=True)
    world.alice.call(hide)
    delete = api.messages.DeleteTopicHistory(peer=forum.peer(world.bob), top_msg_id=topic_id)
    assert refused(world.bob, delete) == "CHAT_ADMIN_REQUIRED"
    delete.peer = forum.peer(world.alice)
    world.alice.call(delete)
    asked = api.messages.GetForumTopicsByID(peer=forum.peer(world.bob), topics=[topic_id, 1])
    gone, general = world.bob.call(asked).topics
    assert isinstance(gone, api.ForumTopicDeleted)
    assert general.hidden
    assert refused(world.carol, forum.message(world.carol, "hi", reply_to=in_topic(topic_id)))


def test_only_forums_have_topics(world: World) -> None:
    group = world.supergroup(world.bob)
    request = api.messages.CreateForumTopic(peer=group.peer(world.alice), title="x", random_id=1)
    assert refused(world.alice, request) == "CHANNEL_FORUM_MISSING"
    toggle = api.channels.ToggleForum(channel=group.of(world.alice), enabled=True, tabs=False)
    world.alice.call(toggle)
    create(group, world.alice, "x", 1)
    assert refused(world.alice, toggle) == "CHAT_NOT_MODIFIED"


def test_a_repeated_creation(world: World) -> None:
    forum = world.supergroup(forum=True)
    assert create(forum, world.alice, "once", 5) == create(forum, world.alice, "once", 5)
    assert topics(forum, world.alice).count == 2


def test_who_made_a_topic_is_not_mentioned_by_all_that_is_said_in_it(world: World) -> None:
    forum = world.supergroup(world.bob, world.carol, forum=True)
    talk = create(forum, world.bob, "Talk", 1)
    said = forum.post(world.bob, "welcome", reply_to=in_topic(talk))

    def mentions() -> int:
        return int({topic.id: topic for topic in topics(forum, world.bob).topics}[talk].unread_mentions_count)

    forum.post(world.carol, "hello", reply_to=in_topic(talk))
    assert mentions() == 0
    forum.post(world.carol, "thanks", reply_to=api.InputReplyToMessage(reply_to_msg_id=said, top_msg_id=talk))
    assert mentions() == 1
