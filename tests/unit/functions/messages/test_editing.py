"""messages.editMessage, deleteMessages, deleteHistory: both sides, dialogs, and each named error."""

from __future__ import annotations

import pytest

from layers.domain.limits import EDIT_TIME_S
from layers.errors import RpcError
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.test_sending import history, text
from tl import api


def edit(world: World, message_id: int, message: str | None, **options: object) -> object:
    return world.alice.call(
        api.messages.EditMessage(peer=world.alice.peer(world.bob), id=message_id, message=message, **options)
    )


def dialog(client: object, other: object) -> api.Dialog:
    peers = [api.InputDialogPeer(peer=client.peer(other))]  # type: ignore[attr-defined]
    (found,) = client.call(api.messages.GetPeerDialogs(peers=peers)).dialogs  # type: ignore[attr-defined]
    return found  # type: ignore[no-any-return]


def test_edit_reaches_both_sides(world: World) -> None:
    text(world, "helo", 1)
    world.server.settle()
    world.bob.pushes()
    phone = world.alice.device()
    edit(world, 1, "hello")
    world.server.settle()
    for device in (phone, world.bob):
        (update,) = device.pushes()
        assert isinstance(update, api.UpdateEditMessage)
        assert (update.message.message, update.message.id) == ("hello", 1)
        assert update.message.edit_date is not None


def test_edited_text_is_found_and_the_old_is_not(world: World) -> None:
    text(world, "apple", 1)
    world.server.settle()
    edit(world, 1, "pear")
    world.server.settle()

    def found(query: str) -> int:
        return len(
            world.bob.call(
                api.messages.Search(
                    peer=world.bob.peer(world.alice),
                    q=query,
                    filter=api.InputMessagesFilterEmpty(),
                    min_date=0,
                    max_date=0,
                    offset_id=0,
                    add_offset=0,
                    limit=10,
                    max_id=0,
                    min_id=0,
                    hash=0,
                )
            ).messages
        )

    assert (found("apple"), found("pear")) == (0, 1)


def test_edit_errors(world: World) -> None:
    text(world, "mine", 1)
    world.bob.call(api.messages.SendMessage(peer=world.bob.peer(world.alice), message="yours", random_id=1))
    world.server.settle()
    cases = [
        (lambda: edit(world, 1, "mine"), 400, "MESSAGE_NOT_MODIFIED"),
        (lambda: edit(world, 99, "x"), 400, "MESSAGE_ID_INVALID"),
        (lambda: edit(world, 2, "x"), 403, "MESSAGE_AUTHOR_REQUIRED"),
        (lambda: edit(world, 1, ""), 400, "MESSAGE_EMPTY"),
        (lambda: edit(world, 1, "x" * 4097), 400, "MESSAGE_TOO_LONG"),
    ]
    for call, code, error in cases:
        with pytest.raises(RpcError) as raised:
            call()
        assert (raised.value.code, raised.value.type) == (code, error)
    world.server.clock.advance(EDIT_TIME_S + 1)
    with pytest.raises(RpcError, match="MESSAGE_EDIT_TIME_EXPIRED"):
        edit(world, 1, "late")


def test_delete_for_oneself(world: World) -> None:
    text(world, "a", 1)
    text(world, "b", 2)
    world.server.settle()
    phone = world.alice.device()
    answer = world.alice.call(api.messages.DeleteMessages(id=[2]))
    assert (answer.pts, answer.pts_count) == (4, 1)
    world.server.settle()
    (update,) = phone.pushes()
    assert update == api.UpdateDeleteMessages(messages=[2], pts=4, pts_count=1)
    assert [message.message for message in history(world.alice, world.bob)] == ["a"]
    assert [message.message for message in history(world.bob, world.alice)] == ["b", "a"]
    assert dialog(world.alice, world.bob).top_message == 1


def test_delete_for_everyone(world: World) -> None:
    text(world, "a", 1)
    text(world, "b", 2)
    world.server.settle()
    assert dialog(world.bob, world.alice).unread_count == 2
    world.bob.pushes()
    world.alice.call(api.messages.DeleteMessages(id=[1, 2], revoke=True))
    world.server.settle()
    (update,) = world.bob.pushes()
    assert (update.messages, update.pts_count) == ([1, 2], 2)
    assert history(world.bob, world.alice) == []
    assert dialog(world.bob, world.alice).unread_count == 0


def test_the_other_side_may_delete_for_everyone(world: World) -> None:
    text(world, "a", 1)
    world.server.settle()
    world.bob.call(api.messages.DeleteMessages(id=[1], revoke=True))
    world.server.settle()
    assert history(world.alice, world.bob) == []


def test_deleting_what_is_gone_changes_nothing(world: World) -> None:
    answer = world.alice.call(api.messages.DeleteMessages(id=[5]))
    assert (answer.pts, answer.pts_count) == (1, 0)


@pytest.mark.parametrize("revoke", [False, True])
def test_delete_history(world: World, revoke: bool) -> None:
    for number in range(3):
        text(world, f"m{number}", number)
    world.server.settle()
    answer = world.alice.call(api.messages.DeleteHistory(peer=world.alice.peer(world.bob), max_id=0, revoke=revoke))
    assert (answer.pts_count, answer.offset) == (3, 0)
    world.server.settle()
    assert history(world.alice, world.bob) == []
    assert len(history(world.bob, world.alice)) == (0 if revoke else 3)
    dialogs = world.alice.call(
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0)
    )
    assert dialogs.dialogs == []


def test_clearing_keeps_the_chat_listed(world: World) -> None:
    text(world, "m", 1)
    world.alice.call(api.messages.DeleteHistory(peer=world.alice.peer(world.bob), max_id=0, just_clear=True))
    dialogs = world.alice.call(
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0)
    )
    assert [item.top_message for item in dialogs.dialogs] == [0]


def test_long_history_goes_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.messages.delete._HISTORY_BATCH", 2)
    for number in range(5):
        text(world, f"m{number}", number)
    offsets = []
    while True:
        answer = world.alice.call(api.messages.DeleteHistory(peer=world.alice.peer(world.bob), max_id=0))
        offsets.append(answer.offset)
        if not answer.offset:
            break
    assert offsets == [1, 1, 0]
    assert history(world.alice, world.bob) == []


def test_too_many_ids(world: World) -> None:
    with pytest.raises(RpcError, match="MSG_ID_INVALID"):
        world.alice.call(api.messages.DeleteMessages(id=list(range(1, 102))))
