"""Drafts: https://core.telegram.org/api/drafts."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import grouped
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after, write
from tl import api


def save(peer: Any, message: str, **fields: Any) -> api.messages.SaveDraft:
    return api.messages.SaveDraft(peer=peer, message=message, **fields)


def drafts(world: World) -> dict[int, str]:
    updates = world.alice.call(api.messages.GetAllDrafts()).updates
    return {update.peer.user_id: update.draft.message for update in updates}


def test_a_draft_reaches_the_other_devices(world: World) -> None:
    tablet = world.alice.device()
    peer = world.alice.peer(world.bob)
    entity = api.MessageEntityBold(offset=1, length=4)
    reply = api.InputReplyToMessage(reply_to_msg_id=7)
    world.alice.pushes()
    pushed = after(tablet, lambda: world.alice.call(save(peer, " dear bob ", entities=[entity], reply_to=reply)))
    (update,) = pushed
    assert update.peer.user_id == world.bob.id
    assert (update.draft.message, update.draft.entities, update.draft.reply_to) == (" dear bob ", [entity], reply)
    assert world.alice.pushes() == []
    assert drafts(world) == {world.bob.id: " dear bob "}
    world.server.clock.advance(5)
    assert after(tablet, lambda: world.alice.call(save(peer, " dear bob ", entities=[entity], reply_to=reply))) == []
    (update,) = after(tablet, lambda: world.alice.call(save(peer, "dear")))
    assert update.draft.message == "dear"


def test_an_empty_draft_removes_it(world: World) -> None:
    tablet = world.alice.device()
    peer = world.alice.peer(world.bob)
    world.alice.call(save(peer, "dear bob"))
    (update,) = after(tablet, lambda: world.alice.call(save(peer, "  ")))
    assert isinstance(update.draft, api.DraftMessageEmpty)
    assert drafts(world) == {}
    assert after(tablet, lambda: world.alice.call(save(peer, ""))) == []


def test_sending_with_clear_draft_removes_it(world: World) -> None:
    tablet = world.alice.device()
    peer = world.alice.peer(world.bob)
    world.alice.call(save(peer, "dear bob"))
    send = api.messages.SendMessage(clear_draft=True, peer=peer, message="dear bob!", random_id=1)
    pushed = grouped(after(tablet, lambda: world.alice.call(send)))
    assert isinstance(pushed["updateDraftMessage"][0].draft, api.DraftMessageEmpty)
    assert drafts(world) == {}


def test_all_drafts_are_cleared_at_once(world: World) -> None:
    tablet = world.alice.device()
    for other in (world.bob, world.carol):
        world.alice.call(save(world.alice.peer(other), f"for {other.id}"))
        world.server.clock.advance(1)
    assert list(drafts(world)) == [world.carol.id, world.bob.id]
    pushed = after(tablet, lambda: world.alice.call(api.messages.ClearAllDrafts()))
    assert {update.peer.user_id for update in pushed} == {world.bob.id, world.carol.id}
    assert drafts(world) == {}
    assert after(tablet, lambda: world.alice.call(api.messages.ClearAllDrafts())) == []


def test_drafts_are_one_s_own(world: World) -> None:
    world.alice.call(save(world.alice.peer(world.bob), "secret"))
    assert world.bob.call(api.messages.GetAllDrafts()).updates == []
    assert world.bob.pushes() == []


@pytest.mark.parametrize(
    ("message", "fields", "error"),
    [
        ("x" * 4097, {}, "MESSAGE_TOO_LONG"),
        ("x", {"entities": [api.MessageEntityBold(offset=-1, length=1)]}, "ENTITY_BOUNDS_INVALID"),
        ("x", {"entities": [api.MessageEntityBold(offset=0, length=1)] * 101}, "ENTITIES_TOO_LONG"),
        ("x", {"media": api.InputMediaWebPage(url="x" * 5000)}, "MESSAGE_TOO_LONG"),
    ],
)
def test_bounds(world: World, message: str, fields: dict[str, Any], error: str) -> None:
    with pytest.raises(RpcError, match=error):
        world.alice.call(save(world.alice.peer(world.bob), message, **fields))


def test_a_link_preview_alone_is_a_draft(world: World) -> None:
    media = api.InputMediaWebPage(url="https://example.org")
    world.alice.call(save(world.alice.peer(world.bob), "", media=media))
    (update,) = world.alice.call(api.messages.GetAllDrafts()).updates
    assert update.draft.media == media


def test_the_chat_list_shows_drafts(world: World) -> None:
    write(world.alice, world.bob, "hello")
    world.alice.call(save(world.alice.peer(world.bob), "more"))
    peers = [api.InputDialogPeer(peer=world.alice.peer(world.bob))]
    (dialog,) = world.alice.call(api.messages.GetPeerDialogs(peers=peers)).dialogs
    assert dialog.draft.message == "more"
