"""A node listens to the channels of its users, and gives each push to those who are in them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

import tl
from connection_tier.server.channels import ChannelInterest
from connection_tier.server.pushes import PushHub
from connection_tier.server.sessions import SessionTable
from layers.cache import CacheUnavailable, open_cache
from layers.channel_push import MENTIONED, OUT, UNSEEN, ChannelPush, Mark, MembershipChanged, channel_topic
from layers.errors import Unavailable
from layers.push import unpack
from tests.unit.server.test_pushes import Receiver
from tl import api

CHANNEL = -(10**12) - 5
ANN, BEN, CAT = 1, 2, 3


class Topics:
    """A subscription that records what is listened to."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.is_away = False

    async def subscribe(self, *channels: str) -> None:
        self.names.update(channels)
        if self.is_away:
            raise CacheUnavailable

    async def unsubscribe(self, *channels: str) -> None:
        self.names.difference_update(channels)


class Node:
    """The parts of a node that pushes of channels pass through."""

    def __init__(self) -> None:
        self.table = SessionTable("node", open_cache("memory://").aio(), lambda: 1e9)
        self.members: dict[int, Sequence[int]] = {}
        self.topics = Topics()
        self.reads = 0
        self.channels = ChannelInterest(self.table, self.read)
        self.channels.listen_through(self.topics)
        self.hub = PushHub(self.table, self.channels)

    async def read(self, user_id: int) -> Sequence[int]:
        self.reads += 1
        await asyncio.sleep(0)
        return self.members.get(user_id, ())

    async def join(self, user_id: int, *, layer: int = tl.LAYER) -> Receiver:
        """A user's session, and he is in the channel."""
        self.members[user_id] = [CHANNEL]
        receiver = Receiver(self.table, 100 + user_id, layer=layer, user_id=user_id)
        await self.channels.follow(user_id)
        return receiver


def push(pts: int, *marks: Mark, **options: int) -> ChannelPush:
    message = api.Message(
        id=pts, peer_id=api.PeerChannel(channel_id=5), from_id=api.PeerUser(user_id=ANN), date=1, message=f"post {pts}"
    )
    update = api.UpdateNewChannelMessage(message=message, pts=pts, pts_count=1)
    container = api.Updates(updates=[update], users=[], chats=[], date=1, seq=0)
    return ChannelPush(CHANNEL, tl.encode(container), pts, 1, marks=marks, **options)


def received(receiver: Receiver) -> list[api.Message]:
    return [container.updates[0].message for container in receiver.received()]


@pytest.fixture
def node() -> Node:
    return Node()


def test_pushes_travel_as_they_are() -> None:
    for item in (push(7, Mark(ANN, 7, OUT), Mark(BEN, 7, MENTIONED)), MembershipChanged(ANN, CHANNEL, True)):
        assert unpack(item.pack()) == item


async def test_members_receive_posts_in_order(node: Node) -> None:
    ann, ben = await node.join(ANN), await node.join(BEN)
    cat = Receiver(node.table, 3, user_id=CAT)
    await node.channels.follow(CAT)
    assert node.topics.names == {channel_topic(CHANNEL)}
    for pts in (5, 7, 6):
        node.hub.receive(push(pts))
    assert [message.id for message in received(ann)] == [5, 6, 7]
    assert [message.id for message in received(ben)] == [5, 6, 7]
    assert not cat.received()


async def test_everybody_sees_his_own_view(node: Node) -> None:
    ann, ben, cat = await node.join(ANN), await node.join(BEN), await node.join(CAT)
    node.hub.receive(push(5, Mark(ANN, 5, OUT), Mark(BEN, 5, MENTIONED | UNSEEN)))
    (mine,), (for_ben,), (for_cat,) = received(ann), received(ben), received(cat)
    assert (mine.out, mine.mentioned) == (True, False)
    assert (for_ben.out, for_ben.mentioned, for_ben.media_unread) == (False, True, True)
    assert (for_cat.out, for_cat.mentioned) == (False, False)


async def test_the_sender_is_left_out(node: Node) -> None:
    ann, ben = await node.join(ANN), await node.join(BEN)
    session_id = ann.handle.session.session_id
    node.hub.receive(push(5, except_auth_key_id=100 + ANN, except_session_id=session_id))
    assert not ann.received()
    assert received(ben)


async def test_an_older_layer(node: Node) -> None:
    ben = await node.join(BEN, layer=158)
    node.hub.receive(push(5))
    assert [message.message for message in received(ben)] == ["post 5"]


async def test_joining_and_leaving(node: Node) -> None:
    ann = Receiver(node.table, 1, user_id=ANN)
    await node.channels.follow(ANN)
    node.hub.receive(push(5))
    assert not ann.received()
    await node.channels.change(ANN, CHANNEL, is_member=True)
    node.hub.receive(push(6))
    assert [message.id for message in received(ann)] == [6]
    await node.channels.change(ANN, CHANNEL, is_member=False)
    assert not node.topics.names
    node.hub.receive(push(7))
    assert not ann.received()


async def test_a_change_while_the_channels_are_read(node: Node) -> None:
    node.members[ANN] = [CHANNEL]
    Receiver(node.table, 1, user_id=ANN)
    reading = asyncio.ensure_future(node.channels.follow(ANN))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await node.channels.change(ANN, CHANNEL, is_member=False)
    await reading
    assert ANN not in node.channels.users_of(CHANNEL)


async def test_many_ask_at_once_and_one_reads(node: Node) -> None:
    node.members[ANN] = [CHANNEL]
    Receiver(node.table, 1, user_id=ANN)
    await asyncio.gather(*(node.channels.follow(ANN) for _ in range(5)))
    assert node.reads == 1


async def test_who_is_gone_is_forgotten(node: Node) -> None:
    ann, ben = await node.join(ANN), await node.join(BEN)
    node.table.remove(ann.handle)
    await node.channels.expire()
    assert not node.channels.follows(ANN)
    assert node.topics.names
    node.table.remove(ben.handle)
    await node.channels.expire()
    assert not node.topics.names


async def test_without_the_database_the_next_request_tries_again(node: Node) -> None:
    read = node.channels._read_channels

    async def away(_user_id: int) -> Sequence[int]:
        raise Unavailable

    node.channels._read_channels = away
    Receiver(node.table, 1, user_id=ANN)
    await node.channels.follow(ANN)
    assert not node.channels.follows(ANN)
    node.channels._read_channels = read
    await node.channels.follow(ANN)
    assert node.channels.follows(ANN)


async def test_without_the_cache_the_topics_stay_wanted(node: Node) -> None:
    node.topics.is_away = True
    ann = await node.join(ANN)
    node.hub.receive(push(5))
    assert received(ann)


async def test_a_user_is_told_to_catch_up(node: Node) -> None:
    ann = await node.join(ANN)
    node.hub.tell_channel_too_long(ANN, CHANNEL, 7)
    (container,) = ann.received()
    assert (container.update.channel_id, container.date) == (5, 7)


async def test_who_was_removed_gets_nothing_more(node: Node) -> None:
    ann, ben = await node.join(ANN), await node.join(BEN)
    node.channels.forget(ANN, CHANNEL)
    node.hub.receive(push(5))
    assert not ann.received()
    assert received(ben)
    await node.channels.change(ANN, CHANNEL, is_member=False)
    assert node.topics.names
