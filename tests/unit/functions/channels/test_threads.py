"""What threads have of their own: read marks of others, drafts, pins. https://core.telegram.org/api/threads."""

from __future__ import annotations

from typing import Any

from tests.harness import Client, grouped
from tests.unit.functions.channels.test_forums import create, in_topic, topics
from tests.unit.functions.channels.world import Channel, World, refused
from tests.unit.functions.messages.world import after, statements
from tl import api


def _read(channel: Channel, who: Client, thread_id: int, max_id: int) -> Any:
    return api.messages.ReadDiscussion(peer=channel.peer(who), msg_id=thread_id, read_max_id=max_id)


def _read_by_others(channel: Channel, who: Client, thread_id: int) -> Any:
    request = api.messages.GetDiscussionMessage(peer=channel.peer(who), msg_id=thread_id)
    return who.call(request).read_outbox_max_id


def test_senders_learn_that_a_thread_was_read(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    root = group.post(world.alice, "root")
    reply = api.InputReplyToMessage(reply_to_msg_id=root)
    first = group.post(world.alice, "one", reply_to=reply)
    second = group.post(world.bob, "two", reply_to=reply)
    assert _read_by_others(group, world.alice, root) is None
    told = after(world.alice, lambda: world.carol.call(_read(group, world.carol, root, first)))
    outbox = api.UpdateReadChannelDiscussionOutbox(channel_id=group.id, top_msg_id=root, read_max_id=first)
    assert told == [outbox]
    assert _read_by_others(group, world.alice, root) == first
    # Nobody's own reading marks his messages as read.
    assert _read_by_others(group, world.carol, root) is None
    told = after(world.bob, lambda: world.carol.call(_read(group, world.carol, root, second)))
    outbox.read_max_id = second
    assert told == [outbox]
    assert _read_by_others(group, world.bob, root) == second
    # Whoever read furthest sees how far the next one is.
    told = after(world.carol, lambda: world.bob.call(_read(group, world.bob, root, first)))
    outbox.read_max_id = first
    assert told == [outbox]
    assert _read_by_others(group, world.carol, root) == first
    assert after(world.alice, lambda: world.bob.call(_read(group, world.bob, root, first))) == []


def test_topics_show_what_others_have_read(world: World) -> None:
    forum = world.supergroup(world.bob, forum=True)
    news, talk = create(forum, world.alice, "News", 1), create(forum, world.alice, "Talk", 2)
    message = forum.post(world.alice, "in news", reply_to=in_topic(news))
    one = statements(world.alice, api.messages.GetForumTopicsByID(peer=forum.peer(world.alice), topics=[news]))
    told = grouped(after(world.alice, lambda: world.bob.call(_read(forum, world.bob, news, message))))
    (update,) = told["updateReadChannelDiscussionOutbox"]
    shown = {topic.id: topic for topic in topics(forum, world.alice).topics}
    assert (update.top_msg_id, update.read_max_id) == (news, shown[news].read_outbox_max_id) == (news, message)
    assert shown[talk].read_outbox_max_id == 0
    assert {topic.read_outbox_max_id for topic in topics(forum, world.bob).topics} == {0}
    both = api.messages.GetForumTopicsByID(peer=forum.peer(world.alice), topics=[news, talk])
    assert statements(world.alice, both) == one


def _drafts(client: Client) -> dict[int, str]:
    updates = client.call(api.messages.GetAllDrafts()).updates
    return {update.top_msg_id or 0: update.draft.message for update in updates}


def test_drafts_of_topics(world: World) -> None:
    tablet = world.bob.device()
    forum = world.supergroup(world.bob, forum=True)
    news, talk = create(forum, world.alice, "News", 1), create(forum, world.alice, "Talk", 2)
    peer = forum.peer(world.bob)
    saved = api.messages.SaveDraft(peer=peer, message="dear readers", reply_to=in_topic(news))
    (update,) = after(tablet, lambda: world.bob.call(saved))
    assert (update.peer, update.top_msg_id, update.draft.message) == (
        api.PeerChannel(channel_id=forum.id),
        news,
        "dear readers",
    )
    assert after(tablet, lambda: world.bob.call(saved)) == []
    world.bob.call(api.messages.SaveDraft(peer=peer, message="to all"))
    world.bob.call(api.messages.SaveDraft(peer=peer, message="hm", reply_to=in_topic(talk)))
    assert _drafts(world.bob) == {0: "to all", news: "dear readers", talk: "hm"}
    shown = {topic.id: topic.draft for topic in topics(forum, world.bob).topics}
    assert (shown[news].message, shown[talk].message, shown[1]) == ("dear readers", "hm", None)
    assert {topic.draft for topic in topics(forum, world.alice).topics} == {None}
    (dialog,) = world.bob.call(api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=peer)])).dialogs
    assert dialog.draft.message == "to all"
    told = grouped(after(tablet, lambda: forum.post(world.bob, "sent", reply_to=in_topic(news), clear_draft=True)))
    (update,) = told["updateDraftMessage"]
    assert (update.top_msg_id, isinstance(update.draft, api.DraftMessageEmpty)) == (news, True)
    empty = api.messages.SaveDraft(peer=peer, message="", reply_to=in_topic(talk))
    (update,) = after(tablet, lambda: world.bob.call(empty))
    assert (update.top_msg_id, isinstance(update.draft, api.DraftMessageEmpty)) == (talk, True)
    assert _drafts(world.bob) == {0: "to all"}


def test_drafts_of_comment_threads(world: World) -> None:
    group = world.supergroup(world.bob)
    root = group.post(world.alice, "root")
    answer = group.post(world.alice, "one", reply_to=api.InputReplyToMessage(reply_to_msg_id=root))
    reply = api.InputReplyToMessage(reply_to_msg_id=answer, top_msg_id=root)
    world.bob.call(api.messages.SaveDraft(peer=group.peer(world.bob), message="", reply_to=reply))
    (update,) = world.bob.call(api.messages.GetAllDrafts()).updates
    assert (update.top_msg_id, update.draft.reply_to) == (root, reply)
    tablet = world.bob.device()
    told = after(tablet, lambda: world.bob.call(api.messages.ClearAllDrafts()))
    assert [update.top_msg_id for update in told] == [root]
    missing = api.InputReplyToMessage(reply_to_msg_id=999, top_msg_id=999)
    request = api.messages.SaveDraft(peer=group.peer(world.bob), message="x", reply_to=missing)
    assert refused(world.bob, request) == "MSG_ID_INVALID"
    rich = api.InputRichMessageMarkdown(markdown="x")
    request = api.messages.SaveDraft(peer=group.peer(world.bob), message="x", rich_message=rich)
    assert refused(world.bob, request) == "MEDIA_INVALID"


def test_a_thread_keeps_its_draft_when_the_chat_is_written_to(world: World) -> None:
    group = world.supergroup(world.bob)
    root = group.post(world.alice, "root")
    request = api.messages.SaveDraft(peer=group.peer(world.bob), message="later", reply_to=in_topic(root))
    world.bob.call(request)
    group.post(world.bob, "now", clear_draft=True)
    assert _drafts(world.bob) == {root: "later"}


def _pinned(channel: Channel, client: Client) -> list[int]:
    request = api.messages.Search(
        peer=channel.peer(client), q="", filter=api.InputMessagesFilterPinned(), min_date=0, max_date=0, offset_id=0,
        add_offset=0, limit=100, max_id=0, min_id=0, hash=0,
    )  # fmt: skip
    return [message.id for message in client.call(request).messages]


def test_unpinning_a_topic(world: World) -> None:
    forum = world.supergroup(world.bob, forum=True)
    news = create(forum, world.alice, "News", 1)
    inside = [forum.post(world.alice, text, reply_to=in_topic(news)) for text in ("one", "two")]
    outside = forum.post(world.alice, "general")
    for message_id in (*inside, outside):
        pin = api.messages.UpdatePinnedMessage(peer=forum.peer(world.alice), id=message_id, silent=True)
        world.alice.call(pin)
    request = api.messages.UnpinAllMessages(peer=forum.peer(world.alice), top_msg_id=news)
    told = grouped(after(world.bob, lambda: world.alice.call(request)))
    (update,) = told["updatePinnedChannelMessages"]
    assert (sorted(update.messages), update.pinned) == (inside, False)
    assert _pinned(forum, world.bob) == [outside]
    request.top_msg_id = None
    world.alice.call(request)
    assert _pinned(forum, world.bob) == []
