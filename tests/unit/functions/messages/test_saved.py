"""Saved Messages by origin: https://core.telegram.org/api/saved-messages."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.test_search import PHOTO, find
from tests.unit.functions.messages.world import after, ids, pts_of, text_message, write
from tl import api

ME = api.InputPeerSelf()


def saved_dialogs(**options: Any) -> api.messages.GetSavedDialogs:
    fields: dict[str, Any] = {
        "offset_date": 0,
        "offset_id": 0,
        "offset_peer": api.InputPeerEmpty(),
        "limit": 100,
        "hash": 0,
    }
    return api.messages.GetSavedDialogs(**{**fields, **options})


def saved_history(peer: Any, **options: Any) -> api.messages.GetSavedHistory:
    fields = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, "hash": 0}
    return api.messages.GetSavedHistory(peer=peer, **{**fields, **options})


def save_from(client: Client, other: Client, *texts: str) -> list[int]:
    """Forward messages of a chat to Saved Messages; the ids of the copies."""
    sent = write(client, other, *texts)
    request = api.messages.ForwardMessages(
        from_peer=client.peer(other), id=sent, random_id=[message_id * 1000 for message_id in sent], to_peer=ME
    )
    updates = client.call(request).updates
    return [update.message.id for update in updates if isinstance(update, api.UpdateNewMessage)]


def origins(answer: Any) -> list[tuple[int, int]]:
    return [(dialog.peer.user_id, dialog.top_message) for dialog in answer.dialogs]


def dialog_peer(peer: Any) -> api.InputDialogPeer:
    return api.InputDialogPeer(peer=peer)


def test_nothing_is_saved_at_first(world: World) -> None:
    assert world.alice.call(saved_dialogs()).dialogs == []
    assert world.alice.call(api.messages.GetPinnedSavedDialogs()).dialogs == []
    assert world.alice.call(saved_history(ME)).messages == []


def test_messages_are_grouped_by_the_chat_they_came_from(world: World) -> None:
    (note,) = write(world.alice, world.alice, "note")
    from_bob = save_from(world.alice, world.bob, "one", "two")
    (from_carol,) = save_from(world.alice, world.carol, "three")
    answer = world.alice.call(saved_dialogs())
    assert origins(answer) == [
        (world.carol.id, from_carol),
        (world.bob.id, from_bob[-1]),
        (world.alice.id, note),
    ]
    assert ids(answer) == [from_carol, from_bob[-1], note]
    assert {user.id for user in answer.users} == {world.alice.id, world.bob.id, world.carol.id}
    history = world.alice.call(saved_history(world.alice.peer(world.bob)))
    assert ids(history) == list(reversed(from_bob))
    assert {message.saved_peer_id.user_id for message in history.messages} == {world.bob.id}
    page = world.alice.call(saved_history(world.alice.peer(world.bob), limit=1))
    assert (ids(page), page.count) == ([from_bob[1]], 2)
    by_id = world.alice.call(api.messages.GetSavedDialogsByID(ids=[ME]))
    assert origins(by_id) == [(world.alice.id, note)]


def test_pages_of_origins(world: World) -> None:
    write(world.alice, world.alice, "note")
    (from_bob,) = save_from(world.alice, world.bob, "one")
    save_from(world.alice, world.carol, "two")
    page = world.alice.call(saved_dialogs(limit=2))
    assert (len(page.dialogs), page.count) == (2, 3)
    rest = world.alice.call(saved_dialogs(limit=2, offset_id=from_bob, offset_peer=world.alice.peer(world.bob)))
    assert [peer for peer, _ in origins(rest)] == [world.alice.id]
    by_peer = world.alice.call(saved_dialogs(offset_peer=world.alice.peer(world.bob)))
    assert [peer for peer, _ in origins(by_peer)] == [world.alice.id]


def test_pins(world: World) -> None:
    write(world.alice, world.alice, "note")
    save_from(world.alice, world.bob, "one")
    save_from(world.alice, world.carol, "two")
    tablet = world.alice.device()
    bob = dialog_peer(world.alice.peer(world.bob))

    def pin(peer: Any, *, pinned: bool = True) -> Any:
        return world.alice.call(api.messages.ToggleSavedDialogPin(pinned=pinned, peer=peer))

    (update,) = after(tablet, lambda: pin(dialog_peer(ME)))
    assert (update.pinned, update.peer.peer.user_id) == (True, world.alice.id)
    pin(bob)
    assert [peer for peer, _ in origins(world.alice.call(saved_dialogs()))] == [
        world.bob.id,
        world.alice.id,
        world.carol.id,
    ]
    order = api.messages.ReorderPinnedSavedDialogs(force=True, order=[dialog_peer(ME), bob])
    (update,) = after(tablet, lambda: world.alice.call(order))
    assert [peer.peer.user_id for peer in update.order] == [world.alice.id, world.bob.id]
    pinned = world.alice.call(api.messages.GetPinnedSavedDialogs())
    assert [peer for peer, _ in origins(pinned)] == [world.alice.id, world.bob.id]
    assert len(world.alice.call(saved_dialogs(exclude_pinned=True)).dialogs) == 1
    assert after(tablet, lambda: pin(bob)) == []
    pin(bob, pinned=False)
    assert len(world.alice.call(api.messages.GetPinnedSavedDialogs()).dialogs) == 1


def test_deleting_follows(world: World) -> None:
    first, second = save_from(world.alice, world.bob, "one", "two")
    write(world.alice, world.alice, "note")
    world.alice.call(api.messages.DeleteMessages(id=[second]))
    assert (world.bob.id, first) in origins(world.alice.call(saved_dialogs()))
    before = pts_of(world.alice)
    request = api.messages.DeleteSavedHistory(peer=world.alice.peer(world.bob), max_id=0)
    answer = world.alice.call(request)
    assert (answer.pts, answer.pts_count, answer.offset) == (before + 1, 1, 0)
    assert [peer for peer, _ in origins(world.alice.call(saved_dialogs()))] == [world.alice.id]
    assert world.alice.call(request).pts_count == 0


def test_searching_within_an_origin(world: World) -> None:
    write(world.alice, world.alice, "hello note", text_message("hello", media=PHOTO))
    (from_bob,) = save_from(world.alice, world.bob, "hello bob")
    bob = world.alice.peer(world.bob)
    assert ids(world.alice.call(find(ME, "hello", saved_peer_id=bob))) == [from_bob]
    assert ids(world.alice.call(find(ME, saved_peer_id=ME))) == [2, 1]
    counters = api.messages.GetSearchCounters(
        peer=ME, saved_peer_id=ME, filters=[api.InputMessagesFilterPhotos(), api.InputMessagesFilterEmpty()]
    )
    assert [counter.count for counter in world.alice.call(counters)] == [1, 2]
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(find(bob, "hello", saved_peer_id=ME))


def test_other_people_s_parents_are_refused(world: World) -> None:
    with pytest.raises(RpcError, match="PARENT_PEER_INVALID"):
        world.alice.call(saved_dialogs(parent_peer=world.alice.peer(world.bob)))
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(api.messages.ToggleSavedDialogPin(pinned=True, peer=dialog_peer(world.alice.peer(world.bob))))


def test_unpinning_what_came_from_one_chat(world: World) -> None:
    (note,) = write(world.alice, world.alice, "note")
    (from_bob,) = save_from(world.alice, world.bob, "one")
    for message_id in (note, from_bob):
        world.alice.call(api.messages.UpdatePinnedMessage(peer=ME, id=message_id, silent=True))
    tablet = world.alice.device()
    request = api.messages.UnpinAllMessages(peer=ME, saved_peer_id=world.alice.peer(world.bob))
    (update,) = after(tablet, lambda: world.alice.call(request))
    assert (update.messages, update.pinned) == ([from_bob], False)
    request.saved_peer_id = ME
    (update,) = after(tablet, lambda: world.alice.call(request))
    assert update.messages == [note]
    request.peer = world.alice.peer(world.bob)
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(request)
