"""A conversation with Telethon: what one does, the other and one's own second device see."""

from __future__ import annotations

from telethon.tl import functions, types

from tests.e2e.people import SERVICE_USER_ID, Circle, Person
from tests.e2e.waiting import eventually


def _entities(message: types.Message) -> list[tuple[str, int, int]]:
    return [(type(entity).__name__, entity.offset, entity.length) for entity in message.entities or []]


async def _both_received(circle: Circle, text: str) -> tuple[types.Message, types.Message]:
    """The message on Bob's device and on Alice's tablet."""
    return await circle.bob.told.message(text), await circle.tablet.told.message(text)


async def test_text_with_entities_both_ways(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    sent = await alice.send(bob, "**bold** and __italic__ and `code` 🎉 **end**")
    plain = "bold and italic and code 🎉 end"
    expected = [
        ("MessageEntityBold", 0, 4),
        ("MessageEntityItalic", 9, 6),
        ("MessageEntityCode", 20, 4),
        # Offsets count UTF-16 code units: the emoji is two.
        ("MessageEntityBold", 28, 3),
    ]
    at_bob, at_tablet = await _both_received(circle, plain)
    assert _entities(at_bob) == _entities(at_tablet) == expected
    assert (at_bob.out, at_tablet.out, at_tablet.id) == (False, True, sent.id)
    assert (at_bob.peer_id.user_id, at_tablet.peer_id.user_id) == (alice.id, bob.id)
    answer = await bob.send(alice, "[a link](https://example.org/) back")
    at_alice = await alice.told.message("a link back")
    assert at_alice.entities[0].url == "https://example.org/"
    assert (await circle.tablet.told.message("a link back")).id == at_alice.id
    assert [m.message for m in await bob.history(alice)] == ["a link back", plain]
    assert [m.id for m in await bob.history(alice)] == [answer.id, at_bob.id]
    # The sender was told only by the answer to the sending.
    told = [u.message for u in alice.told.updates if isinstance(u, types.UpdateNewMessage)]
    assert not [message for message in told if message.peer_id.user_id != SERVICE_USER_ID]


async def test_reply_with_a_quote(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice.send(bob, "the quick brown fox")
    asked = await bob.told.message("the quick brown fox")
    await bob(
        functions.messages.SendMessageRequest(
            peer=await bob.peer(alice),
            message="which fox?",
            reply_to=types.InputReplyToMessage(reply_to_msg_id=asked.id, quote_text="brown fox", quote_offset=10),
        )
    )
    reply = await alice.told.message("which fox?")
    [original] = [m for m in await alice.history(bob) if m.message == "the quick brown fox"]
    assert reply.reply_to.reply_to_msg_id == original.id
    assert (reply.reply_to.quote, reply.reply_to.quote_text, reply.reply_to.quote_offset) == (True, "brown fox", 10)


async def test_edit(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    sent = await alice.send(bob, "first")
    at_bob, _ = await _both_received(circle, "first")
    await alice.client.edit_message(bob.id, sent.id, "__second__")
    for device, msg_id in ((bob, at_bob.id), (circle.tablet, sent.id)):
        edited = (await device.told.wait_for(types.UpdateEditMessage)).message
        assert (edited.id, edited.message, _entities(edited)) == (msg_id, "second", [("MessageEntityItalic", 0, 6)])
        assert edited.edit_date is not None
    assert [m.message for m in await bob.history(alice)] == ["second"]


async def test_delete_for_both_and_for_oneself(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    gone = await alice.send(bob, "gone for both")
    kept = await alice.send(bob, "gone for Alice")
    at_bob, _ = await _both_received(circle, "gone for both")
    await alice.client.delete_messages(bob.id, [gone.id], revoke=True)
    assert (await bob.told.wait_for(types.UpdateDeleteMessages)).messages == [at_bob.id]
    assert (await circle.tablet.told.wait_for(types.UpdateDeleteMessages)).messages == [gone.id]
    await alice.client.delete_messages(bob.id, [kept.id], revoke=False)
    assert (await circle.tablet.told.wait_for(types.UpdateDeleteMessages)).messages == [kept.id]
    assert await alice.history(bob) == []
    assert [m.message for m in await bob.history(alice)] == ["gone for Alice"]


async def test_clear_a_chat(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    for number in range(5):
        await alice.send(bob, f"line {number}")
    await alice(
        functions.messages.DeleteHistoryRequest(peer=await alice.peer(bob), max_id=0, just_clear=True, revoke=False)
    )
    assert await alice.history(bob) == []
    assert len(await eventually(lambda: bob.history(alice), lambda messages: len(messages) == 5)) == 5
    deleted = await circle.tablet.told.wait_for(types.UpdateDeleteMessages)
    assert len(deleted.messages) == deleted.pts_count


async def test_forward(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    await bob.send(alice, "pass it on")
    at_alice = await alice.told.message("pass it on")
    await alice.client.forward_messages(carol.id, [at_alice.id], from_peer=bob.id)
    at_carol = await carol.told.message("pass it on")
    assert at_carol.peer_id.user_id == alice.id
    assert at_carol.fwd_from.from_id.user_id == bob.id
    assert (await circle.tablet.told.wait_for(types.UpdateNewMessage, lambda u: u.message.fwd_from)).message.out


async def test_read_receipts(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice.send(bob, "read me")
    last = await alice.send(bob, "and me")
    await bob.told.message("and me")
    assert (await bob.dialog(alice)).unread_count == 2
    await bob.client.send_read_acknowledge(alice.id)
    for device in (alice, circle.tablet):
        read = await device.told.wait_for(types.UpdateReadHistoryOutbox)
        assert (read.peer.user_id, read.max_id) == (bob.id, last.id)
    assert (await bob.dialog(alice)).unread_count == 0
    assert (await alice.dialog(bob)).read_outbox_max_id == last.id
    await bob.send(alice, "done")
    at_alice = await alice.told.message("done")
    await alice.client.send_read_acknowledge(bob.id)
    inbox = await circle.tablet.told.wait_for(types.UpdateReadHistoryInbox)
    assert (inbox.peer.user_id, inbox.max_id, inbox.still_unread_count) == (bob.id, at_alice.id, 0)


async def test_typing(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await bob.send(alice, "hello")
    await alice(functions.messages.SetTypingRequest(peer=await alice.peer(bob), action=types.SendMessageTypingAction()))
    typing = await bob.told.wait_for(types.UpdateUserTyping)
    assert typing.user_id == alice.id
    assert isinstance(typing.action, types.SendMessageTypingAction)


async def test_presence(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob

    def of_alice(update: types.UpdateUserStatus) -> bool:
        return bool(update.user_id == alice.id)

    await alice(functions.account.UpdateStatusRequest(offline=False))
    online = await bob.told.wait_for(types.UpdateUserStatus, of_alice)
    assert isinstance(online.status, types.UserStatusOnline)
    await alice(functions.account.UpdateStatusRequest(offline=True))
    await bob.told.wait_for(
        types.UpdateUserStatus, lambda u: of_alice(u) and isinstance(u.status, types.UserStatusOffline)
    )


async def test_drafts(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice(functions.messages.SaveDraftRequest(peer=await alice.peer(bob), message="unfinished"))
    saved = await circle.tablet.told.wait_for(types.UpdateDraftMessage)
    assert (saved.peer.user_id, saved.draft.message) == (bob.id, "unfinished")
    assert (await circle.tablet.dialog(bob)).draft.message == "unfinished"
    # clear_draft goes with the message.
    await alice.client.send_message(bob.id, "finished", clear_draft=True)
    emptied = await circle.tablet.told.wait_for(types.UpdateDraftMessage)
    assert isinstance(emptied.draft, types.DraftMessageEmpty)
    assert isinstance((await alice.dialog(bob)).draft, types.DraftMessageEmpty | None)


async def test_pinned_messages(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    sent = await alice.send(bob, "important")
    at_bob, _ = await _both_received(circle, "important")
    await alice.client.pin_message(bob.id, sent.id, pm_oneside=False)
    for device, msg_id in ((bob, at_bob.id), (circle.tablet, sent.id)):
        pinned = await device.told.wait_for(types.UpdatePinnedMessages)
        assert (pinned.pinned, pinned.messages) == (True, [msg_id])
    found = await bob.client.get_messages(alice.id, filter=types.InputMessagesFilterPinned)
    assert [m.id for m in found] == [at_bob.id]
    assert (await bob(functions.users.GetFullUserRequest(await bob.peer(alice)))).full_user.pinned_msg_id == at_bob.id
    await bob.client.unpin_message(alice.id)
    unpinned = await alice.told.wait_for(types.UpdatePinnedMessages, lambda update: not update.pinned)
    assert unpinned.messages == [sent.id]


async def _search(person: Person, other: Person, text: str) -> list[str]:
    return [m.message for m in await person.client.get_messages(other.id, search=text, limit=10)]


async def test_search(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    for text in ("apples and pears", "only pears", "Äpfel und Birnen"):
        await alice.send(bob, text)
    await alice.send(carol, "apples for Carol")

    async def everywhere() -> set[str]:
        return {m.message for m in await alice.client.get_messages(None, search="apples", limit=10)}

    # The words of a sender's own copy are indexed when the message is delivered.
    both = {"apples and pears", "apples for Carol"}
    assert await eventually(everywhere, lambda found: found == both) == both
    assert await _search(alice, bob, "apples") == ["apples and pears"]
    assert await _search(alice, bob, "pears") == ["only pears", "apples and pears"]
    assert await _search(bob, alice, "birnen") == ["Äpfel und Birnen"]
    assert await _search(alice, bob, "cherries") == []


async def test_dialogs(circle: Circle) -> None:
    alice, bob, carol = circle.alice, circle.bob, circle.carol
    await bob.send(alice, "one")
    await alice.told.message("one")
    await carol.send(alice, "two")
    await alice.told.message("two")
    await carol.send(alice, "three")
    await alice.told.message("three")
    await alice.send(alice, "note to self")

    async def listed() -> list[tuple[int, bool, int]]:
        found = await alice.client.get_dialogs()
        return [(d.id, d.pinned, d.unread_count) for d in found if d.id != SERVICE_USER_ID]

    assert await listed() == [(alice.id, False, 0), (carol.id, False, 2), (bob.id, False, 1)]
    peer = types.InputDialogPeer(await alice.peer(bob))
    await alice(functions.messages.ToggleDialogPinRequest(peer=peer, pinned=True))
    assert (await circle.tablet.told.wait_for(types.UpdateDialogPinned)).pinned
    assert (await listed())[0] == (bob.id, True, 1)
    other = types.InputDialogPeer(await alice.peer(carol))
    await alice(functions.messages.ToggleDialogPinRequest(peer=other, pinned=True))
    await alice(functions.messages.ReorderPinnedDialogsRequest(folder_id=0, order=[peer, other], force=True))
    order = (await circle.tablet.told.wait_for(types.UpdatePinnedDialogs)).order
    assert [dialog.peer.user_id for dialog in order] == [bob.id, carol.id]
    assert [entry[0] for entry in await listed()] == [bob.id, carol.id, alice.id]
    await alice(functions.messages.MarkDialogUnreadRequest(peer=peer, unread=True))
    assert (await circle.tablet.told.wait_for(types.UpdateDialogUnreadMark)).unread
    marks = await alice(functions.messages.GetDialogUnreadMarksRequest())
    assert [mark.peer.user_id for mark in marks] == [bob.id]
