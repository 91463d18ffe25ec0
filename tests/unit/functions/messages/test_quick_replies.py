"""Quick replies: https://core.telegram.org/api/business#quick-reply-shortcuts."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from layers.domain import limits
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import history, last_id, statements, texts
from tl import TLObject, api

_RANDOM_IDS = itertools.count(90_000)
ME = api.InputPeerSelf()


def named(name: str) -> api.InputQuickReplyShortcut:
    return api.InputQuickReplyShortcut(shortcut=name)


def adding(text: str, name: str | api.TypeInputQuickReplyShortcut, **options: Any) -> api.messages.SendMessage:
    shortcut = named(name) if isinstance(name, str) else name
    options = {"peer": ME, "random_id": next(_RANDOM_IDS), **options}
    return api.messages.SendMessage(message=text, quick_reply_shortcut=shortcut, **options)


def add(client: Client, text: str, name: str | api.TypeInputQuickReplyShortcut = "hello", **options: Any) -> Any:
    """Add a message to a shortcut; the message."""
    answer = client.call(adding(text, name, **options))
    (news,) = [item for item in answer.updates if isinstance(item, api.UpdateQuickReplyMessage)]
    return news.message


def listed(client: Client) -> list[tuple[int, str, int, int]]:
    answer = client.call(api.messages.GetQuickReplies(hash=0))
    assert {message.id for message in answer.messages} == {item.top_message for item in answer.quick_replies}
    return [(item.shortcut_id, item.shortcut, item.top_message, item.count) for item in answer.quick_replies]


def below(client: Client, shortcut_id: int, **options: Any) -> Any:
    return client.call(api.messages.GetQuickReplyMessages(shortcut_id=shortcut_id, hash=0, **options))


def sending(client: Client, to: Client, shortcut_id: int, *message_ids: int, count: int = 1) -> Any:
    ids = [next(_RANDOM_IDS) for _ in message_ids or range(count)]
    return api.messages.SendQuickReplyMessages(
        peer=client.peer(to), shortcut_id=shortcut_id, id=list(message_ids), random_id=ids
    )


def refused(client: Client, request: TLObject) -> str:
    with pytest.raises(RpcError) as caught:
        client.call(request)
    return str(caught.value.type)


def test_a_shortcut_begins_with_its_first_message(world: World) -> None:
    tablet = world.alice.device()
    answer = world.alice.call(adding("Hello!", "hello", random_id=5))
    number, created, news = answer.updates
    assert (number.id, number.random_id) == (1, 5)
    assert created.quick_reply == api.QuickReply(shortcut_id=1, shortcut="hello", top_message=1, count=1)
    assert tablet.pushes() == [created, news]
    message = news.message
    assert (message.message, message.out, message.from_id, message.saved_peer_id) == ("Hello!", True, None, None)
    assert (message.peer_id, message.quick_reply_shortcut_id) == (api.PeerUser(user_id=world.alice.id), 1)
    second = add(world.alice, "Well?", api.InputQuickReplyShortcutId(shortcut_id=1))
    assert (second.id, second.quick_reply_shortcut_id) == (2, 1)
    assert tablet.pushes() == [api.UpdateQuickReplyMessage(message=second)]
    add(world.alice, "Bye", "bye")
    assert listed(world.alice) == [(1, "hello", 2, 2), (2, "bye", 3, 1)]
    assert listed(world.bob) == []
    # Nothing of this is a message in any chat.
    assert last_id(world.alice) == 0


def test_a_repeated_random_id_adds_nothing(world: World) -> None:
    request = adding("once", "hello")
    first, second = world.alice.call(request), world.alice.call(request)
    assert [item.TL_NAME for item in second.updates] == ["updateMessageID", "updateQuickReplyMessage"]
    assert first.updates[0] == second.updates[0]
    assert len(below(world.alice, 1).messages) == 1
    singles = [
        api.InputSingleMedia(media=_photo(world.alice), random_id=request.random_id + plus, message="")
        for plus in (0, 70_000)
    ]
    album = api.messages.SendMultiMedia(peer=ME, multi_media=singles, quick_reply_shortcut=named("hello"))
    assert refused(world.alice, album) == "RANDOM_ID_DUPLICATE"


def _photo(client: Client) -> api.InputMediaUploadedPhoto:
    return api.InputMediaUploadedPhoto(file=upload(client, picture(50, 40)))


def test_sending(world: World) -> None:
    first = add(world.alice, "Hello!", entities=[api.MessageEntityBold(offset=0, length=5)])
    add(world.alice, "Still there?", reply_to=api.InputReplyToMessage(reply_to_msg_id=first.id))
    add(world.alice, "Bye")
    answer = world.alice.call(sending(world.alice, world.bob, 1, count=3))
    assert sum(isinstance(item, api.UpdateNewMessage) for item in answer.updates) == 3
    world.server.settle()
    found = world.bob.call(history(world.bob.peer(world.alice)))
    assert texts(found) == ["Bye", "Still there?", "Hello!"]
    last, middle, oldest = found.messages
    assert oldest.entities == [api.MessageEntityBold(offset=0, length=5)]
    assert middle.reply_to.reply_to_msg_id == oldest.id and last.reply_to is None
    assert all(message.quick_reply_shortcut_id is None for message in found.messages)


def test_sending_some_and_again(world: World) -> None:
    for text in ("one", "two", "three"):
        add(world.alice, text)
    request = sending(world.alice, world.bob, 1, 3, 1)
    first = world.alice.call(request)
    ids = {item.random_id: item.id for item in first.updates if isinstance(item, api.UpdateMessageID)}
    # The random_ids stand in the order of the ids, the messages in that of the shortcut.
    assert [ids[number] for number in request.random_id] == [2, 1]
    again = world.alice.call(request)
    assert {item.random_id: item.id for item in again.updates if isinstance(item, api.UpdateMessageID)} == ids
    world.server.settle()
    assert texts(world.bob.call(history(world.bob.peer(world.alice)))) == ["three", "one"]
    request = api.messages.SendQuickReplyMessages(
        peer=world.alice.peer(world.carol), shortcut_id=1, id=[], random_id=[]
    )
    assert len(world.alice.call(request).updates) == 6


def test_an_album_is_a_new_one_each_time(world: World) -> None:
    singles = [api.InputSingleMedia(media=_photo(world.alice), random_id=number + 1, message="") for number in range(2)]
    world.alice.call(api.messages.SendMultiMedia(peer=ME, multi_media=singles, quick_reply_shortcut=named("album")))
    kept = below(world.alice, 1).messages
    assert all(message.media.photo.access_hash for message in kept)
    for _ in range(2):
        world.alice.call(sending(world.alice, world.bob, 1, count=2))
    world.server.settle()
    found = world.bob.call(history(world.bob.peer(world.alice))).messages
    albums = {message.grouped_id for message in found}
    assert len(found) == 4 and len(albums) == 2 and kept[0].grouped_id not in albums


def test_forwards_become_own_words(world: World) -> None:
    world.bob.call(api.messages.SendMessage(peer=world.bob.peer(world.alice), message="well said", random_id=1))
    world.server.settle()
    request = api.messages.ForwardMessages(
        from_peer=world.alice.peer(world.bob),
        id=[last_id(world.alice)],
        random_id=[next(_RANDOM_IDS)],
        to_peer=ME,
        quick_reply_shortcut=named("wise"),
    )
    world.alice.call(request)
    (message,) = below(world.alice, 1).messages
    assert (message.message, message.fwd_from) == ("well said", None)


def test_dice_are_rolled_anew(world: World) -> None:
    media = api.InputMediaDice(emoticon="🎰")
    request = api.messages.SendMedia(peer=ME, media=media, message="", random_id=1, quick_reply_shortcut=named("dice"))
    world.alice.call(request)
    for _ in range(4):
        world.alice.call(sending(world.alice, world.bob, 1))
    found = world.alice.call(history(world.alice.peer(world.bob))).messages
    assert len({message.media.value for message in found}) > 1


def test_each_copy_of_a_poll_has_votes_of_its_own(world: World) -> None:
    answers: list[Any] = [
        api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[])) for text in ("yes", "no")
    ]
    question = api.TextWithEntities(text="Well?", entities=[])
    poll: Any = api.InputMediaPoll(poll=api.Poll(id=0, question=question, answers=answers, hash=0))
    request = api.messages.SendMedia(peer=ME, media=poll, message="", random_id=1, quick_reply_shortcut=named("ask"))
    world.alice.call(request)
    ids = []
    for other in (world.bob, world.carol):
        world.alice.call(sending(world.alice, other, 1))
        world.server.settle()
        (message,) = other.call(history(other.peer(world.alice))).messages
        vote = api.messages.SendVote(peer=other.peer(world.alice), msg_id=message.id, options=[b"0"])
        update = other.call(vote).updates[0]
        assert update.results.total_voters == 1
        ids.append(update.poll_id)
    assert len(set(ids)) == 2


def test_hashes(world: World) -> None:
    add(world.alice, "one")
    add(world.alice, "two")
    from layers.domain.hashes import vector_hash

    name = int("5d41402abc4b2a76", 16)  # the first half of the MD5 of "hello"
    whole = vector_hash([1, name, 2, 0])
    assert isinstance(world.alice.call(api.messages.GetQuickReplies(hash=whole)), api.messages.QuickRepliesNotModified)
    edit = api.messages.EditMessage(peer=ME, id=1, message="uno", quick_reply_shortcut_id=1)
    world.alice.call(edit)
    edited_at = int(world.server.clock())
    part = vector_hash([1, edited_at, 2, 0])
    request = api.messages.GetQuickReplyMessages(shortcut_id=1, hash=part)
    assert world.alice.call(request) == api.messages.MessagesNotModified(count=2)
    # The list shows only the last messages.
    assert isinstance(world.alice.call(api.messages.GetQuickReplies(hash=whole)), api.messages.QuickRepliesNotModified)
    world.alice.call(api.messages.EditMessage(peer=ME, id=2, message="dos", quick_reply_shortcut_id=1))
    assert isinstance(world.alice.call(api.messages.GetQuickReplies(hash=whole)), api.messages.QuickReplies)


def test_editing(world: World) -> None:
    add(world.alice, "Helo")
    tablet = world.alice.device()
    edit = api.messages.EditMessage(peer=ME, id=1, message="Hello", quick_reply_shortcut_id=1)
    (update,) = world.alice.call(edit).updates
    assert tablet.pushes() == [update]
    assert (update.message.message, update.message.edit_date) == ("Hello", int(world.server.clock()))
    assert below(world.alice, 1).messages == [update.message]
    assert refused(world.alice, edit) == "MESSAGE_NOT_MODIFIED"
    edit.id = 2
    assert refused(world.alice, edit) == "MESSAGE_ID_INVALID"
    edit.quick_reply_shortcut_id = 7
    assert refused(world.alice, edit) == "SHORTCUT_INVALID"
    edit.peer = world.alice.peer(world.bob)
    assert refused(world.alice, edit) == "PEER_ID_INVALID"


def test_names(world: World) -> None:
    add(world.alice, "one", "hello")
    add(world.alice, "two", "bye")
    tablet = world.alice.device()
    rename = api.messages.EditQuickReplyShortcut
    assert world.alice.call(rename(shortcut_id=2, shortcut="прощай_1"))
    (update,) = tablet.pushes()
    assert [item.shortcut for item in update.quick_replies] == ["hello", "прощай_1"]
    assert world.alice.call(rename(shortcut_id=2, shortcut="прощай_1"))
    assert refused(world.alice, rename(shortcut_id=2, shortcut="hello")) == "SHORTCUT_OCCUPIED"
    assert refused(world.alice, rename(shortcut_id=3, shortcut="new")) == "SHORTCUT_INVALID"
    for name in ("", "two words", "x" * 33, "a-b", "/x"):
        assert refused(world.alice, rename(shortcut_id=2, shortcut=name)) == "SHORTCUT_INVALID"
        assert refused(world.alice, api.messages.CheckQuickReplyShortcut(shortcut=name)) == "SHORTCUT_INVALID"
        assert refused(world.alice, adding("x", name)) == "SHORTCUT_INVALID"
    # Names are the account's own.
    add(world.bob, "one", "hello")


def test_order(world: World) -> None:
    for name in ("one", "two", "three"):
        add(world.alice, name, name)
    tablet = world.alice.device()
    assert world.alice.call(api.messages.ReorderQuickReplies(order=[3, 1]))
    (update,) = tablet.pushes()
    assert [item.shortcut_id for item in update.quick_replies] == [3, 1, 2]
    assert [number for number, *_ in listed(world.alice)] == [3, 1, 2]
    assert refused(world.alice, api.messages.ReorderQuickReplies(order=[9])) == "SHORTCUT_INVALID"
    assert world.bob.call(api.messages.ReorderQuickReplies(order=[]))


def test_deleting(world: World) -> None:
    for text in ("one", "two", "three"):
        add(world.alice, text)
    add(world.alice, "bye", "bye")
    tablet = world.alice.device()
    delete = api.messages.DeleteQuickReplyMessages
    answer = world.alice.call(delete(shortcut_id=1, id=[1, 3, 4]))
    assert answer.updates == [api.UpdateDeleteQuickReplyMessages(shortcut_id=1, messages=[1, 3])]
    assert tablet.pushes() == answer.updates
    assert listed(world.alice) == [(1, "hello", 2, 1), (2, "bye", 4, 1)]
    last = world.alice.call(delete(shortcut_id=1, id=[2]))
    assert [item.TL_NAME for item in last.updates] == ["updateDeleteQuickReplyMessages", "updateDeleteQuickReply"]
    assert refused(world.alice, delete(shortcut_id=1, id=[2])) == "SHORTCUT_INVALID"
    tablet.pushes()
    assert world.alice.call(api.messages.DeleteQuickReplyShortcut(shortcut_id=2))
    assert tablet.pushes() == [api.UpdateDeleteQuickReply(shortcut_id=2)]
    assert refused(world.alice, api.messages.DeleteQuickReplyShortcut(shortcut_id=2)) == "SHORTCUT_INVALID"
    assert refused(world.alice, api.messages.GetQuickReplyMessages(shortcut_id=2, hash=0)) == "SHORTCUT_INVALID"
    assert listed(world.alice) == []
    # Ids are never used again.
    message = add(world.alice, "again")
    assert (message.quick_reply_shortcut_id, message.id) == (3, 5)


def test_limits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUICK_REPLIES", 2)
    monkeypatch.setattr(limits, "QUICK_REPLY_MESSAGES", 2)
    check = api.messages.CheckQuickReplyShortcut
    for text in ("one", "two"):
        assert world.alice.call(check(shortcut="hello"))
        add(world.alice, text)
    assert refused(world.alice, check(shortcut="hello")) == "REPLY_MESSAGES_TOO_MUCH"
    assert refused(world.alice, adding("three", "hello")) == "REPLY_MESSAGES_TOO_MUCH"
    assert world.alice.call(check(shortcut="bye"))
    add(world.alice, "bye", "bye")
    assert refused(world.alice, check(shortcut="third")) == "QUICK_REPLIES_TOO_MUCH"
    assert refused(world.alice, adding("third", "third")) == "QUICK_REPLIES_TOO_MUCH"


def test_what_is_refused(world: World) -> None:
    add(world.alice, "one")
    assert refused(world.alice, adding("x", "hello", peer=world.alice.peer(world.bob))) == "PEER_ID_INVALID"
    assert refused(world.alice, adding("x", "hello", schedule_date=2_000_000_000)) == "SCHEDULE_DATE_INVALID"
    missing = api.InputReplyToMessage(reply_to_msg_id=8)
    assert refused(world.alice, adding("x", "hello", reply_to=missing)) == "REPLY_MESSAGE_ID_INVALID"
    once = api.InputMediaUploadedPhoto(file=upload(world.alice, picture(50, 40)), ttl_seconds=5)
    request = api.messages.SendMedia(
        peer=ME, media=once, message="", random_id=next(_RANDOM_IDS), quick_reply_shortcut=named("hello")
    )
    assert refused(world.alice, request) == "TTL_MEDIA_INVALID"
    robot = world.server.user("Robot", bot=True)
    assert refused(robot, adding("x", "hello")) == "QUICK_REPLIES_BOT_NOT_ALLOWED"


def test_sending_that_is_refused(world: World) -> None:
    add(world.alice, "one")
    group = world.alice.call(api.messages.CreateChat(users=[world.alice.input_user(world.bob)], title="Group"))
    chat = api.InputPeerChat(chat_id=group.updates.chats[0].id)
    for peer in (ME, chat):
        request = api.messages.SendQuickReplyMessages(peer=peer, shortcut_id=1, id=[], random_id=[1])
        assert refused(world.alice, request) == "PEER_ID_INVALID"
    assert refused(world.alice, sending(world.alice, world.bob, 2)) == "SHORTCUT_INVALID"
    assert refused(world.alice, sending(world.alice, world.bob, 1, 9)) == "MESSAGE_ID_INVALID"
    assert refused(world.alice, sending(world.alice, world.bob, 1, count=2)) == "RANDOM_ID_INVALID"
    world.alice.call(api.contacts.Block(id=world.alice.peer(world.bob)))
    assert refused(world.alice, sending(world.alice, world.bob, 1)) == "YOU_BLOCKED_USER"


def test_voice_messages_are_not_for_everybody(world: World) -> None:
    voice = api.InputMediaUploadedDocument(
        file=upload(world.alice, b"OggS" + bytes(100)),
        mime_type="audio/ogg",
        attributes=[api.DocumentAttributeAudio(voice=True, duration=1)],
    )
    request = api.messages.SendMedia(peer=ME, media=voice, message="", random_id=1, quick_reply_shortcut=named("voice"))
    world.alice.call(request)
    world.bob.call(
        api.account.SetPrivacy(key=api.InputPrivacyKeyVoiceMessages(), rules=[api.InputPrivacyValueDisallowAll()])
    )
    assert refused(world.alice, sending(world.alice, world.bob, 1)) == "VOICE_MESSAGES_FORBIDDEN"
    world.alice.call(sending(world.alice, world.carol, 1))
    world.server.settle()
    (message,) = world.carol.call(history(world.carol.peer(world.alice))).messages
    assert message.media_unread


def test_statements_do_not_grow(world: World) -> None:
    add(world.alice, "one")
    few = statements(world.alice, api.messages.GetQuickReplies(hash=0))
    sent = statements(world.alice, sending(world.alice, world.bob, 1))
    for number in range(5):
        add(world.alice, "more")
        add(world.alice, "more", f"shortcut_{number}")
    assert statements(world.alice, api.messages.GetQuickReplies(hash=0)) == few
    assert statements(world.alice, sending(world.alice, world.bob, 1, count=6)) == sent
