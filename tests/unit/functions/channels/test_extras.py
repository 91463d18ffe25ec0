"""Reactions, polls, scheduled posts and timers in supergroups and channels."""

from __future__ import annotations

from typing import Any

import pytest

from functions.messages.polls import close_due_polls
from functions.messages.scheduled import send_due_messages
from functions.messages.timers import expire_messages
from tests.harness import START, Client
from tests.unit.functions.channels.world import Channel, World, history, refused
from tests.unit.functions.messages.world import statements
from tl import api


def reaction(channel: Channel, client: Client, message_id: int, *emoji: str) -> api.messages.SendReaction:
    wanted: list[Any] = [api.ReactionEmoji(emoticon=item) for item in emoji]
    return api.messages.SendReaction(peer=channel.peer(client), msg_id=message_id, reaction=wanted)


def newest(channel: Channel, client: Client) -> Any:
    return client.call(history(channel.peer(client), limit=1)).messages[0]


def of_kind(client: Client, *kinds: type) -> list[Any]:
    return [update for update in client.pushes() if isinstance(update, kinds)]


def test_everyone_sees_a_reaction(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    message_id = group.post(world.alice, "hello")
    world.carol.pushes()
    before = world.carol.call(
        api.updates.GetChannelDifference(
            channel=group.of(world.carol), filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=100
        )
    )
    answer = world.bob.call(reaction(group, world.bob, message_id, "👍"))
    update, edit = answer.updates
    assert update.reactions.results[0].chosen_order == 0 and not update.reactions.min
    assert isinstance(edit, api.UpdateEditChannelMessage) and edit.pts_count == 1
    pushed, pushed_edit = of_kind(world.carol, api.UpdateMessageReactions, api.UpdateEditChannelMessage)
    # What goes to all members at once says nothing of anyone's own choice.
    assert pushed.reactions.min and pushed.reactions.results[0].chosen_order is None
    assert pushed_edit.pts == edit.pts
    assert newest(group, world.bob).reactions.results[0].chosen_order == 0
    found = newest(group, world.carol).reactions
    assert not found.min and [item.peer_id.user_id for item in found.recent_reactions] == [world.bob.id]
    difference = world.carol.call(
        api.updates.GetChannelDifference(
            channel=group.of(world.carol), filter=api.ChannelMessagesFilterEmpty(), pts=before.pts, limit=100
        )
    )
    assert [item.TL_NAME for item in difference.other_updates] == [
        "updateMessageReactions",
        "updateEditChannelMessage",
    ]
    listed = world.alice.call(
        api.messages.GetMessageReactionsList(peer=group.peer(world.alice), id=message_id, limit=10)
    )
    assert listed.count == 1


def test_who_may_react(world: World) -> None:
    group = world.supergroup(world.bob)
    message_id = group.post(world.alice, "hello")
    assert refused(world.carol, reaction(group, world.carol, message_id, "👍")) == "CHANNEL_PRIVATE"
    none = api.ChatReactionsNone()
    world.alice.call(api.messages.SetChatAvailableReactions(peer=group.peer(world.alice), available_reactions=none))
    assert refused(world.bob, reaction(group, world.bob, message_id, "👍")) == "REACTION_INVALID"
    full = world.bob.call(api.channels.GetFullChannel(channel=group.of(world.bob))).full_chat
    assert full.available_reactions == none
    request = api.messages.SetChatAvailableReactions(
        peer=group.peer(world.bob), available_reactions=api.ChatReactionsAll()
    )
    rights = api.ChatBannedRights(until_date=0, change_info=True)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=group.peer(world.alice), banned_rights=rights))
    assert refused(world.bob, request) == "CHAT_ADMIN_REQUIRED"


def test_readers_of_a_broadcast_stay_unknown(world: World) -> None:
    channel = world.broadcast(world.bob)
    post = channel.post(world.alice, "news")
    world.bob.call(reaction(channel, world.bob, post, "👍"))
    found = newest(channel, world.alice).reactions
    assert [item.count for item in found.results] == [1]
    assert not found.can_see_list and found.recent_reactions is None
    request = api.messages.GetMessageReactionsList(peer=channel.peer(world.alice), id=post, limit=10)
    assert refused(world.alice, request) == "BROADCAST_FORBIDDEN"


def test_a_page_of_reactions_costs_one_statement_more(world: World) -> None:
    group = world.supergroup(world.bob)
    numbers = [group.post(world.alice, str(number)) for number in range(5)]
    request = history(group.peer(world.bob))
    plain = statements(world.bob, request)
    for number in numbers:
        world.bob.call(reaction(group, world.bob, number, "👍"))
    assert statements(world.bob, request) == plain + 1


def _poll(channel: Channel, client: Client, **options: Any) -> int:
    answers: list[Any] = [
        api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[])) for text in ("yes", "no")
    ]
    question = api.TextWithEntities(text="Well?", entities=[])
    media = api.InputMediaPoll(poll=api.Poll(id=0, question=question, answers=answers, hash=0, **options))
    client.call(api.messages.SendMedia(peer=channel.peer(client), media=media, message="", random_id=1))
    return int(newest(channel, client).id)


def test_a_poll(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    number = _poll(group, world.alice, close_period=60)
    world.carol.pushes()
    vote = api.messages.SendVote(peer=group.peer(world.bob), msg_id=number, options=[b"0"])
    update, _edit = world.bob.call(vote).updates
    assert [item.voters for item in update.results.results] == [1, 0]
    pushed, _ = of_kind(world.carol, api.UpdateMessagePoll, api.UpdateEditChannelMessage)
    assert pushed.results.min and (pushed.results.total_voters, pushed.results.results) == (1, None)
    dave = world.server.user("Dave")
    assert refused(dave, api.messages.SendVote(peer=group.peer(dave), msg_id=number, options=[b"0"])) == (
        "CHANNEL_PRIVATE"
    )
    world.server.clock.advance(61)
    assert close_due_polls(world.server.services) == 1
    pushed, _ = of_kind(world.carol, api.UpdateMessagePoll, api.UpdateEditChannelMessage)
    assert pushed.poll.closed
    assert [item.voters for item in newest(group, world.carol).media.results.results] == [1, 0]


@pytest.mark.parametrize("kind", ["supergroup", "broadcast"])
def test_a_scheduled_post(world: World, kind: str) -> None:
    channel: Channel = getattr(world, kind)(world.bob)
    answer = world.alice.call(channel.message(world.alice, "later", schedule_date=START + 3600))
    assert isinstance(answer.updates[-1], api.UpdateNewScheduledMessage)
    full = world.alice.call(api.channels.GetFullChannel(channel=channel.of(world.alice))).full_chat
    assert full.has_scheduled
    assert channel.texts(world.bob) == []
    world.server.clock.advance(3601)
    world.alice.pushes()
    assert send_due_messages(world.server.services) == 1
    assert channel.texts(world.bob) == ["later"]
    (gone,) = of_kind(world.alice, api.UpdateDeleteScheduledMessages)
    assert gone.sent_messages == [newest(channel, world.alice).id]


def test_slow_mode_makes_a_scheduled_message_wait(world: World) -> None:
    group = world.supergroup(world.bob)
    world.bob.call(group.message(world.bob, "later", schedule_date=START + 3600))
    world.alice.call(api.channels.ToggleSlowMode(channel=group.of(world.alice), seconds=60))
    world.server.clock.advance(3601)
    group.post(world.bob, "now")
    assert send_due_messages(world.server.services) == 0
    world.server.clock.advance(61)
    assert send_due_messages(world.server.services) == 1
    assert group.texts(world.alice) == ["later", "now"]


def test_a_timer(world: World) -> None:
    group = world.supergroup(world.bob)
    request = api.messages.SetHistoryTTL(peer=group.peer(world.bob), period=60)
    assert refused(world.bob, request) == "CHAT_ADMIN_REQUIRED"
    world.bob.pushes()
    answer = world.alice.call(api.messages.SetHistoryTTL(peer=group.peer(world.alice), period=60))
    assert {update.TL_NAME for update in answer.updates} == {"updateNewChannelMessage", "updatePeerHistoryTTL"}
    (new,) = of_kind(world.bob, api.UpdateNewChannelMessage)
    assert new.message.action == api.MessageActionSetMessagesTTL(period=60)
    group.post(world.bob, "for a minute")
    assert newest(group, world.alice).ttl_period == 60
    world.server.clock.advance(61)
    world.bob.pushes()
    assert expire_messages(world.server.services) == 1
    assert len(of_kind(world.bob, api.UpdateDeleteChannelMessages)) == 1
    assert group.texts(world.alice) == []
