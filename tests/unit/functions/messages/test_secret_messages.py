"""What is said in secret chats reaches one device, once, in the order of its qts. Checklist 76, 107."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from layers.domain import limits
from layers.domain.files import find_file
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.secret_model import SecretVerifier
from tests.unit.files.uploading import upload, within
from tests.unit.functions.messages.secrets import (
    accept,
    ask,
    difference,
    established,
    named,
    requested,
    say,
    secret,
)
from tl import api

Fails = Callable[..., RpcError]
M = api.messages


def uploaded(client: Client, data: bytes, *, big: bool = False, md5: bool = True, fingerprint: int = -5) -> Any:
    """A file that a client put up for a secret chat."""
    file = upload(client, data, big=big, md5=md5)
    if big:
        return api.InputEncryptedFileBigUploaded(id=file.id, parts=file.parts, key_fingerprint=fingerprint)
    return api.InputEncryptedFileUploaded(
        id=file.id, parts=file.parts, md5_checksum=file.md5_checksum, key_fingerprint=fingerprint
    )


def send_file(peer: Any, file: Any, random_id: int = 1) -> Any:
    return M.SendEncryptedFile(peer=peer, random_id=random_id, data=secret("a file"), file=file)


def again(file: api.EncryptedFile) -> api.InputEncryptedFile:
    return api.InputEncryptedFile(id=file.id, access_hash=file.access_hash)


def content(client: Client, file: api.EncryptedFile) -> bytes:
    """The bytes of a file as the tier would stream them to a client."""
    location = api.InputEncryptedFileLocation(id=file.id, access_hash=file.access_hash)
    found = within(client, lambda ctx: find_file(ctx, location))
    blobs = client.server.services.blobs
    return b"".join(blobs.get(key)[start : start + size] for key, start, size in found.pieces(0, file.size))


def qts_of(client: Client) -> int:
    return int(client.call(api.updates.GetState()).qts)


def new(updates: list[Any]) -> list[tuple[int, Any]]:
    """Secret messages among updates, each with its qts."""
    return [(item.qts, item.message) for item in updates if isinstance(item, api.UpdateNewEncryptedMessage)]


def test_one_device_receives(server: Harness, alice: Client, bob: Client) -> None:
    desk, tablet = bob.device(), alice.device()
    hers, his = established(alice, bob)
    desk.pushes()
    assert {qts_of(device) for device in (alice, tablet, bob, desk)} == {1}, "TDLib ignores a qts of 1 and less"
    sent = alice.call(say(hers, "hello", random_id=-9))
    assert sent == M.SentEncryptedMessage(date=int(server.clock()))
    message = api.EncryptedMessage(
        random_id=-9, chat_id=hers.chat_id, date=sent.date, bytes=secret("hello"), file=api.EncryptedFileEmpty()
    )
    assert new(bob.pushes()) == [(2, message)]
    service = M.SendEncryptedService(peer=hers, random_id=8, data=secret("layer"))
    alice.call(service)
    assert new(bob.pushes()) == [
        (3, api.EncryptedMessageService(random_id=8, chat_id=hers.chat_id, date=sent.date, bytes=secret("layer")))
    ]
    bob.call(say(his, "hi"))
    assert [qts for qts, _ in new(alice.pushes())] == [2]
    assert desk.pushes() == tablet.pushes() == []
    assert [qts_of(device) for device in (alice, tablet, bob, desk)] == [2, 1, 3, 1]
    assert difference(bob).new_encrypted_messages[0] == message
    assert difference(desk).new_encrypted_messages == []


def test_chats_of_a_device_share_its_sequence(alice: Client, bob: Client, carol: Client) -> None:
    first, _ = established(alice, bob)
    second, _ = established(carol, bob)
    bob.pushes()
    alice.call(say(first))
    carol.call(say(second))
    alice.call(say(first))
    found = new(bob.pushes())
    assert [qts for qts, _ in found] == [2, 3, 4]
    assert [message.chat_id for _, message in found] == [first.chat_id, second.chat_id, first.chat_id]


def test_a_repeated_send_is_answered_and_not_sent(server: Harness, alice: Client, bob: Client) -> None:
    """Also after the other side has acknowledged it."""
    hers, his = established(alice, bob)
    sent = alice.call(say(hers, "once", random_id=7))
    assert len(new(bob.pushes())) == 1
    bob.call(M.ReceivedQueue(max_qts=2))
    server.clock.advance(60)
    assert alice.call(say(hers, "once", random_id=7)) == sent
    assert new(bob.pushes()) == []
    assert qts_of(bob) == 2
    bob.call(say(his, "a number of his own", random_id=7))
    other, _ = established(alice, bob)
    bob.pushes()
    alice.call(say(other, "and of another chat", random_id=7))
    assert len(new(bob.pushes())) == 1


def test_acknowledging(alice: Client, bob: Client, fails: Fails) -> None:
    desk = bob.device()
    hers, _ = established(alice, bob)
    for number in (11, 12, 13):
        alice.call(say(hers, random_id=number))
    assert bob.call(M.ReceivedQueue(max_qts=3)) == [11, 12]
    assert [item.random_id for item in difference(bob).new_encrypted_messages] == [13]
    assert bob.call(M.ReceivedQueue(max_qts=3)) == []
    for bad in (-1, 5):
        fails("MAX_QTS_INVALID", bob, M.ReceivedQueue(max_qts=bad))
    fails("MAX_QTS_INVALID", desk, M.ReceivedQueue(max_qts=4))
    assert bob.call(M.ReceivedQueue(max_qts=4)) == [13]
    late = difference(bob, date=int(bob.server.clock()) + 60)
    assert late.state.qts == 4, "a client that is behind learns the number"
    assert late.new_encrypted_messages == []


def test_differences_come_in_slices(alice: Client, bob: Client) -> None:
    hers, _ = established(alice, bob)
    for number in range(1, 6):
        alice.call(say(hers, random_id=number))
    qts, found = 1, []
    kinds = []
    for _ in range(3):
        part = difference(bob, qts, qts_limit=2)
        kinds.append(type(part))
        state = part.state if isinstance(part, api.updates.Difference) else part.intermediate_state
        found += [item.random_id for item in part.new_encrypted_messages]
        qts = state.qts
    assert kinds == [api.updates.DifferenceSlice, api.updates.DifferenceSlice, api.updates.Difference]
    assert (found, qts) == ([1, 2, 3, 4, 5], 6)


def test_a_slice_does_not_skip_what_goes_by_date(server: Harness, alice: Client, bob: Client) -> None:
    """The first slice of a long difference must not make the client miss the end of it."""
    before = bob.call(api.updates.GetState())
    hers, _ = established(alice, bob)
    channel = bob.call(api.channels.CreateChannel(title="News", about="", broadcast=True)).chats[0]
    for _ in range(3):
        alice.call(say(hers))
    server.clock.advance(600)
    part = difference(bob, date=before.date, qts_limit=1)
    assert isinstance(part, api.updates.DifferenceSlice)
    state = part.intermediate_state
    last = difference(bob, state.qts, state.date)
    assert [item.channel_id for item in last.other_updates if isinstance(item, api.UpdateChannelTooLong)] == [
        channel.id
    ]


def test_what_may_not_be_sent(server: Harness, alice: Client, bob: Client, carol: Client, fails: Fails) -> None:
    hers, _ = established(alice, bob)
    for bad in (b"", bytes(24), bytes(39), bytes(41)):
        for kind in (M.SendEncrypted, M.SendEncryptedService):
            fails("DATA_INVALID", alice, kind(peer=hers, random_id=1, data=bad))
    long = bytes(24 + limits.SECRET_MESSAGE_BYTES)
    fails("DATA_TOO_LONG", alice, M.SendEncrypted(peer=hers, random_id=1, data=long))
    fits = bytes(limits.SECRET_MESSAGE_BYTES - 8)
    assert (len(fits) - 24) % 16 == 0
    alice.call(M.SendEncrypted(peer=hers, random_id=1, data=fits))
    wrong = api.InputEncryptedChat(chat_id=hers.chat_id, access_hash=hers.access_hash + 1)
    fails("CHAT_ID_INVALID", alice, say(wrong))
    fails("CHAT_ID_INVALID", carol, say(hers))
    fails("CHAT_ID_INVALID", alice.device(), say(hers))
    waiting = alice.call(ask(alice, bob))
    fails("ENCRYPTION_ID_INVALID", alice, say(named(waiting)))
    bob.call(api.contacts.Block(id=bob.peer(alice)))
    bob.pushes()
    assert fails("USER_IS_BLOCKED", alice, say(hers)).code == 403
    assert bob.pushes() == []


@pytest.mark.parametrize("big", [False, True])
def test_files(server: Harness, alice: Client, bob: Client, carol: Client, fails: Fails, big: bool) -> None:
    hers, his = established(alice, bob)
    data = hashlib.sha256(b"file").digest() * 100
    request = send_file(hers, uploaded(alice, data, big=big), random_id=3)
    bob.pushes()
    sent = alice.call(request)
    assert (sent.file.size, sent.file.key_fingerprint, sent.file.dc_id) == (3200, -5, server.services.settings.dc_id)
    assert alice.call(request) == sent
    ((_, message),) = new(bob.pushes())
    received = message.file
    assert (received.id, received.size, received.key_fingerprint) == (sent.file.id, 3200, -5)
    assert received.access_hash != sent.file.access_hash
    assert content(bob, received) == content(alice, sent.file) == data
    for client, file in ((carol, received), (bob, sent.file)):
        with pytest.raises(RpcError, match="LOCATION_INVALID"):
            content(client, file)
    fails("FILE_ID_INVALID", bob, send_file(his, again(sent.file), random_id=4))
    passed_on = bob.call(send_file(his, again(received), random_id=4))
    assert passed_on.file == received
    ((_, back),) = new(alice.pushes())
    assert back.file == sent.file


def test_uploading_without_sending(alice: Client, bob: Client, fails: Fails) -> None:
    hers, _ = established(alice, bob)
    bob.pushes()
    file = alice.call(M.UploadEncryptedFile(peer=hers, file=uploaded(alice, b"x" * 64)))
    assert content(alice, file) == b"x" * 64
    assert alice.call(M.UploadEncryptedFile(peer=hers, file=again(file))) == file
    assert bob.pushes() == []
    assert alice.call(send_file(hers, again(file))).file == file
    for method in (lambda given: M.UploadEncryptedFile(peer=hers, file=given), lambda given: send_file(hers, given)):
        fails("FILE_EMTPY", alice, method(api.InputEncryptedFileEmpty()))
        fails("FILE_ID_INVALID", alice, method(api.InputEncryptedFile(id=file.id, access_hash=1)))
        wrong = uploaded(alice, b"y" * 64)
        wrong.md5_checksum = "0" * 32
        fails("MD5_CHECKSUM_INVALID", alice, method(wrong))
        missing = uploaded(alice, b"z" * 64)
        missing.parts = 2
        fails("FILE_PART_1_MISSING", alice, method(missing))
    stranger = api.InputEncryptedChat(chat_id=hers.chat_id, access_hash=0)
    fails("CHAT_ID_INVALID", alice, M.UploadEncryptedFile(peer=stranger, file=again(file)))


def test_reading(server: Harness, alice: Client, bob: Client, fails: Fails) -> None:
    tablet = alice.device()
    hers, his = established(alice, bob)
    date = alice.call(say(hers)).date
    server.clock.advance(5)
    alice.pushes()
    read = M.ReadEncryptedHistory(peer=his, max_date=date)
    assert bob.call(read) is True
    now = int(server.clock())
    told = api.UpdateEncryptedMessagesRead(chat_id=hers.chat_id, max_date=date, date=now)
    assert alice.pushes() == [told]
    bob.call(read)
    assert alice.pushes() == tablet.pushes() == []
    assert told in difference(alice, 2).other_updates
    assert isinstance(difference(tablet), api.updates.DifferenceEmpty)
    bob.call(M.ReadEncryptedHistory(peer=his, max_date=2**31 - 1))
    assert alice.pushes()[0].max_date == int(server.clock()), "nobody reads the future"
    fails("MAX_DATE_INVALID", bob, M.ReadEncryptedHistory(peer=his, max_date=0))
    fails("CHAT_ID_INVALID", alice, M.ReadEncryptedHistory(peer=his, max_date=date))


def test_typing(alice: Client, bob: Client, fails: Fails) -> None:
    desk = bob.device()
    hers, his = established(alice, bob)
    desk.pushes()
    assert alice.call(M.SetEncryptedTyping(peer=hers, typing=True)) is True
    assert bob.pushes() == [api.UpdateEncryptedChatTyping(chat_id=hers.chat_id)]
    assert alice.call(M.SetEncryptedTyping(peer=hers, typing=False)) is True
    assert bob.pushes() == desk.pushes() == []
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    alice.pushes()
    assert bob.call(M.SetEncryptedTyping(peer=his, typing=True)) is True
    assert alice.pushes() == []
    fails("CHAT_ID_INVALID", desk, M.SetEncryptedTyping(peer=his, typing=True))


def test_sending_costs_the_same_however_much_waits(alice: Client, bob: Client, queries: list[str]) -> None:
    hers, _ = established(alice, bob)
    costs = set()
    for _ in range(4):
        queries.clear()
        alice.call(say(hers))
        costs.add(len([query for query in queries if query.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}]))
    assert max(costs) <= 6
    queries.clear()
    difference(bob)
    few = len(queries)
    for _ in range(20):
        alice.call(say(hers))
    queries.clear()
    difference(bob)
    assert len(queries) == few


def test_an_offline_device_catches_up(server: Harness, alice: Client, bob: Client) -> None:
    watch = SecretVerifier(server, alice, offline=[bob])
    waiting = watch.call(alice, ask(alice, bob))
    server.clock.advance(86_400)
    model = watch.models[bob.auth_key_id]
    model.catch_up(bob)
    watch.call(bob, accept(model.chats[waiting.id]))
    bob.disconnect()
    for number in range(5):
        watch.call(alice, say(named(waiting), str(number)))
        server.clock.advance(600)
    assert model.catch_up(bob, qts_limit=2) == 3
    assert [message.bytes for message in model.messages] == [secret(str(number)) for number in range(5)]
    watch.check()


def test_requests_do_not_disturb_other_chats(alice: Client, bob: Client) -> None:
    """A device may be asked while it has chats already."""
    hers, _ = established(alice, bob)
    back = bob.call(ask(bob, alice))
    alice.call(accept(requested(alice)))
    assert back.id != hers.chat_id
    alice.call(say(hers, "still there"))
    assert len(new(bob.pushes())) == 1


def test_senders_at_the_same_time_leave_no_gap(server: Harness, alice: Client, bob: Client) -> None:
    """Each takes the next number of the device; requests and ends of chats in between do not disturb them."""
    senders = [server.user(f"Sender {number}") for number in range(4)]
    peers = [established(sender, bob)[0] for sender in senders]
    pairs = list(zip(senders, peers, strict=True))

    def talk(sender: Client, peer: Any) -> None:
        for number in range(5):
            sender.call(say(peer, random_id=number + 1))
        sender.call(ask(sender, alice))
        sender.call(M.DiscardEncryption(chat_id=peer.chat_id))

    with ThreadPoolExecutor(len(senders)) as pool:
        for done in [pool.submit(talk, *pair) for pair in pairs]:
            done.result()
    found = difference(bob)
    assert len(found.new_encrypted_messages) == 20
    assert found.state.qts == 21
    pushed = new(bob.pushes())
    assert sorted(qts for qts, _ in pushed) == list(range(2, 22))
    ordered = [message for _, message in sorted(pushed, key=lambda pair: pair[0])]
    assert ordered == found.new_encrypted_messages
