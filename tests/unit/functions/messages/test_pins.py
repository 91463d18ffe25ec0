"""Pinned messages: https://core.telegram.org/api/pin."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain import pins
from layers.errors import RpcError
from tests.harness import grouped
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.test_search import find
from tests.unit.functions.messages.world import after, history, ids, pts_of, write
from tl import api


def pin(peer: Any, message_id: int, **flags: bool) -> api.messages.UpdatePinnedMessage:
    return api.messages.UpdatePinnedMessage(peer=peer, id=message_id, **flags)


def pinned(peer: Any) -> api.messages.Search:
    return find(peer, filter=api.InputMessagesFilterPinned())


def test_a_loud_pin_is_announced_on_both_sides(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    peer = world.alice.peer(world.bob)
    before = pts_of(world.alice)
    world.bob.pushes()
    answer = world.alice.call(pin(peer, 1))
    update, announcement = answer.updates
    assert isinstance(update, api.UpdatePinnedMessages)
    assert (update.pinned, update.messages, update.pts) == (True, [1], before + 1)
    assert isinstance(announcement, api.UpdateNewMessage)
    assert isinstance(announcement.message.action, api.MessageActionPinMessage)
    assert announcement.message.reply_to.reply_to_msg_id == 1
    assert announcement.pts == before + 2 == pts_of(world.alice)
    world.server.settle()
    seen = grouped(world.bob.pushes())
    assert seen["updatePinnedMessages"][0].messages == [1]
    (told,) = seen["updateNewMessage"]
    assert (told.message.out, told.message.reply_to.reply_to_msg_id) == (False, 1)
    for client, other in ((world.alice, world.bob), (world.bob, world.alice)):
        found = client.call(pinned(client.peer(other)))
        assert ids(found) == [1]
        assert found.messages[0].pinned


def test_silent_and_one_sided_pins(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    peer = world.alice.peer(world.bob)
    (update,) = world.alice.call(pin(peer, 1, silent=True)).updates
    assert update.messages == [1]
    pushed = after(world.bob, lambda: world.alice.call(pin(peer, 2, pm_oneside=True)))
    assert grouped(pushed).keys() == {"updatePinnedMessages"}
    assert ids(world.alice.call(pinned(peer))) == [2, 1]
    assert ids(world.bob.call(pinned(world.bob.peer(world.alice)))) == [1]


def test_the_other_device_learns_of_pins_and_nothing_twice(world: World) -> None:
    write(world.alice, world.bob, "one")
    peer = world.alice.peer(world.bob)
    tablet = world.alice.device()
    pushed = after(tablet, lambda: world.alice.call(pin(peer, 1, silent=True)))
    assert [update.messages for update in pushed] == [[1]]
    before = pts_of(world.alice)
    assert world.alice.call(pin(peer, 1)).updates == []
    assert pts_of(world.alice) == before


def test_unpin(world: World) -> None:
    write(world.alice, world.bob, "one")
    peer = world.alice.peer(world.bob)
    world.alice.call(pin(peer, 1, silent=True))
    world.server.settle()
    pushed = after(world.bob, lambda: world.alice.call(pin(peer, 1, unpin=True)))
    assert [update.pinned for update in pushed] == [False]
    assert ids(world.alice.call(pinned(peer))) == []


def test_what_cannot_be_pinned(world: World) -> None:
    write(world.alice, world.bob, "one")
    peer = world.alice.peer(world.bob)
    world.alice.call(pin(peer, 1))
    for message_id in (99, 2, 0):  # unknown, the announcement, none
        with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
            world.alice.call(pin(peer, message_id))
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        world.alice.call(pin(world.alice.peer(world.carol), 1))


def test_notes_are_pinned_without_announcement(world: World) -> None:
    write(world.alice, world.alice, "note")
    world.alice.call(pin(api.InputPeerSelf(), 1))
    assert ids(world.alice.call(history(api.InputPeerSelf()))) == [1]


def test_unpin_all_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "UNPIN_BATCH", 2)
    write(world.alice, world.bob, "one", "two", "three")
    peer = world.alice.peer(world.bob)
    for message_id in (1, 2, 3):
        world.alice.call(pin(peer, message_id, silent=True))
    world.server.settle()
    request = api.messages.UnpinAllMessages(peer=peer)
    before = pts_of(world.alice)
    first = world.alice.call(request)
    assert (first.pts, first.pts_count) == (before + 2, 2)
    assert first.offset > 0
    second = world.alice.call(request)
    assert (second.pts_count, second.offset) == (1, 0)
    world.server.settle()
    assert ids(world.bob.call(pinned(world.bob.peer(world.alice)))) == []
    assert world.alice.call(request).pts_count == 0


def test_the_latest_pin_is_the_profile_s(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    peer = world.alice.peer(world.bob)

    def latest() -> int | None:
        with world.server.services.database.transaction(writes=False) as db:
            return pins.pinned_message_id(world.server.context(db), world.alice.id, world.bob.id)

    assert latest() is None
    world.alice.call(pin(peer, 2, silent=True))
    world.alice.call(pin(peer, 1, silent=True))
    assert latest() == 2
