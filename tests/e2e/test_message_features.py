"""Reactions, polls, schedules, timers and stickers with Telethon: what each device is told and what it then sees."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

from PIL import Image
from telethon.tl import functions, types

from tests.e2e.people import Circle, Person


async def _newest(person: Person, other: Person) -> types.Message:
    return (await person.history(other, limit=1))[0]


async def test_reactions(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice.send(bob, "how is this?")
    at_bob = await bob.told.message("how is this?")
    await bob(
        functions.messages.SendReactionRequest(
            peer=await bob.peer(alice), msg_id=at_bob.id, reaction=[types.ReactionEmoji("👍")], add_to_recent=True
        )
    )
    for device in (alice, circle.tablet):
        update = await device.told.wait_for(types.UpdateMessageReactions)
        assert [(item.reaction.emoticon, item.count) for item in update.reactions.results] == [("👍", 1)]
        assert update.reactions.recent_reactions[0].unread
        edit = (await device.told.wait_for(types.UpdateEditMessage)).message
        assert edit.edit_hide and edit.edit_date is None
    assert (await alice.dialog(bob)).unread_reactions_count == 1
    await alice(functions.messages.ReadReactionsRequest(peer=await alice.peer(bob)))
    assert (await alice.dialog(bob)).unread_reactions_count == 0
    assert (await _newest(bob, alice)).reactions.results[0].chosen_order == 0
    recent = await bob(functions.messages.GetRecentReactionsRequest(limit=5, hash=0))
    assert [item.emoticon for item in recent.reactions] == ["👍"]


async def test_a_poll(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    text = types.TextWithEntities
    poll = types.Poll(
        id=0,
        question=text("Tea?", []),
        answers=[types.PollAnswer(text("yes", []), b"y"), types.PollAnswer(text("no", []), b"n")],
        public_voters=True,
        hash=0,
    )
    sent = await alice.client.send_message(bob.id, file=types.InputMediaPoll(poll))
    at_bob = await bob.told.message_with(types.MessageMediaPoll)
    await bob(functions.messages.SendVoteRequest(await bob.peer(alice), at_bob.id, [b"y"]))
    update = await alice.told.wait_for(types.UpdateMessagePoll)
    assert update.results.total_voters == 1
    await alice(functions.messages.SendVoteRequest(await alice.peer(bob), sent.id, [b"n"]))
    results = (await _newest(bob, alice)).media.results
    assert [(item.option, item.voters, bool(item.chosen)) for item in results.results] == [
        (b"y", 1, True),
        (b"n", 1, False),
    ]
    votes = await alice(functions.messages.GetPollVotesRequest(await alice.peer(bob), sent.id, limit=10))
    assert {vote.peer.user_id for vote in votes.votes} == {alice.id, bob.id}


async def test_a_live_location(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob

    def at(latitude: float, **options: int) -> types.InputMediaGeoLive:
        return types.InputMediaGeoLive(geo_point=types.InputGeoPoint(lat=latitude, long=9.0), **options)

    sent = await alice.client.send_message(bob.id, file=at(50.0, period=900))
    at_bob = await bob.told.message_with(types.MessageMediaGeoLive)
    assert at_bob.media.period == 900
    await alice(functions.messages.EditMessageRequest(await alice.peer(bob), sent.id, media=at(51.0, heading=90)))
    for device in (bob, circle.tablet):
        edit = (await device.told.wait_for(types.UpdateEditMessage)).message
        assert (edit.media.geo.lat, edit.media.heading, edit.edit_hide) == (51.0, 90, True)
    found = await bob(functions.messages.GetRecentLocationsRequest(await bob.peer(alice), limit=5, hash=0))
    assert [message.id for message in found.messages] == [at_bob.id]


async def test_a_scheduled_message(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    due = datetime.now(UTC) + timedelta(hours=1)
    await alice.client.send_message(bob.id, "in an hour", schedule=due)
    waiting = (await circle.tablet.told.wait_for(types.UpdateNewScheduledMessage)).message
    assert waiting.message == "in an hour"
    listed = await alice(functions.messages.GetScheduledHistoryRequest(await alice.peer(bob), hash=0))
    assert [message.id for message in listed.messages] == [waiting.id]
    await alice(functions.messages.SendScheduledMessagesRequest(await alice.peer(bob), [waiting.id]))
    await bob.told.message("in an hour")
    gone = await circle.tablet.told.wait_for(types.UpdateDeleteScheduledMessages)
    assert gone.messages == [waiting.id]
    # What is due is sent by the server itself.
    await alice.client.send_message(bob.id, "in a moment", schedule=datetime.now(UTC) + timedelta(seconds=12))
    await bob.told.message("in a moment")


async def test_messages_that_delete_themselves(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice(functions.messages.SetHistoryTTLRequest(await alice.peer(bob), 2))
    update = await bob.told.wait_for(types.UpdatePeerHistoryTTL)
    assert update.ttl_period == 2
    await alice.send(bob, "for two seconds")
    received = await bob.told.message("for two seconds")
    deleted = await bob.told.wait_for(types.UpdateDeleteMessages)
    assert deleted.messages == [received.id]


async def test_a_sticker_set(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    data = io.BytesIO()
    Image.new("RGBA", (512, 512), "red").save(data, "PNG")
    data.name = "sticker.png"
    media = types.InputMediaUploadedDocument(
        file=await alice.client.upload_file(data.getvalue(), file_name="sticker.png"),
        mime_type="image/png",
        attributes=[],
    )
    uploaded = (await alice(functions.messages.UploadMediaRequest(types.InputPeerSelf(), media))).document
    document = types.InputDocument(uploaded.id, uploaded.access_hash, uploaded.file_reference)
    name = f"reds_{alice.id}"
    made = await alice(
        functions.stickers.CreateStickerSetRequest(
            user_id=types.InputUserSelf(),
            title="Reds",
            short_name=name,
            stickers=[types.InputStickerSetItem(document, "❤️")],
        )
    )
    assert made.set.count == 1
    await bob(functions.messages.InstallStickerSetRequest(types.InputStickerSetShortName(name), archived=False))
    found = await bob(functions.messages.GetStickersRequest(emoticon="❤️", hash=0))
    await bob.client.send_file(alice.id, found.stickers[0])
    received = await alice.told.message_with(types.MessageMediaDocument)
    assert Image.open(io.BytesIO(await alice.client.download_media(received, bytes))).size == (512, 512)
    recent = await bob(functions.messages.GetRecentStickersRequest(hash=0))
    assert [sticker.id for sticker in recent.stickers] == [found.stickers[0].id]


async def test_a_secret_chat(circle: Circle) -> None:
    """Telethon follows the device's qts and hands on what came; the encryption is its user's own."""
    alice, bob = circle.alice, circle.bob
    ask = functions.messages.RequestEncryptionRequest(await bob.peer(alice), random_id=77, g_a=_public_number(3))
    waiting = await bob(ask)
    request = (await alice.told.wait_for(types.UpdateEncryption)).chat
    await circle.tablet.told.wait_for(types.UpdateEncryption)
    at_alice = types.InputEncryptedChat(request.id, request.access_hash)
    await alice(functions.messages.AcceptEncryptionRequest(at_alice, g_b=_public_number(5), key_fingerprint=9))
    accepted = (await bob.told.wait_for(types.UpdateEncryption)).chat
    assert (accepted.g_a_or_b, accepted.key_fingerprint) == (_public_number(5), 9)
    gone = (await circle.tablet.told.wait_for(types.UpdateEncryption)).chat
    assert isinstance(gone, types.EncryptedChatDiscarded)
    at_bob = types.InputEncryptedChat(waiting.id, waiting.access_hash)
    for number in range(3):
        data = bytes([number]) * 40
        await bob(functions.messages.SendEncryptedRequest(at_bob, data, random_id=number + 1))
        update = await alice.told.wait_for(types.UpdateNewEncryptedMessage)
        assert (update.qts, update.message.bytes) == (number + 2, data)
    await alice.send(bob, "in the open")
    await circle.tablet.told.message("in the open")
    assert not [u for u in circle.tablet.told.updates if isinstance(u, types.UpdateNewEncryptedMessage)]


def _public_number(number: int) -> bytes:
    """What a Diffie-Hellman exchange may send: a number far from either end of the group."""
    return (number << 2000).to_bytes(256, "big")


async def test_quick_replies(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    me, name = types.InputPeerSelf(), types.InputQuickReplyShortcut("hello")
    for number, text in enumerate(("Hello!", "How can I help you?")):
        await alice(
            functions.messages.SendMessageRequest(
                peer=me, message=text, random_id=9_000 + number, quick_reply_shortcut=name
            )
        )
    created = (await circle.tablet.told.wait_for(types.UpdateNewQuickReply)).quick_reply
    found = await alice(functions.messages.GetQuickRepliesRequest(hash=0))
    assert [(item.shortcut, item.count) for item in found.quick_replies] == [("hello", 2)]
    await alice(
        functions.messages.SendQuickReplyMessagesRequest(
            peer=await alice.peer(bob), shortcut_id=created.shortcut_id, id=[], random_id=[9_100, 9_101]
        )
    )
    await bob.told.message("How can I help you?")
    assert [message.message for message in await bob.history(alice, limit=2)] == ["How can I help you?", "Hello!"]


async def test_a_to_do_list(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    text = types.TextWithEntities
    todo = types.TodoList(
        text("Picnic", []),
        [types.TodoItem(1, text("bread", [])), types.TodoItem(2, text("cheese", []))],
        others_can_complete=True,
    )
    sent = await alice.client.send_message(bob.id, file=types.InputMediaTodo(todo))
    at_bob = await bob.told.message_with(types.MessageMediaToDo)
    await bob(
        functions.messages.ToggleTodoCompletedRequest(
            peer=await bob.peer(alice), msg_id=at_bob.id, completed=[2], incompleted=[]
        )
    )
    edit = (await alice.told.wait_for(types.UpdateEditMessage)).message
    assert (edit.id, [item.id for item in edit.media.completions]) == (sent.id, [2])
    said = await _newest(alice, bob)
    assert isinstance(said.action, types.MessageActionTodoCompletions) and said.action.completed == [2]
