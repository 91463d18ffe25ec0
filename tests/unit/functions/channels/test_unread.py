"""Unread reactions and votes of authors in supergroups."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from functions.messages.reaction_removal import remove_reactions
from layers.domain import reaction_removal
from tests.harness import Client
from tests.unit.functions.channels.test_extras import newest, of_kind, reaction
from tests.unit.functions.channels.test_forums import create, in_topic, topics
from tests.unit.functions.channels.world import Channel, World, history, ids, refused
from tests.unit.functions.messages.world import crowd, statements
from tl import api

_RANDOM_IDS = itertools.count(4_000)


def dialog(channel: Channel, client: Client) -> Any:
    peers: list[Any] = [api.InputDialogPeer(peer=channel.peer(client))]
    return client.call(api.messages.GetPeerDialogs(peers=peers)).dialogs[0]


def unread(channel: Channel, client: Client, **options: Any) -> Any:
    fields = {"offset_id": 0, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, **options}
    return client.call(api.messages.GetUnreadReactions(peer=channel.peer(client), **fields))


def unread_votes(channel: Channel, client: Client, **options: Any) -> list[int]:
    fields = {"offset_id": 0, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, **options}
    return ids(client.call(api.messages.GetUnreadPollVotes(peer=channel.peer(client), **fields)))


def ask(channel: Channel, client: Client, **options: Any) -> int:
    answers: list[Any] = [
        api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[])) for text in ("yes", "no")
    ]
    question = api.TextWithEntities(text="Well?", entities=[])
    reply_to = options.pop("reply_to", None)
    poll: Any = api.InputMediaPoll(poll=api.Poll(id=0, question=question, answers=answers, hash=0, **options))
    request = api.messages.SendMedia(
        peer=channel.peer(client), media=poll, message="", random_id=next(_RANDOM_IDS), reply_to=reply_to
    )
    client.call(request)
    return int(newest(channel, client).id)


def vote(channel: Channel, client: Client, message_id: int, *options: bytes) -> Any:
    request = api.messages.SendVote(peer=channel.peer(client), msg_id=message_id, options=list(options))
    return client.call(request)


def test_the_author_is_told_and_reads(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    first, second = group.post(world.alice, "one"), group.post(world.alice, "two")
    tablet = world.alice.device()
    world.bob.call(reaction(group, world.bob, first, "👍"))
    everyone, author = of_kind(world.alice, api.UpdateMessageReactions)
    # What goes to all members alike marks nothing; the author is told apart.
    assert everyone.reactions.min and not everyone.reactions.recent_reactions[0].unread
    assert not author.reactions.min and author.reactions.recent_reactions[0].unread
    assert author.msg_id == first
    assert [item.reactions.min for item in of_kind(world.carol, api.UpdateMessageReactions)] == [True]
    world.carol.call(reaction(group, world.carol, first, "🔥"))
    world.carol.call(reaction(group, world.carol, second, "🔥"))
    assert dialog(group, world.alice).unread_reactions_count == 2
    assert (unread(group, world.alice).count, ids(unread(group, world.alice))) == (2, [second, first])
    assert ids(unread(group, world.alice, limit=1)) == [second]
    assert all(item.unread for item in unread(group, world.alice).messages[1].reactions.recent_reactions)
    assert ids(unread(group, world.bob)) == [] and dialog(group, world.bob).unread_reactions_count == 0
    shown = world.bob.call(history(group.peer(world.bob))).messages
    assert not any(item.unread for message in shown[:2] for item in message.reactions.recent_reactions)
    tablet.pushes()
    seen = api.channels.ReadMessageContents(channel=group.of(world.alice), id=[first])
    assert world.alice.call(seen)
    assert of_kind(tablet, api.UpdateChannelReadMessagesContents)[0].messages == [first]
    assert (dialog(group, world.alice).unread_reactions_count, ids(unread(group, world.alice))) == (1, [second])
    read = world.alice.call(api.messages.ReadReactions(peer=group.peer(world.alice)))
    assert (read.pts, read.pts_count, read.offset) == (dialog(group, world.alice).pts, 0, 0)
    assert of_kind(tablet, api.UpdateChannelReadMessagesContents)[0].messages == [second]
    assert dialog(group, world.alice).unread_reactions_count == 0 and ids(unread(group, world.alice)) == []
    assert not newest(group, world.alice).reactions.recent_reactions[0].unread


def test_what_leaves_nothing_unread(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    own, taken_back, deleted = (group.post(world.alice, text) for text in ("own", "taken back", "deleted"))
    world.alice.call(reaction(group, world.alice, own, "👍"))
    world.bob.call(reaction(group, world.bob, taken_back, "👍"))
    world.bob.call(reaction(group, world.bob, taken_back))
    world.bob.call(reaction(group, world.bob, deleted, "👍"))
    assert dialog(group, world.alice).unread_reactions_count == 1
    world.alice.call(api.channels.DeleteMessages(channel=group.of(world.alice), id=[deleted]))
    assert dialog(group, world.alice).unread_reactions_count == 0
    # In the group's name nobody writes.
    rights = api.ChatAdminRights(anonymous=True)
    edit = api.channels.EditAdmin(
        channel=group.of(world.alice), user_id=api.InputUserSelf(), admin_rights=rights, rank=""
    )
    world.alice.call(edit)
    hidden = group.post(world.alice, "who?")
    world.bob.call(reaction(group, world.bob, hidden, "👍"))
    assert dialog(group, world.alice).unread_reactions_count == 0
    channel = world.broadcast(world.bob)
    post = channel.post(world.alice, "news")
    world.bob.call(reaction(channel, world.bob, post, "👍"))
    assert dialog(channel, world.alice).unread_reactions_count == 0


def test_whoever_leaves_finds_nothing_unread(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    group.publish("reacting_group")
    before, later = group.post(world.bob, "before"), group.post(world.bob, "later")
    world.alice.call(reaction(group, world.alice, before, "👍"))
    world.bob.call(api.channels.LeaveChannel(channel=group.of(world.bob)))
    world.bob.pushes()
    world.alice.call(reaction(group, world.alice, later, "👍"))
    assert world.bob.pushes() == []
    world.bob.call(api.channels.JoinChannel(channel=group.of(world.bob)))
    assert dialog(group, world.bob).unread_reactions_count == 0 and ids(unread(group, world.bob)) == []
    world.carol.call(reaction(group, world.carol, before, "🔥"))
    assert dialog(group, world.bob).unread_reactions_count == 1 and ids(unread(group, world.bob)) == [before]


def test_topics_have_marks_of_their_own(world: World) -> None:
    forum = world.supergroup(world.bob, forum=True)
    news, talk = create(forum, world.alice, "News", 1), create(forum, world.alice, "Talk", 2)
    first = forum.post(world.alice, "in news", reply_to=in_topic(news))
    general = forum.post(world.alice, "in general")
    for message_id in (first, general):
        world.bob.call(reaction(forum, world.bob, message_id, "👍"))
    poll = ask(forum, world.alice, public_voters=True, reply_to=in_topic(talk))
    vote(forum, world.bob, poll, b"0")

    def counts() -> dict[str, tuple[int, int]]:
        return {
            topic.title: (topic.unread_reactions_count, topic.unread_poll_votes_count)
            for topic in topics(forum, world.alice).topics
        }

    assert counts() == {"General": (1, 0), "News": (1, 0), "Talk": (0, 1)}
    assert ids(unread(forum, world.alice, top_msg_id=news)) == [first]
    assert unread_votes(forum, world.alice, top_msg_id=talk) == [poll]
    assert unread_votes(forum, world.alice, top_msg_id=news) == []
    world.alice.call(api.messages.ReadReactions(peer=forum.peer(world.alice), top_msg_id=news))
    world.alice.call(api.messages.ReadPollVotes(peer=forum.peer(world.alice), top_msg_id=news))
    assert counts() == {"General": (1, 0), "News": (0, 0), "Talk": (0, 1)}
    world.alice.call(api.messages.ReadPollVotes(peer=forum.peer(world.alice), top_msg_id=talk))
    assert counts() == {"General": (1, 0), "News": (0, 0), "Talk": (0, 0)}


def test_votes(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    open_poll, secret = ask(group, world.alice, public_voters=True), ask(group, world.alice)
    world.alice.pushes()
    for number in (open_poll, secret):
        vote(group, world.bob, number, b"0")
    told = of_kind(world.alice, api.UpdateMessagePoll)
    assert [(item.msg_id, bool(item.results.has_unread_votes)) for item in told] == [
        (open_poll, False),
        (open_poll, True),
        (secret, False),
        (secret, False),
    ]
    assert unread_votes(group, world.alice) == [open_poll]
    assert dialog(group, world.alice).unread_poll_votes_count == 1
    # Taking a vote back, and one's own, are no news.
    world.alice.call(api.messages.ReadPollVotes(peer=group.peer(world.alice)))
    vote(group, world.bob, open_poll)
    vote(group, world.alice, open_poll, b"1")
    assert dialog(group, world.alice).unread_poll_votes_count == 0
    vote(group, world.carol, open_poll, b"1")
    assert dialog(group, world.alice).unread_poll_votes_count == 1
    assert world.alice.call(api.channels.ReadMessageContents(channel=group.of(world.alice), id=[open_poll]))
    assert (dialog(group, world.alice).unread_poll_votes_count, unread_votes(group, world.alice)) == (0, [])


def test_the_cost_does_not_grow_with_the_members(world: World) -> None:
    costs = set()
    for members in ([], crowd(world.server, 10)):
        group = world.supergroup(world.bob, *members)
        message_id = group.post(world.alice, "hello")
        costs.add(statements(world.bob, reaction(group, world.bob, message_id, "👍")))
    assert len(costs) == 1


def test_all_reactions_of_a_member_are_taken_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaction_removal, "BATCH", 2)
    group, other = world.supergroup(world.bob, world.carol), world.supergroup(world.bob)
    posts = [group.post(world.alice, f"message {number}") for number in range(5)]
    elsewhere = other.post(world.alice, "elsewhere")
    for number in posts:
        world.carol.call(reaction(group, world.carol, number, "🔥"))
        world.bob.call(reaction(group, world.bob, number, "👍", "🔥"))
    world.bob.call(reaction(other, world.bob, elsewhere, "👍"))
    request = api.messages.DeleteParticipantReactions(
        peer=group.peer(world.alice), participant=world.alice.peer(world.bob)
    )
    assert world.alice.call(request) is True
    tablet = world.bob.device()
    counts = [remove_reactions(world.server.services) for _ in range(4)]
    assert counts == [2, 2, 1, 0]
    for message in world.carol.call(history(group.peer(world.carol))).messages[:5]:
        assert [(item.reaction.emoticon, item.count) for item in message.reactions.results] == [("🔥", 1)]
        assert [item.peer_id.user_id for item in message.reactions.recent_reactions] == [world.carol.id]
    assert newest(other, world.alice).reactions.results[0].count == 1
    personal = [item for item in of_kind(tablet, api.UpdateMessageReactions) if not item.reactions.min]
    assert sorted(item.msg_id for item in personal) == posts
    listed = world.alice.call(api.messages.GetMessageReactionsList(peer=group.peer(world.alice), id=posts[0], limit=10))
    assert (listed.count, [item.peer_id.user_id for item in listed.reactions]) == (1, [world.carol.id])


def test_who_may_take_all_reactions_away(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    wish = api.messages.DeleteParticipantReactions
    request = wish(peer=group.peer(world.carol), participant=world.carol.peer(world.bob))
    assert refused(world.carol, request) == "CHAT_ADMIN_REQUIRED"
    request = wish(peer=world.alice.peer(world.bob), participant=world.alice.peer(world.bob))
    assert refused(world.alice, request) == "PEER_ID_INVALID"
