"""The chat list: messages.getDialogs and its siblings."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.domain.hashes import vector_hash
from layers.errors import RpcError
from layers.schema import dialogs as dialogs_table
from tests.harness import Client
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import crowd, dialogs, statements, write
from tl import api


def peers(answer: Any) -> list[int]:
    """Whose dialogs an answer lists."""
    return [dialog.peer.user_id for dialog in answer.dialogs]


def dialog_peer(client: Client, other: Client) -> api.InputDialogPeer:
    return api.InputDialogPeer(peer=client.peer(other))


def pin(client: Client, other: Client, *, pinned: bool = True) -> Any:
    return client.call(api.messages.ToggleDialogPin(pinned=pinned, peer=dialog_peer(client, other)))


def archive(client: Client, other: Client, folder_id: int = 1) -> Any:
    return client.call(
        api.folders.EditPeerFolders(folder_peers=[api.InputFolderPeer(peer=client.peer(other), folder_id=folder_id)])
    )


def test_an_account_without_chats_has_an_empty_list(world: World) -> None:
    answer = world.alice.call(dialogs())
    assert answer == api.messages.Dialogs(dialogs=[], messages=[], chats=[], users=[])


def test_dialogs_are_listed_by_their_last_message(world: World) -> None:
    write(world.alice, world.bob, "one")
    world.server.clock.advance(10)
    write(world.carol, world.alice, "two", "three")
    answer = world.alice.call(dialogs())
    assert isinstance(answer, api.messages.Dialogs)
    assert peers(answer) == [world.carol.id, world.bob.id]
    newest = answer.dialogs[0]
    assert (newest.top_message, newest.unread_count, newest.read_inbox_max_id) == (3, 2, 0)
    assert newest.pts is None
    assert newest.folder_id is None
    assert {message.id for message in answer.messages} == {1, 3}
    assert {user.id for user in answer.users} == {world.alice.id, world.bob.id, world.carol.id}
    world.server.clock.advance(10)
    write(world.bob, world.alice, "four")
    assert peers(world.alice.call(dialogs())) == [world.bob.id, world.carol.id]


def test_pages_follow_each_other_without_gap_or_repetition(world: World) -> None:
    people = crowd(world.server, 7)
    for index, person in enumerate(people):
        write(person, world.alice, f"from {index}")
        if index % 2:
            world.server.clock.advance(10)
    pin(world.alice, people[0])
    expected = [people[0].id, *(person.id for person in reversed(people[1:]))]
    found: list[int] = []
    options: dict[str, Any] = {}
    while True:
        page = world.alice.call(dialogs(limit=3, **options))
        if not page.dialogs:
            break
        assert page.count == 7 - (1 if options else 0)
        found += peers(page)
        last = {message.id: message for message in page.messages}[page.dialogs[-1].top_message]
        options = {
            "exclude_pinned": True,
            "offset_date": last.date,
            "offset_id": last.id,
            "offset_peer": api.InputPeerEmpty(),
        }
    assert found == expected


def test_an_offset_by_id_or_by_peer_alone(world: World) -> None:
    people = crowd(world.server, 3)
    for person in people:
        write(person, world.alice, "hello")
    by_id = world.alice.call(dialogs(offset_id=2))
    assert peers(by_id) == [people[0].id]
    by_peer = world.alice.call(dialogs(offset_peer=world.alice.peer(people[2])))
    assert peers(by_peer) == [people[1].id, people[0].id]


def test_hash_and_folder_are_checked(world: World) -> None:
    write(world.alice, world.bob, "one")
    known = vector_hash([1])
    assert world.alice.call(dialogs(hash=known)) == api.messages.DialogsNotModified(count=1)
    with pytest.raises(RpcError, match="FOLDER_ID_INVALID"):
        world.alice.call(dialogs(folder_id=7))
    with pytest.raises(RpcError, match="FOLDER_ID_INVALID"):
        world.alice.call(api.messages.GetPinnedDialogs(folder_id=7))


def test_pins_come_first_in_their_order_and_devices_learn_it(world: World) -> None:
    people = crowd(world.server, 3)
    for person in people:
        write(person, world.alice, "hello")
    tablet = world.alice.device()
    tablet.pushes()
    pin(world.alice, people[0])
    pin(world.alice, people[1])
    first, second = tablet.pushes()
    assert (first.pinned, first.peer.peer.user_id) == (True, people[0].id)
    assert second.peer.peer.user_id == people[1].id
    answer = world.alice.call(dialogs())
    assert peers(answer) == [people[1].id, people[0].id, people[2].id]
    assert [dialog.pinned for dialog in answer.dialogs] == [True, True, False]
    pin(world.alice, people[1])
    assert tablet.pushes() == []
    world.alice.call(
        api.messages.ReorderPinnedDialogs(
            force=True, folder_id=0, order=[dialog_peer(world.alice, people[index]) for index in (0, 1)]
        )
    )
    (update,) = tablet.pushes()
    assert [peer.peer.user_id for peer in update.order] == [people[0].id, people[1].id]
    pinned = world.alice.call(api.messages.GetPinnedDialogs(folder_id=0))
    assert peers(pinned) == [people[0].id, people[1].id]
    assert pinned.state == world.alice.call(api.updates.GetState())
    world.alice.call(
        api.messages.ReorderPinnedDialogs(force=True, folder_id=0, order=[dialog_peer(world.alice, people[1])])
    )
    assert peers(world.alice.call(api.messages.GetPinnedDialogs(folder_id=0))) == [people[1].id]
    pin(world.alice, people[1], pinned=False)
    assert peers(world.alice.call(api.messages.GetPinnedDialogs(folder_id=0))) == []


def test_order_without_force_keeps_the_other_pins(world: World) -> None:
    people = crowd(world.server, 3)
    for person in people:
        write(person, world.alice, "hello")
        pin(world.alice, person)
    order = [dialog_peer(world.alice, people[0])]
    world.alice.call(api.messages.ReorderPinnedDialogs(folder_id=0, order=order))
    pinned = world.alice.call(api.messages.GetPinnedDialogs(folder_id=0))
    assert peers(pinned) == [people[0].id, people[2].id, people[1].id]


def test_pins_are_limited_as_the_configuration_says(world: World) -> None:
    people = crowd(world.server, limits.DIALOGS_PINNED + 1)
    for person in people:
        write(person, world.alice, "hello")
    for person in people[:-1]:
        pin(world.alice, person)
    with pytest.raises(RpcError, match="PINNED_DIALOGS_TOO_MUCH"):
        pin(world.alice, people[-1])
    with pytest.raises(RpcError, match="PEER_HISTORY_EMPTY"):
        pin(world.alice, world.bob)
    with pytest.raises(RpcError, match="PINNED_DIALOGS_TOO_MUCH"):
        world.alice.call(
            api.messages.ReorderPinnedDialogs(
                force=True, folder_id=0, order=[dialog_peer(world.alice, person) for person in people]
            )
        )


def test_unread_marks(world: World) -> None:
    write(world.bob, world.alice, "hello")
    tablet = world.alice.device()
    tablet.pushes()
    mark = api.messages.MarkDialogUnread(unread=True, peer=dialog_peer(world.alice, world.bob))
    assert world.alice.call(mark) is True
    (update,) = tablet.pushes()
    assert (update.unread, update.peer.peer.user_id) == (True, world.bob.id)
    (marked,) = world.alice.call(api.messages.GetDialogUnreadMarks())
    assert marked.peer.user_id == world.bob.id
    assert world.alice.call(dialogs()).dialogs[0].unread_mark
    world.alice.call(api.messages.ReadHistory(peer=world.alice.peer(world.bob), max_id=0))
    assert world.alice.call(api.messages.GetDialogUnreadMarks()) == []
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(api.messages.MarkDialogUnread(unread=True, peer=dialog_peer(world.alice, world.carol)))


def test_peer_dialogs_answer_chats_without_messages_too(world: World) -> None:
    write(world.bob, world.alice, "hello")
    answer = world.alice.call(
        api.messages.GetPeerDialogs(peers=[dialog_peer(world.alice, world.carol), dialog_peer(world.alice, world.bob)])
    )
    assert peers(answer) == [world.carol.id, world.bob.id]
    assert [dialog.top_message for dialog in answer.dialogs] == [0, 1]
    assert answer.state.unread_count == 1
    with pytest.raises(RpcError, match="INPUT_PEERS_EMPTY"):
        world.alice.call(api.messages.GetPeerDialogs(peers=[]))


def test_a_deleted_chat_leaves_the_list_and_comes_back(world: World) -> None:
    write(world.bob, world.alice, "hello")
    pin(world.alice, world.bob)
    delete = api.messages.DeleteHistory(peer=world.alice.peer(world.bob), max_id=0)
    world.alice.call(delete)
    assert peers(world.alice.call(dialogs())) == []
    write(world.bob, world.alice, "again")
    assert peers(world.alice.call(dialogs())) == [world.bob.id]


def test_a_cleared_chat_stays_in_the_list(world: World) -> None:
    write(world.bob, world.alice, "hello")
    world.alice.call(api.messages.DeleteHistory(just_clear=True, peer=world.alice.peer(world.bob), max_id=0))
    answer = world.alice.call(dialogs())
    assert peers(answer) == [world.bob.id]
    assert answer.dialogs[0].top_message == 0


def test_the_archive_is_a_list_of_its_own(world: World) -> None:
    write(world.bob, world.alice, "hello")
    write(world.carol, world.alice, "hello")
    pin(world.alice, world.bob)
    tablet = world.alice.device()
    tablet.pushes()
    answer = archive(world.alice, world.bob)
    (update,) = answer.updates
    assert (update.folder_peers[0].peer.user_id, update.folder_peers[0].folder_id) == (world.bob.id, 1)
    assert tablet.pushes() == [update]
    assert update.pts == world.alice.call(api.updates.GetState()).pts
    main = world.alice.call(dialogs(folder_id=0, exclude_pinned=True))
    assert peers(main) == [world.carol.id]
    archived = world.alice.call(dialogs(folder_id=1))
    assert peers(archived) == [world.bob.id]
    assert (archived.dialogs[0].folder_id, archived.dialogs[0].pinned) == (1, False)
    assert archive(world.alice, world.bob).updates == []
    archive(world.alice, world.bob, 0)
    assert set(peers(world.alice.call(dialogs(folder_id=0)))) == {world.bob.id, world.carol.id}
    with pytest.raises(RpcError, match="FOLDER_ID_INVALID"):
        archive(world.alice, world.bob, 2)


def test_the_number_of_statements_does_not_depend_on_the_number_of_dialogs(world: World) -> None:
    people = crowd(world.server, 30)
    write(people[0], world.alice, "hello")
    one = statements(world.alice, dialogs())
    for person in people[1:]:
        write(person, world.alice, "hello")
    for person in people[:3]:
        pin(world.alice, person)
    assert len(world.alice.call(dialogs()).dialogs) == 30
    assert statements(world.alice, dialogs()) == one == 12


def test_dialogs_carry_drafts_and_notification_settings(world: World) -> None:
    write(world.bob, world.alice, "hello")
    peer = world.alice.peer(world.bob)
    world.alice.call(api.messages.SaveDraft(peer=peer, message="dear bob"))
    (dialog,) = world.alice.call(dialogs()).dialogs
    assert dialog.draft.message == "dear bob"
    assert dialog.notify_settings == api.PeerNotifySettings()


def test_pins_of_a_deleted_chat_do_not_count(world: World) -> None:
    write(world.bob, world.alice, "hello")
    pin(world.alice, world.bob)
    world.alice.call(api.messages.DeleteHistory(peer=world.alice.peer(world.bob), max_id=0))
    with world.server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(dialogs_table.c.pinned_rank).where(dialogs_table.c.owner_id == world.alice.id)) == 0


def _moved_home(client: Client) -> list[int]:
    """Whose chats the pushes brought back to the main list."""
    moved = [update for update in client.pushes() if isinstance(update, api.UpdateFolderPeers)]
    return [item.peer.user_id for update in moved for item in update.folder_peers if item.folder_id == 0]


def test_a_message_brings_a_chat_back_from_the_archive(world: World) -> None:
    """An answer of one's own does not."""
    write(world.bob, world.alice, "hello")
    archive(world.alice, world.bob)
    tablet = world.alice.device()
    write(world.alice, world.bob, "mine")
    assert _moved_home(tablet) == []
    assert peers(world.alice.call(dialogs(folder_id=1))) == [world.bob.id]
    write(world.bob, world.alice, "again", "and again")
    assert _moved_home(tablet) == [world.bob.id]
    assert peers(world.alice.call(dialogs(folder_id=0))) == [world.bob.id]
    assert peers(world.alice.call(dialogs(folder_id=1))) == []


@pytest.mark.parametrize("scope", ["chat", "users"])
def test_muted_chats_stay_in_the_archive(world: World, scope: str) -> None:
    write(world.bob, world.alice, "hello")
    archive(world.alice, world.bob)
    peer = api.InputNotifyPeer if scope == "chat" else None
    where = api.InputNotifyUsers() if peer is None else peer(peer=world.alice.peer(world.bob))
    muted = api.InputPeerNotifySettings(mute_until=2**31 - 1)
    world.alice.call(api.account.UpdateNotifySettings(peer=where, settings=muted))
    write(world.bob, world.alice, "again")
    assert peers(world.alice.call(dialogs(folder_id=1))) == [world.bob.id]


@pytest.mark.parametrize("switch", ["keep_archived_unmuted", "keep_archived_folders"])
def test_whoever_wants_it_keeps_chats_in_the_archive(world: World, switch: str) -> None:
    write(world.bob, world.alice, "hello")
    archive(world.alice, world.bob)
    settings = api.GlobalPrivacySettings(**{switch: True})
    world.alice.call(api.account.SetGlobalPrivacySettings(settings=settings))
    write(world.bob, world.alice, "again")
    assert peers(world.alice.call(dialogs(folder_id=1))) == [world.bob.id]


def test_the_archive_is_an_entry_of_the_main_list(world: World) -> None:
    write(world.bob, world.alice, "one", "two")
    write(world.carol, world.alice, "three")
    archive(world.alice, world.bob)
    (entry,) = world.alice.call(api.messages.GetPinnedDialogs(folder_id=0)).dialogs
    assert isinstance(entry, api.DialogFolder)
    assert (entry.pinned, entry.folder.id, entry.peer.user_id, entry.top_message) == (True, 1, world.bob.id, 2)
    assert (entry.unread_unmuted_peers_count, entry.unread_unmuted_messages_count) == (1, 2)
    settings = api.InputPeerNotifySettings(mute_until=2**31 - 1)
    peer = api.InputNotifyPeer(peer=world.alice.peer(world.bob))
    world.alice.call(api.account.UpdateNotifySettings(peer=peer, settings=settings))
    pinned = world.alice.call(api.messages.GetPinnedDialogs(folder_id=0))
    (entry,) = pinned.dialogs
    assert (entry.unread_muted_peers_count, entry.unread_muted_messages_count) == (1, 2)
    assert (entry.unread_unmuted_peers_count, entry.unread_unmuted_messages_count) == (0, 0)
    assert [message.id for message in pinned.messages] == [2]
    assert world.bob.id in {user.id for user in pinned.users}
    assert peers(world.alice.call(dialogs(folder_id=0))) == [world.carol.id]
    assert set(peers(world.alice.call(dialogs()))) == {world.bob.id, world.carol.id}
    assert world.alice.call(api.messages.GetPinnedDialogs(folder_id=1)).dialogs == []
