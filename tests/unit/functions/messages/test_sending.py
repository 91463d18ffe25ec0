"""messages.sendMessage, forwardMessages: what is stored, what each side sees, and each named error."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from layers.database import Transaction
from layers.domain import outbox
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.seed import seed
from layers.errors import RpcError
from layers.schema import outbox as outbox_table
from tests.unit.functions.messages.conftest import World
from tl import api


def text(world: World, message: str, random_id: int, **options: object) -> object:
    return world.alice.call(
        api.messages.SendMessage(peer=world.alice.peer(world.bob), message=message, random_id=random_id, **options)
    )


def history(client: object, other: object) -> list[api.Message]:
    return client.call(  # type: ignore[attr-defined]
        api.messages.GetHistory(
            peer=client.peer(other),  # type: ignore[attr-defined]
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=50,
            max_id=0,
            min_id=0,
            hash=0,
        )
    ).messages


def test_text_reaches_both_sides(world: World) -> None:
    answer = text(world, "hello", 1)
    assert (answer.id, answer.pts, answer.pts_count) == (1, 2, 1)
    world.server.settle()
    (update,) = world.bob.pushes()
    assert isinstance(update, api.UpdateNewMessage)
    assert (update.message.message, update.message.out, update.pts) == ("hello", False, 2)
    assert update.message.peer_id == api.PeerUser(user_id=world.alice.id)
    (sent,) = history(world.alice, world.bob)
    assert (sent.out, sent.from_id) == (True, api.PeerUser(user_id=world.alice.id))


def test_repeated_random_id_sends_once(world: World) -> None:  # checklist 75
    first = text(world, "once", 7)
    again = text(world, "once", 7)
    assert [update.id for update in again.updates if isinstance(update, api.UpdateMessageID)] == [first.id]
    world.server.settle()
    assert len(history(world.bob, world.alice)) == 1
    assert len(history(world.alice, world.bob)) == 1


def test_repeated_random_id_after_deletion_sends_nothing(world: World) -> None:
    first = text(world, "once", 7)
    world.alice.call(api.messages.DeleteMessages(id=[first.id], revoke=True))
    text(world, "once", 7)
    world.server.settle()
    assert history(world.bob, world.alice) == []


@pytest.mark.parametrize(
    ("message", "options", "error"),
    [
        ("", {}, "MESSAGE_EMPTY"),
        (" \n ", {}, "MESSAGE_EMPTY"),
        ("x" * 4097, {}, "MESSAGE_TOO_LONG"),
        ("hi", {"reply_to": api.InputReplyToMessage(reply_to_msg_id=99)}, "REPLY_MESSAGE_ID_INVALID"),
        ("hi", {"schedule_date": 2_000_000_000}, "SCHEDULE_DATE_TOO_LATE"),
        ("hi", {"entities": [api.MessageEntityBold(offset=-1, length=1)]}, "ENTITY_BOUNDS_INVALID"),
        ("hi", {"entities": [api.MessageEntityBold(offset=0, length=1)] * 101}, "ENTITIES_TOO_LONG"),
    ],
)
def test_named_errors(world: World, message: str, options: dict[str, object], error: str) -> None:
    with pytest.raises(RpcError) as raised:
        text(world, message, 1, **options)
    assert (raised.value.code, raised.value.type) == (400, error)


def test_peer_needs_the_right_access_hash(world: World) -> None:  # checklist 73
    stranger = api.InputPeerUser(user_id=world.bob.id, access_hash=12345)
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(api.messages.SendMessage(peer=stranger, message="hi", random_id=1))


def test_entities_are_trimmed_and_found(world: World) -> None:
    text(
        world, "  see https://example.com and @someone #tag  ", 1, entities=[api.MessageEntityBold(offset=2, length=3)]
    )
    world.server.settle()
    (message,) = history(world.bob, world.alice)
    assert message.message == "see https://example.com and @someone #tag"
    assert message.entities == [
        api.MessageEntityBold(offset=0, length=3),
        api.MessageEntityUrl(offset=4, length=19),
        api.MessageEntityMention(offset=28, length=8),
        api.MessageEntityHashtag(offset=37, length=4),
    ]


def test_entity_offsets_count_utf16(world: World) -> None:
    text(world, "😀 #tag", 1)
    (message,) = history(world.alice, world.bob)
    assert message.entities == [api.MessageEntityHashtag(offset=3, length=4)]


def test_reply_points_into_each_box(world: World) -> None:
    world.bob.call(api.messages.SendMessage(peer=api.InputPeerSelf(), message="note", random_id=1))
    first = text(world, "question", 1)
    world.server.settle()
    reply = api.InputReplyToMessage(reply_to_msg_id=first.id, quote_text="quest", quote_offset=0)
    text(world, "answer", 2, reply_to=reply)
    world.server.settle()
    ours, theirs = history(world.alice, world.bob)[0], history(world.bob, world.alice)[0]
    assert ours.reply_to.reply_to_msg_id == first.id
    # Bob's box held a note before: the same message has another id there.
    assert theirs.reply_to.reply_to_msg_id == first.id + 1
    assert (theirs.reply_to.quote, theirs.reply_to.quote_text) == (True, "quest")


def test_blocked_sender_is_not_told(world: World) -> None:
    world.bob.call(api.contacts.Block(id=world.bob.peer(world.alice)))
    assert text(world, "are you there?", 1).pts == 2
    world.server.settle()
    assert history(world.bob, world.alice) == []
    with pytest.raises(RpcError, match="YOU_BLOCKED_USER"):
        world.bob.call(api.messages.SendMessage(peer=world.bob.peer(world.alice), message="no", random_id=1))


def test_deleted_account(world: World) -> None:
    deleted = world.server.user("Gone", deleted=True)
    with pytest.raises(RpcError, match="INPUT_USER_DEACTIVATED"):
        world.alice.call(api.messages.SendMessage(peer=world.alice.peer(deleted), message="hi", random_id=1))


def test_draft_is_cleared_on_request(world: World) -> None:
    phone = world.alice.device()
    world.alice.call(api.messages.SaveDraft(peer=world.alice.peer(world.bob), message="hel"))
    phone.pushes()
    text(world, "hello", 1, clear_draft=True)
    kinds = [update.TL_NAME for update in phone.pushes()]
    assert sorted(kinds) == ["updateDraftMessage", "updateNewMessage"]


def test_saved_messages(world: World) -> None:
    answer = world.alice.call(api.messages.SendMessage(peer=api.InputPeerSelf(), message="note", random_id=1))
    (message,) = [update.message for update in answer.updates if isinstance(update, api.UpdateNewMessage)]
    assert message.peer_id == api.PeerUser(user_id=world.alice.id)
    assert message.saved_peer_id == api.PeerUser(user_id=world.alice.id)
    dialogs = world.alice.call(
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0)
    )
    assert [dialog.unread_count for dialog in dialogs.dialogs] == [0]


# messages.forwardMessages


def forward(world: World, ids: list[int], random_ids: list[int], **options: object) -> object:
    return world.alice.call(
        api.messages.ForwardMessages(
            from_peer=world.alice.peer(world.bob),
            id=ids,
            random_id=random_ids,
            to_peer=world.alice.peer(world.carol),
            **options,
        )
    )


def test_forward_names_the_author(world: World) -> None:
    world.bob.call(api.messages.SendMessage(peer=world.bob.peer(world.alice), message="news", random_id=1))
    world.server.settle()
    forward(world, [1], [5])
    world.server.settle()
    (message,) = history(world.carol, world.alice)
    assert message.message == "news"
    assert message.fwd_from.from_id == api.PeerUser(user_id=world.bob.id)
    assert message.fwd_from.saved_from_peer is None


def test_forward_hides_who_forbids_links(world: World) -> None:  # checklist 110
    world.bob.call(
        api.account.SetPrivacy(key=api.InputPrivacyKeyForwards(), rules=[api.InputPrivacyValueDisallowAll()])
    )
    world.bob.call(api.messages.SendMessage(peer=world.bob.peer(world.alice), message="news", random_id=1))
    world.server.settle()
    forward(world, [1], [5])
    world.server.settle()
    (message,) = history(world.carol, world.alice)
    assert (message.fwd_from.from_id, message.fwd_from.from_name) == (None, "Bob")


def test_forward_without_author(world: World) -> None:
    text(world, "mine", 1)
    forward(world, [1], [5], drop_author=True)
    world.server.settle()
    (message,) = history(world.carol, world.alice)
    assert message.fwd_from is None


def test_forward_errors(world: World) -> None:
    text(world, "open", 1)
    text(world, "closed", 2, noforwards=True)
    cases = {
        "RANDOM_ID_INVALID": lambda: forward(world, [1], [5, 6]),
        "MESSAGE_ID_INVALID": lambda: forward(world, [77], [5]),
        "CHAT_FORWARDS_RESTRICTED": lambda: forward(world, [2], [5]),
        "MESSAGE_IDS_EMPTY": lambda: forward(world, [], []),
    }
    for error, call in cases.items():
        with pytest.raises(RpcError, match=error):
            call()
    with pytest.raises(RpcError, match="RANDOM_ID_DUPLICATE"):
        forward(world, [1, 1], [5, 5])


# Statements


@pytest.mark.parametrize("earlier", [0, 50])
def test_a_send_costs_the_same_in_a_long_chat(world: World, earlier: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(earlier):
        text(world, "earlier", 1000 + number)
    world.server.settle()
    counts: list[int] = []
    run = Transaction.run_after_commit
    monkeypatch.setattr(
        Transaction, "run_after_commit", lambda tx: (counts.append(tx.statements), run(tx))[1], raising=True
    )
    text(world, "now", 1)
    assert counts[-1] == 8


def test_what_waits_for_an_account_without_a_box_is_dropped(world: World) -> None:
    seed(world.server.services)
    with world.server.services.database.transaction(writes=True) as db:
        outbox.post(world.server.context(db), SERVICE_USER_ID, outbox.Read(world.alice.id, 1))
    world.server.settle()
    with world.server.services.database.transaction(writes=False) as db:
        assert db.scalars(sa.select(outbox_table.c.id)) == []
