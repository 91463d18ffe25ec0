"""Replies to messages of other chats, and what else comes along with a forward."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.channels.test_forums import create
from tests.unit.functions.channels.world import Channel
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import history, last_id, statements, write
from tl import TLObject, api

_RANDOM_IDS = itertools.count(110_000)


def replying(client: Client, to: Any, message_id: int, elsewhere: Any, **options: Any) -> api.messages.SendMessage:
    reply = api.InputReplyToMessage(reply_to_msg_id=message_id, reply_to_peer_id=elsewhere, **options)
    return api.messages.SendMessage(peer=to, message="look", random_id=next(_RANDOM_IDS), reply_to=reply)


def newest(client: Client, peer: Any) -> Any:
    client.server.settle()
    return client.call(history(peer, limit=1)).messages[0]


def refused(client: Client, request: TLObject) -> str:
    with pytest.raises(RpcError) as caught:
        client.call(request)
    return str(caught.value.type)


def test_to_a_message_of_a_private_chat(world: World) -> None:
    write(world.bob, world.alice, "well said")
    source = world.alice.peer(world.bob)
    request = replying(
        world.alice, world.alice.peer(world.carol), last_id(world.alice), source, quote_text="well", quote_offset=0
    )
    world.alice.call(request)
    header = newest(world.carol, world.carol.peer(world.alice)).reply_to
    assert header.reply_from.from_id == api.PeerUser(user_id=world.bob.id)
    assert (header.quote_text, header.reply_to_msg_id, header.reply_to_peer_id) == ("well", None, None)
    assert newest(world.alice, world.alice.peer(world.carol)).reply_to == header
    rules: list[Any] = [api.InputPrivacyValueDisallowAll()]
    world.bob.call(api.account.SetPrivacy(key=api.InputPrivacyKeyForwards(), rules=rules))
    request.random_id = next(_RANDOM_IDS)
    world.alice.call(request)
    header = newest(world.carol, world.carol.peer(world.alice)).reply_to
    assert (header.reply_from.from_id, header.reply_from.from_name) == (None, "Bob")


def test_to_the_same_chat_by_its_name(world: World) -> None:
    (message_id,) = write(world.alice, world.bob, "hello")
    peer = world.alice.peer(world.bob)
    world.alice.call(replying(world.alice, peer, message_id, peer))
    header = newest(world.bob, world.bob.peer(world.alice)).reply_to
    assert (header.reply_to_msg_id, header.reply_from) == (last_id(world.bob) - 1, None)


def test_to_a_post_with_a_picture(world: World) -> None:
    channel = Channel.create(world.alice, [world.bob], broadcast=True)
    photo = api.InputMediaUploadedPhoto(file=upload(world.alice, picture(50, 40)))
    send = api.messages.SendMedia(peer=channel.peer(world.alice), media=photo, message="", random_id=1)
    world.alice.call(send)
    post = newest(world.bob, channel.peer(world.bob)).id
    request = replying(world.bob, world.bob.peer(world.carol), post, channel.peer(world.bob))
    world.bob.call(request)
    header = newest(world.carol, world.carol.peer(world.bob)).reply_to
    # Whoever cannot see the channel learns no more than a forward would say.
    assert (header.reply_to_peer_id, header.reply_to_msg_id) == (None, None)
    assert header.reply_from.channel_post == post
    assert header.reply_media.photo.access_hash and header.reply_media.photo.file_reference
    channel.publish("pictures")
    request.random_id = next(_RANDOM_IDS)
    world.bob.call(request)
    header = newest(world.carol, world.carol.peer(world.bob)).reply_to
    assert (header.reply_to_peer_id, header.reply_to_msg_id) == (api.PeerChannel(channel_id=channel.id), post)


def test_in_a_topic(world: World) -> None:
    forum = Channel.create(world.alice, [world.bob], megagroup=True, forum=True)
    topic = create(forum, world.alice, "News", 1)
    write(world.carol, world.bob, "from elsewhere")
    request = replying(
        world.bob, forum.peer(world.bob), last_id(world.bob), world.bob.peer(world.carol), top_msg_id=topic
    )
    world.bob.call(request)
    header = newest(world.alice, forum.peer(world.alice)).reply_to
    assert (header.reply_to_msg_id, header.reply_to_top_id, header.forum_topic) == (None, topic, True)
    assert header.reply_from.from_id == api.PeerUser(user_id=world.carol.id)
    replies = api.messages.GetReplies(
        peer=forum.peer(world.alice),
        msg_id=topic,
        offset_id=0,
        offset_date=0,
        add_offset=0,
        limit=10,
        max_id=0,
        min_id=0,
        hash=0,
    )
    assert [message.message for message in world.alice.call(replies).messages] == ["look"]


def test_what_cannot_be_answered(world: World) -> None:
    peer = world.alice.peer(world.carol)
    write(world.bob, world.alice, "hello")
    at_alice = last_id(world.alice)
    missing = replying(world.alice, peer, at_alice + 5, world.alice.peer(world.bob))
    assert refused(world.alice, missing) == "REPLY_MESSAGE_ID_INVALID"
    another = replying(world.alice, world.alice.peer(world.bob), at_alice, peer)
    assert refused(world.alice, another) == "REPLY_MESSAGE_ID_INVALID"
    channel = Channel.create(world.bob, broadcast=True)
    post = channel.post(world.bob, "secret")
    hidden = replying(world.alice, peer, post, world.alice.channel_peer(channel.id))
    assert refused(world.alice, hidden) == "CHANNEL_PRIVATE"
    world.bob.call(api.messages.ToggleNoForwards(peer=channel.peer(world.bob), enabled=True))
    protected = replying(world.bob, world.bob.peer(world.carol), post, channel.peer(world.bob))
    assert refused(world.bob, protected) == "CHAT_FORWARDS_RESTRICTED"
    story = api.messages.SendMessage(
        peer=peer, message="x", random_id=1, reply_to=api.InputReplyToStory(peer=peer, story_id=1)
    )
    assert refused(world.alice, story) == "REPLY_TO_INVALID"


def test_an_album_asks_once(world: World) -> None:
    write(world.bob, world.alice, "hello")
    answered = last_id(world.alice)
    costs = []
    for count in (2, 5):
        photo = api.InputMediaUploadedPhoto(file=upload(world.alice, picture(50 + count, 40)))
        media = world.alice.call(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=photo)).photo
        known = api.InputMediaPhoto(
            id=api.InputPhoto(id=media.id, access_hash=media.access_hash, file_reference=media.file_reference)
        )
        singles = [api.InputSingleMedia(media=known, random_id=next(_RANDOM_IDS), message="") for _ in range(count)]
        reply = api.InputReplyToMessage(reply_to_msg_id=answered, reply_to_peer_id=world.alice.peer(world.bob))
        request = api.messages.SendMultiMedia(peer=world.alice.peer(world.carol), multi_media=singles, reply_to=reply)
        costs.append(statements(world.alice, request) - count)
    # One statement for each picture, none for the reply.
    assert costs[0] == costs[1]
    found = newest(world.carol, world.carol.peer(world.alice))
    assert found.reply_to.reply_from.from_id == api.PeerUser(user_id=world.bob.id)


def test_a_forward_that_answers_and_begins_later(world: World) -> None:
    write(world.carol, world.alice, "which video?")
    answered = last_id(world.alice)
    video = api.InputMediaUploadedDocument(
        file=upload(world.alice, b"video" * 20),
        mime_type="video/mp4",
        attributes=[api.DocumentAttributeVideo(duration=9.0, w=10, h=10)],
    )
    world.alice.call(api.messages.SendMedia(peer=api.InputPeerSelf(), media=video, message="", random_id=1))
    request = api.messages.ForwardMessages(
        from_peer=api.InputPeerSelf(),
        id=[last_id(world.alice)],
        random_id=[2],
        to_peer=world.alice.peer(world.carol),
        video_timestamp=4,
        reply_to=api.InputReplyToMessage(reply_to_msg_id=answered, quote_text="video", quote_offset=6),
    )
    world.alice.call(request)
    found = newest(world.carol, world.carol.peer(world.alice))
    assert (found.media.video_timestamp, found.reply_to.quote_text) == (4, "video")
    assert found.reply_to.reply_to_msg_id == last_id(world.carol) - 1
    request.video_timestamp, request.random_id = -1, [3]
    assert refused(world.alice, request) == "MEDIA_INVALID"
    request.video_timestamp, request.effect = None, 77
    assert refused(world.alice, request) == "EFFECT_ID_INVALID"
    request.effect, request.from_ephemeral = None, True
    assert refused(world.alice, request) == "MESSAGE_ID_INVALID"
    request.suggested_post = api.SuggestedPost()
    assert refused(world.alice, request) == "SUGGESTED_POST_PEER_INVALID"
    suggested = api.messages.SendMessage(
        peer=api.InputPeerSelf(), message="x", random_id=4, suggested_post=api.SuggestedPost()
    )
    assert refused(world.alice, suggested) == "SUGGESTED_POST_PEER_INVALID"
