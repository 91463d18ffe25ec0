"""Comments and threads: https://core.telegram.org/api/discussion, https://core.telegram.org/api/threads."""

from __future__ import annotations

from typing import Any

from tests.harness import Client, grouped
from tests.unit.functions.channels.world import Channel, World, history, refused
from tl import api


def replies(channel: Channel, viewer: Client, message_id: int, **options: Any) -> Any:
    """The answer of messages.getReplies."""
    fields: dict[str, Any] = {
        "offset_id": 0,
        "offset_date": 0,
        "add_offset": 0,
        "limit": 100,
        "max_id": 0,
        "min_id": 0,
        "hash": 0,
        **options,
    }
    return viewer.call(api.messages.GetReplies(peer=channel.peer(viewer), msg_id=message_id, **fields))


def linked(world: World) -> tuple[Channel, Channel]:
    """A channel and its discussion group, both with Bob."""
    channel, group = world.broadcast(world.bob), world.supergroup(world.bob)
    request = api.channels.SetDiscussionGroup(broadcast=channel.of(world.alice), group=group.of(world.alice))
    world.alice.call(request)
    return channel, group


def test_linking(world: World) -> None:
    channel, group = linked(world)
    full = world.bob.call(api.channels.GetFullChannel(channel=channel.of(world.bob)))
    assert full.full_chat.linked_chat_id == group.id
    assert {chat.id for chat in full.chats} == {channel.id, group.id}
    again = api.channels.SetDiscussionGroup(broadcast=channel.of(world.alice), group=group.of(world.alice))
    assert refused(world.alice, again) == "LINK_NOT_MODIFIED"
    again.broadcast, again.group = channel.of(world.bob), group.of(world.bob)
    assert refused(world.bob, again) == "CHAT_ADMIN_REQUIRED"
    apart = api.channels.SetDiscussionGroup(broadcast=channel.of(world.alice), group=api.InputChannelEmpty())
    world.alice.call(apart)
    full = world.bob.call(api.channels.GetFullChannel(channel=group.of(world.bob)))
    assert full.full_chat.linked_chat_id is None


def test_comments(world: World) -> None:
    channel, group = linked(world)
    world.bob.pushes()
    post_id = channel.post(world.alice, "news")
    posted = grouped(world.bob.pushes())["updateNewChannelMessage"]
    post = next(item.message for item in posted if item.message.peer_id.channel_id == channel.id)
    assert (post.replies.comments, post.replies.channel_id) == (True, group.id)
    found = world.bob.call(api.messages.GetDiscussionMessage(peer=channel.peer(world.bob), msg_id=post_id))
    (copy,) = found.messages
    assert copy.fwd_from.saved_from_msg_id == post_id
    assert copy.from_id == api.PeerChannel(channel_id=channel.id)
    assert (copy.message, copy.pinned, copy.out) == ("news", True, False)
    answer = api.InputReplyToMessage(reply_to_msg_id=copy.id)
    comment_id = group.post(world.bob, "first!", reply_to=answer)
    group.post(world.alice, "indeed", reply_to=api.InputReplyToMessage(reply_to_msg_id=comment_id))
    page = replies(channel, world.bob, post_id)
    assert [message.message for message in page.messages] == ["indeed", "first!"]
    assert page.messages[0].reply_to.reply_to_top_id == copy.id
    (shown, *_) = world.bob.call(history(channel.peer(world.bob))).messages
    assert (shown.replies.replies, shown.replies.max_id) == (2, page.messages[0].id)
    found = world.bob.call(api.messages.GetDiscussionMessage(peer=channel.peer(world.bob), msg_id=post_id))
    assert found.unread_count == 1
    read = api.messages.ReadDiscussion(peer=group.peer(world.bob), msg_id=copy.id, read_max_id=page.messages[0].id)
    tablet = world.bob.device()
    world.bob.call(read)
    (update,) = grouped(tablet.pushes())["updateReadChannelDiscussionInbox"]
    assert (update.top_msg_id, update.broadcast_post) == (copy.id, post_id)
    found = world.bob.call(api.messages.GetDiscussionMessage(peer=channel.peer(world.bob), msg_id=post_id))
    assert (found.unread_count, found.read_inbox_max_id) == (0, page.messages[0].id)
    world.bob.call(api.channels.DeleteMessages(channel=group.of(world.bob), id=[comment_id]))
    (shown, *_) = world.bob.call(history(channel.peer(world.bob))).messages
    assert shown.replies.replies == 1


def test_threads_of_a_group(world: World) -> None:
    group = world.supergroup(world.bob)
    root = group.post(world.alice, "root")
    one = group.post(world.bob, "one", reply_to=api.InputReplyToMessage(reply_to_msg_id=root))
    group.post(world.alice, "two", reply_to=api.InputReplyToMessage(reply_to_msg_id=one))
    assert [message.message for message in replies(group, world.bob, root).messages] == ["two", "one"]
    assert (
        refused(
            world.carol,
            api.messages.GetReplies(
                peer=group.peer(world.carol),
                msg_id=root,
                offset_id=0,
                offset_date=0,
                add_offset=0,
                limit=1,
                max_id=0,
                min_id=0,
                hash=0,
            ),
        )
        == "CHANNEL_PRIVATE"
    )
    shown = world.bob.call(api.channels.GetMessages(channel=group.of(world.bob), id=[api.InputMessageID(id=root)]))
    assert shown.messages[0].replies.replies == 2


def test_the_copy_follows_its_post(world: World) -> None:
    channel, group = linked(world)
    post_id = channel.post(world.alice, "news")
    world.alice.call(api.messages.EditMessage(peer=channel.peer(world.alice), id=post_id, message="corrected"))
    assert group.texts(world.bob) == ["corrected"]
    world.alice.call(api.channels.DeleteMessages(channel=channel.of(world.alice), id=[post_id]))
    assert group.texts(world.bob) == []
    assert channel.texts(world.bob) == []
