"""messages.getHistory by https://core.telegram.org/api/offsets, and messages.getMessages."""

from __future__ import annotations

import pytest

from layers.domain.hashes import vector_hash
from layers.errors import RpcError
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import history, ids, pts_of, statements, text_message, texts, write
from tl import api


def test_history_is_newest_first_with_users(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    write(world.bob, world.alice, "three")
    answer = world.alice.call(history(world.alice.peer(world.bob)))
    assert isinstance(answer, api.messages.Messages)
    assert texts(answer) == ["three", "two", "one"]
    assert [message.out for message in answer.messages] == [False, True, True]
    assert {user.id for user in answer.users} == {world.alice.id, world.bob.id}


def test_history_of_a_chat_without_messages_is_empty(world: World) -> None:
    answer = world.alice.call(history(world.alice.peer(world.bob)))
    assert answer.messages == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"limit": 3}, [10, 9, 8]),
        ({"limit": 3, "offset_id": 5}, [4, 3, 2]),
        ({"limit": 3, "offset_id": 5, "add_offset": -3}, [7, 6, 5]),
        ({"limit": 4, "offset_id": 5, "add_offset": -2}, [6, 5, 4, 3]),
        ({"limit": 3, "offset_id": 5, "add_offset": 1}, [3, 2, 1]),
        ({"limit": 2, "offset_id": 3, "add_offset": -5}, [7, 6]),
        ({"limit": 5, "offset_id": 9, "add_offset": -5}, [10, 9]),
        ({"limit": 5, "add_offset": 8}, [2, 1]),
        ({"limit": 5, "add_offset": -2}, [10, 9, 8]),
        ({"limit": 5, "max_id": 9}, [8, 7, 6]),
        ({"limit": 5, "min_id": 8}, [10, 9]),
        ({"limit": 5, "offset_id": 11, "add_offset": -5}, []),
        ({"limit": 5, "offset_id": 1}, []),
        ({"limit": -1, "offset_id": 3}, [2, 1]),
    ],
)
def test_offsets(world: World, options: dict[str, int], expected: list[int]) -> None:
    write(world.alice, world.bob, *(f"message {number}" for number in range(1, 11)))
    answer = world.alice.call(history(world.alice.peer(world.bob), **options))
    assert ids(answer) == expected
    if len(expected) < 10:
        assert isinstance(answer, api.messages.MessagesSlice)
        assert answer.count == 10


def test_offset_date_finds_what_is_older(world: World) -> None:
    for text in ("one", "two", "three", "four"):
        write(world.alice, world.bob, text)
        write(world.alice, world.carol, f"{text} elsewhere")
        world.server.clock.advance(100)
    peer = world.alice.peer(world.bob)
    dates = [message.date for message in world.alice.call(history(peer)).messages]
    assert texts(world.alice.call(history(peer, offset_date=dates[1]))) == ["two", "one"]
    assert texts(world.alice.call(history(peer, offset_date=dates[1] + 1))) == ["three", "two", "one"]
    assert texts(world.alice.call(history(peer, offset_date=dates[0] + 1000))) == ["four", "three", "two", "one"]
    assert texts(world.alice.call(history(peer, offset_date=1))) == []
    newer = world.alice.call(history(peer, offset_date=dates[1], add_offset=-2, limit=2))
    assert texts(newer) == ["four", "three"]


def test_hash_answers_not_modified(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    peer = world.alice.peer(world.bob)
    known = vector_hash(ids(world.alice.call(history(peer))))
    answer = world.alice.call(history(peer, hash=known))
    assert answer == api.messages.MessagesNotModified(count=2)
    assert ids(world.alice.call(history(peer, hash=known + 1))) == [2, 1]


def test_each_side_sees_its_own_ids_and_chats_do_not_mix(world: World) -> None:
    write(world.carol, world.bob, "from carol")
    write(world.alice, world.bob, "from alice")
    assert ids(world.bob.call(history(world.bob.peer(world.alice)))) == [2]
    assert ids(world.alice.call(history(world.alice.peer(world.bob)))) == [1]
    assert world.alice.call(history(world.alice.peer(world.carol))).messages == []


def test_limits(world: World) -> None:
    write(world.alice, world.bob, *("x" for _ in range(105)))
    peer = world.alice.peer(world.bob)
    assert len(ids(world.alice.call(history(peer, limit=1000)))) == 100
    assert len(ids(world.alice.call(history(peer, limit=0)))) == 20
    with pytest.raises(RpcError, match="OFFSET_INVALID"):
        world.alice.call(history(peer, add_offset=1_000_000))
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(history(api.InputPeerUser(user_id=world.bob.id, access_hash=1)))


def test_the_number_of_statements_does_not_depend_on_the_number_of_messages(world: World) -> None:
    write(world.alice, world.bob, "one")
    peer = world.alice.peer(world.bob)
    one = statements(world.alice, history(peer))
    write(world.alice, world.bob, *(f"message {number}" for number in range(99)))
    assert statements(world.alice, history(peer)) == one == 6
    assert statements(world.alice, history(peer, offset_id=50, add_offset=-10, limit=20)) == 7


def test_get_messages_keeps_the_order_and_marks_what_is_missing(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    write(world.alice, world.bob, "a reply", reply_to_msg_id=1)
    request = api.messages.GetMessages(
        id=[
            api.InputMessageID(id=2),
            api.InputMessageID(id=77),
            api.InputMessageReplyTo(id=3),
            api.InputMessageReplyTo(id=2),
            api.InputMessagePinned(),
        ]
    )
    answer = world.alice.call(request)
    assert ids(answer) == [2, 77, 1, 0, 0]
    assert [type(message).__name__ for message in answer.messages] == [
        "Message",
        "MessageEmpty",
        "Message",
        "MessageEmpty",
        "MessageEmpty",
    ]
    with pytest.raises(RpcError, match="MSG_ID_INVALID"):
        world.alice.call(api.messages.GetMessages(id=[api.InputMessageID(id=1)] * 201))


def test_read_history_tells_the_sender_and_the_other_device(world: World) -> None:
    phone = world.bob.device()
    write(world.alice, world.bob, "one", "two", "three")
    phone.pushes(), world.alice.pushes()
    before = pts_of(world.bob)
    peer = world.bob.peer(world.alice)
    answer = world.bob.call(api.messages.ReadHistory(peer=peer, max_id=2))
    assert (answer.pts, answer.pts_count) == (before + 1, 1)
    (update,) = phone.pushes()
    assert (update.max_id, update.still_unread_count, update.pts) == (2, 1, before + 1)
    world.server.settle()
    (told,) = world.alice.pushes()
    assert isinstance(told, api.UpdateReadHistoryOutbox)
    assert told.max_id == 2
    again = world.bob.call(api.messages.ReadHistory(peer=peer, max_id=2))
    assert (again.pts, again.pts_count) == (before + 1, 0)
    assert phone.pushes() == []
    rest = world.bob.call(api.messages.ReadHistory(peer=peer, max_id=0))
    assert rest.pts_count == 1
    world.server.settle()
    (told,) = world.alice.pushes()
    assert told.max_id == 3


def test_read_history_of_own_notes_tells_nobody(world: World) -> None:
    write(world.alice, world.alice, "note")
    answer = world.alice.call(api.messages.ReadHistory(peer=api.InputPeerSelf(), max_id=0))
    assert answer.pts_count in {0, 1}
    world.server.settle()
    assert world.bob.pushes() == []


def test_read_message_contents_tells_the_sender(world: World) -> None:
    phone = world.bob.device()
    write(world.alice, world.bob, text_message("voice"), media_unread=True)
    write(world.alice, world.bob, "text")
    phone.pushes(), world.alice.pushes()
    answer = world.bob.call(api.messages.ReadMessageContents(id=[1, 2]))
    assert answer.pts_count == 1
    (update,) = phone.pushes()
    assert update.messages == [1]
    world.server.settle()
    (told,) = world.alice.pushes()
    assert isinstance(told, api.UpdateReadMessagesContents)
    assert told.messages == [1]
    assert world.bob.call(api.messages.ReadMessageContents(id=[1, 2])).pts_count == 0
    # What one has sent oneself is not his to mark.
    assert world.alice.call(api.messages.ReadMessageContents(id=[1])).pts_count == 0


def test_read_mentions_of_a_chat_without_any(world: World) -> None:
    write(world.alice, world.bob, "one")
    answer = world.bob.call(api.messages.ReadMentions(peer=world.bob.peer(world.alice)))
    assert (answer.pts_count, answer.offset) == (0, 0)
