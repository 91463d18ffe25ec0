"""Reactions and polls in basic groups: everyone whose box holds the message is told."""

from __future__ import annotations

from typing import Any

import pytest

from functions.messages.reaction_removal import remove_reactions
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import last_id
from tl import api


@pytest.fixture
def chat_id(world: World) -> int:
    """Alice's group with Bob and Carol."""
    users: list[Any] = [world.alice.input_user(other) for other in (world.bob, world.carol)]
    created = world.alice.call(api.messages.CreateChat(users=users, title="Friends"))
    world.server.settle()
    return int(created.updates.chats[0].id)


def say(client: Client, chat_id: int, text: str, random_id: int = 1) -> int:
    peer = api.InputPeerChat(chat_id=chat_id)
    client.call(api.messages.SendMessage(peer=peer, message=text, random_id=random_id))
    client.server.settle()
    return last_id(client)


def react(client: Client, chat_id: int, message_id: int, *emoji: str) -> Any:
    reaction: list[Any] = [api.ReactionEmoji(emoticon=item) for item in emoji]
    peer = api.InputPeerChat(chat_id=chat_id)
    answer = client.call(api.messages.SendReaction(peer=peer, msg_id=message_id, reaction=reaction))
    client.server.settle()
    return answer


def newest(client: Client) -> Any:
    (message,) = client.call(api.messages.GetMessages(id=[api.InputMessageID(id=last_id(client))])).messages
    return message


def test_every_member_sees_a_reaction(world: World, chat_id: int) -> None:
    say(world.alice, chat_id, "hello")
    for client in (world.alice, world.carol):
        client.pushes()
    answer = react(world.bob, chat_id, last_id(world.bob), "👍")
    assert [chat.id for chat in answer.chats] == [chat_id]
    for client in (world.alice, world.carol):
        update, _edit = client.pushes()
        assert update.peer == api.PeerChat(chat_id=chat_id)
        (recent,) = update.reactions.recent_reactions
        assert recent.peer_id == api.PeerUser(user_id=world.bob.id)
        assert recent.unread == (client is world.alice)
    react(world.carol, chat_id, last_id(world.carol), "👍")
    assert newest(world.alice).reactions.results[0].count == 2


def test_a_chat_chooses_its_reactions(world: World, chat_id: int) -> None:
    peer = api.InputPeerChat(chat_id=chat_id)
    some = api.ChatReactionsSome(reactions=[api.ReactionEmoji(emoticon="👍"), api.ReactionEmoji(emoticon="🔥")])
    request = api.messages.SetChatAvailableReactions(peer=peer, available_reactions=some, reactions_limit=1)
    answer = world.alice.call(request)
    assert [chat.id for chat in answer.chats] == [chat_id]
    with pytest.raises(RpcError, match="CHAT_NOT_MODIFIED"):
        world.alice.call(request)
    full = world.bob.call(api.messages.GetFullChat(chat_id=chat_id)).full_chat
    assert (full.available_reactions, full.reactions_limit) == (some, 1)
    say(world.alice, chat_id, "hello")
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        react(world.bob, chat_id, last_id(world.bob), "🎉")
    react(world.bob, chat_id, last_id(world.bob), "👍")
    with pytest.raises(RpcError, match="REACTIONS_TOO_MANY"):
        react(world.carol, chat_id, last_id(world.carol), "🔥")
    none = api.ChatReactionsNone()
    world.alice.call(api.messages.SetChatAvailableReactions(peer=peer, available_reactions=none))
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        react(world.carol, chat_id, last_id(world.carol), "👍")
    # What is there can still be taken back.
    react(world.bob, chat_id, last_id(world.bob))
    assert newest(world.alice).reactions is None


def test_rights(world: World, chat_id: int) -> None:
    peer = api.InputPeerChat(chat_id=chat_id)
    say(world.alice, chat_id, "hello")
    at_carol = last_id(world.carol)
    for rights, error in (
        (api.ChatBannedRights(until_date=0, send_reactions=True), "CHAT_WRITE_FORBIDDEN"),
        (api.ChatBannedRights(until_date=0), None),
    ):
        world.alice.call(api.messages.EditChatDefaultBannedRights(peer=peer, banned_rights=rights))
        if error is not None:
            with pytest.raises(RpcError, match=error):
                react(world.carol, chat_id, at_carol, "👍")
    react(world.carol, chat_id, at_carol, "👍")
    rights = api.ChatBannedRights(until_date=0, change_info=True)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=peer, banned_rights=rights))
    all_ = api.ChatReactionsNone()
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        world.carol.call(api.messages.SetChatAvailableReactions(peer=peer, available_reactions=all_))
    world.carol.call(api.messages.DeleteChatUser(chat_id=chat_id, user_id=api.InputUserSelf()))
    world.server.settle()
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        react(world.carol, chat_id, at_carol, "🔥")


def test_an_administrator_takes_a_reaction_away(world: World, chat_id: int) -> None:
    peer = api.InputPeerChat(chat_id=chat_id)
    at_alice = say(world.alice, chat_id, "hello")
    react(world.bob, chat_id, last_id(world.bob), "👍")
    request = api.messages.DeleteParticipantReaction(
        peer=peer, msg_id=last_id(world.carol), participant=world.carol.peer(world.bob)
    )
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        world.carol.call(request)
    world.carol.pushes()
    request = api.messages.DeleteParticipantReaction(
        peer=peer, msg_id=at_alice, participant=world.alice.peer(world.bob)
    )
    world.alice.call(request)
    world.server.settle()
    assert newest(world.bob).reactions is None
    assert [item.TL_NAME for item in world.carol.pushes()] == ["updateMessageReactions", "updateEditMessage"]
    with pytest.raises(RpcError, match="MESSAGE_NOT_MODIFIED"):
        world.alice.call(request)


def test_an_administrator_takes_all_reactions_of_a_member_away(world: World, chat_id: int) -> None:
    peer = api.InputPeerChat(chat_id=chat_id)
    at_alice = [say(world.alice, chat_id, str(number), number) for number in (71, 72)]
    for number in (last_id(world.bob) - 1, last_id(world.bob)):
        react(world.bob, chat_id, number, "👍")
    react(world.carol, chat_id, last_id(world.carol), "👍")
    world.server.settle()
    request = api.messages.DeleteParticipantReactions(peer=peer, participant=world.alice.peer(world.bob))
    assert world.alice.call(request)
    world.carol.pushes()
    assert remove_reactions(world.server.services) == len(at_alice)
    world.server.settle()
    assert [item.TL_NAME for item in world.carol.pushes()] == ["updateMessageReactions", "updateEditMessage"] * 2
    (shown,) = newest(world.bob).reactions.results
    assert (shown.count, shown.chosen_order) == (1, None)
    assert remove_reactions(world.server.services) == 0


def test_a_poll_among_members(world: World, chat_id: int) -> None:
    peer = api.InputPeerChat(chat_id=chat_id)
    answers: list[Any] = [
        api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[])) for text in ("yes", "no")
    ]
    poll = api.Poll(id=0, question=api.TextWithEntities(text="Well?", entities=[]), answers=answers, hash=0)
    media = api.InputMediaPoll(poll=poll)
    world.alice.call(api.messages.SendMedia(peer=peer, media=media, message="", random_id=5))
    world.server.settle()
    world.carol.pushes()
    for client, option in ((world.bob, b"0"), (world.alice, b"1")):
        client.call(api.messages.SendVote(peer=peer, msg_id=last_id(client), options=[option]))
        world.server.settle()
    updates = [item for item in world.carol.pushes() if isinstance(item, api.UpdateMessagePoll)]
    assert [item.results.total_voters for item in updates] == [1, 2]
    assert updates[-1].results.results is None
    assert [item.voters for item in newest(world.bob).media.results.results] == [1, 1]
