"""Translation, screenshots, reports of clients, documents by hash and ranges of exports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from layers.measures import CLIENT_REPORTS
from tests.harness import Client, Harness
from tests.unit.files.uploading import upload
from tests.unit.functions.messages.world import last_id, write
from tl import api

M = api.messages


def test_translation_of_a_chat(server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    def disabled(client: Client, other: Client) -> bool:
        full = client.call(api.users.GetFullUser(id=client.input_user(other))).full_user
        return bool(full.translations_disabled)

    assert not disabled(alice, bob)
    assert alice.call(M.TogglePeerTranslations(peer=alice.peer(bob), disabled=True))
    assert disabled(alice, bob) and not disabled(bob, alice)
    assert alice.call(M.TogglePeerTranslations(peer=alice.peer(bob)))
    assert not disabled(alice, bob)
    group = alice.call(M.CreateChat(users=[alice.input_user(bob)], title="G")).updates.chats[0].id
    chat = api.InputPeerChat(chat_id=group)
    assert alice.call(M.TogglePeerTranslations(peer=chat, disabled=True))
    assert alice.call(M.GetFullChat(chat_id=group)).full_chat.translations_disabled
    assert not bob.call(M.GetFullChat(chat_id=group)).full_chat.translations_disabled
    channel = alice.call(api.channels.CreateChannel(title="C", about="", megagroup=True)).chats[0].id
    assert alice.call(M.TogglePeerTranslations(peer=alice.channel_peer(channel), disabled=True))
    full = alice.call(api.channels.GetFullChannel(channel=alice.channel(channel))).full_chat
    assert full.translations_disabled
    stranger = api.InputPeerUser(user_id=bob.id, access_hash=1)
    fails("PEER_ID_INVALID", alice, M.TogglePeerTranslations(peer=stranger, disabled=True))


def test_screenshots_of_private_chats_alone(alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    def took(peer: Any, reply_to: Any = None) -> Any:
        return M.SendScreenshotNotification(
            peer=peer, reply_to=reply_to or api.InputReplyToMessage(reply_to_msg_id=0), random_id=5
        )

    group = alice.call(M.CreateChat(users=[alice.input_user(bob)], title="G")).updates.chats[0].id
    for peer in (api.InputPeerSelf(), api.InputPeerChat(chat_id=group)):
        fails("PEER_ID_INVALID", alice, took(peer))
    reply = api.InputReplyToMessage(reply_to_msg_id=999)
    fails("REPLY_MESSAGE_ID_INVALID", alice, took(alice.peer(bob), reply))
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    fails("YOU_BLOCKED_USER", alice, took(alice.peer(bob)))


def counted(kind: str) -> float:
    return CLIENT_REPORTS.value(kind)


def test_reports_are_counted(alice: Client, bob: Client, carol: Client, fails: Callable[..., Any]) -> None:
    write(alice, bob, "one", "two")
    peer = bob.peer(alice)
    ids = [last_id(bob) - 1, last_id(bob), 500]
    before = {kind: counted(kind) for kind in ("pushed", "delivered", "read", "listened")}
    assert bob.call(M.ReportMessagesDelivery(peer=peer, id=ids, push=True))
    assert counted("pushed") == before["pushed"] + 2
    assert bob.call(M.ReportMessagesDelivery(peer=peer, id=ids[:1]))
    assert counted("delivered") == before["delivered"] + 1

    def metric(message_id: int, time: int = 5) -> api.InputMessageReadMetric:
        return api.InputMessageReadMetric(
            msg_id=message_id,
            view_id=1,
            time_in_view_ms=time,
            active_time_in_view_ms=time,
            height_to_viewport_ratio_permille=10,
            seen_range_ratio_permille=10,
        )

    assert bob.call(M.ReportReadMetrics(peer=peer, metrics=[metric(message_id) for message_id in ids]))
    assert counted("read") == before["read"] + 2
    song = api.DocumentAttributeAudio(duration=5)
    track, voice = (_document(alice, b"x", "audio/mp3", audio) for audio in (song, _voice()))
    assert alice.call(M.ReportMusicListen(id=_named(track), listened_duration=3))
    assert counted("listened") == before["listened"] + 1
    fails("DOCUMENT_INVALID", alice, M.ReportMusicListen(id=_named(voice), listened_duration=3))
    fails("DOCUMENT_INVALID", alice, M.ReportMusicListen(id=_named(track), listened_duration=-1))
    fails("DOCUMENT_INVALID", carol, M.ReportMusicListen(id=_named(track), listened_duration=3))
    fails("MSG_ID_INVALID", bob, M.ReportMessagesDelivery(peer=peer, id=[]))
    fails("MSG_ID_INVALID", bob, M.ReportMessagesDelivery(peer=peer, id=[1] * 101))
    fails("MSG_ID_INVALID", bob, M.ReportReadMetrics(peer=peer, metrics=[metric(1, -1)]))
    stranger = api.InputPeerUser(user_id=alice.id, access_hash=1)
    fails("PEER_ID_INVALID", carol, M.ReportMessagesDelivery(peer=stranger, id=[1]))


def _voice() -> api.DocumentAttributeAudio:
    return api.DocumentAttributeAudio(duration=5, voice=True)


def _document(client: Client, data: bytes, mime_type: str, *attributes: Any) -> Any:
    media = api.InputMediaUploadedDocument(file=upload(client, data), mime_type=mime_type, attributes=list(attributes))
    return client.call(M.UploadMedia(peer=api.InputPeerSelf(), media=media)).document


def _named(document: Any) -> api.InputDocument:
    return api.InputDocument(id=document.id, access_hash=document.access_hash, file_reference=document.file_reference)


def test_documents_by_what_they_hold(alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    data = b"a moving picture"
    made = _document(alice, data, "video/mp4", api.DocumentAttributeAnimated())

    def find(client: Client, **changes: Any) -> Any:
        given = {"sha256": hashlib.sha256(data).digest(), "size": len(data), "mime_type": "video/mp4", **changes}
        return client.call(M.GetDocumentByHash(**given))

    found = find(alice)
    assert found.id == made.id and found.access_hash == made.access_hash
    nothing = api.DocumentEmpty(id=0)
    assert find(alice, size=5) == find(alice, mime_type="image/gif") == find(alice, sha256=bytes(32)) == nothing
    # What others have uploaded is nobody's business, until they send it.
    assert find(bob) == nothing
    media = api.InputMediaDocument(id=_named(made))
    alice.call(M.SendMedia(peer=alice.peer(bob), media=media, message="", random_id=1))
    alice.server.settle()
    (message,) = bob.call(M.GetMessages(id=[api.InputMessageID(id=last_id(bob))])).messages
    assert find(bob) == nothing
    bob.call(M.SaveGif(id=_named(message.media.document), unsave=False))
    assert find(bob).id == made.id
    fails("SHA256_HASH_INVALID", alice, M.GetDocumentByHash(sha256=b"x", size=1, mime_type="video/mp4"))


def test_an_export_is_one_range(alice: Client, bob: Client) -> None:
    assert alice.call(M.GetSplitRanges()) == [api.MessageRange(min_id=1, max_id=1)]
    write(alice, bob, "one", "two", "three")
    assert alice.call(M.GetSplitRanges()) == [api.MessageRange(min_id=1, max_id=3)]
