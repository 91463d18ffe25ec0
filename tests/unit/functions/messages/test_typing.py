"""messages.setTyping."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after, pts_of, write
from tl import api


def typing(sender: Client, to: Client, action: Any = None) -> Any:
    peer = sender.peer(to)
    return sender.call(api.messages.SetTyping(peer=peer, action=action or api.SendMessageTypingAction()))


def test_the_other_side_sees_typing_and_no_pts_is_spent(world: World) -> None:
    before = pts_of(world.bob)
    (update,) = after(world.bob, lambda: typing(world.alice, world.bob))
    assert update == api.UpdateUserTyping(user_id=world.alice.id, action=api.SendMessageTypingAction())
    assert pts_of(world.bob) == before
    assert world.alice.pushes() == world.carol.pushes() == []


def test_own_notes_are_typed_in_silence(world: World) -> None:
    tablet = world.alice.device()
    assert after(tablet, lambda: typing(world.alice, world.alice)) == []


def test_who_blocked_the_caller_does_not_see_it(world: World) -> None:
    world.bob.call(api.contacts.Block(id=world.bob.peer(world.alice)))
    assert after(world.bob, lambda: typing(world.alice, world.bob)) == []
    with pytest.raises(RpcError, match="USER_IS_BLOCKED"):
        typing(world.bob, world.alice)


def test_progress_is_bounded(world: World) -> None:
    action = api.SendMessageUploadPhotoAction(progress=400)
    (update,) = after(world.bob, lambda: typing(world.alice, world.bob, action))
    assert update.action.progress == 100


def test_an_emoji_interaction_names_the_message_by_the_receiver_s_id(world: World) -> None:
    write(world.carol, world.bob, "first in bob's box")
    write(world.alice, world.bob, "❤")
    data = api.DataJSON(data='{"v":1}')

    def interact(message_id: int) -> Any:
        action = api.SendMessageEmojiInteraction(emoticon="❤", msg_id=message_id, interaction=data)
        return typing(world.alice, world.bob, action)

    (update,) = after(world.bob, lambda: interact(1))
    assert update.action.msg_id == 2
    assert after(world.bob, lambda: interact(77)) == []


def test_actions_of_bots_are_refused(world: World) -> None:
    with pytest.raises(RpcError, match="TEXTDRAFT_PEER_INVALID"):
        typing(world.alice, world.bob, api.SendMessageStopDraftAction(random_id=1))
    big = api.SendMessageEmojiInteraction(emoticon="❤", msg_id=1, interaction=api.DataJSON(data="x" * 9000))
    with pytest.raises(RpcError, match="MESSAGE_TOO_LONG"):
        typing(world.alice, world.bob, big)
