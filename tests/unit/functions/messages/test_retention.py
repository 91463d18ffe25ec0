"""What goes after its time, and that nobody is told wrong for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from functions.sync.retention import prune
from layers import measures, unit_of_work
from layers.domain import retention
from layers.schema import (
    contents,
    documents,
    events,
    outbox_reads,
    photos,
    reports,
    sent_random_ids,
)
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.messages.world import text_message, write
from tl import api

_DAY_S = 86_400


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path, keep_events_days=30)
    yield harness
    harness.close()


@pytest.fixture
def alice(server: Harness) -> Client:
    return server.user("Alice")


@pytest.fixture
def bob(server: Harness) -> Client:
    return server.user("Bob")


def count(server: Harness, table: sa.Table) -> int:
    with server.services.database.transaction(writes=False) as db:
        return int(db.scalar(sa.select(sa.func.count()).select_from(table)))


def difference(client: Client, pts: int) -> Any:
    return client.call(api.updates.GetDifference(pts=pts, date=1, qts=0))


def edit(client: Client, peer: Client, message_id: int, text: str) -> None:
    client.call(api.messages.EditMessage(peer=client.peer(peer), id=message_id, message=text))
    client.server.settle()


def test_events_go_and_a_client_that_needs_them_is_told(server: Harness, alice: Client, bob: Client) -> None:
    [message_id] = write(alice, bob, "first")
    before = alice.call(api.updates.GetState()).pts
    edit(alice, bob, message_id, "second")
    edited = alice.call(api.updates.GetState()).pts
    server.clock.advance(20 * _DAY_S)
    write(bob, alice, "later")
    edit(bob, alice, 2, "later, edited")
    server.clock.advance(11 * _DAY_S)
    held = count(server, events)
    removed = prune(server.services)
    assert removed["events"] == held - count(server, events) > 0
    assert isinstance(difference(alice, before), api.updates.DifferenceTooLong)
    assert difference(alice, before).pts == alice.call(api.updates.GetState()).pts
    recent = difference(alice, edited)
    assert [message.message for message in recent.new_messages] == ["later, edited"]
    assert [type(update) for update in recent.other_updates] == [api.UpdateEditMessage]
    assert isinstance(difference(bob, 1), api.updates.DifferenceTooLong), "the other side's box has its own mark"
    assert prune(server.services)["events"] == 0


def test_a_difference_that_is_read_while_events_go_is_not_cut(
    server: Harness, alice: Client, bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pruning commits between the reading of the state and that of the events."""
    from functions.updates import state as module

    [message_id] = write(alice, bob, "first")
    before = alice.call(api.updates.GetState()).pts
    edit(alice, bob, message_id, "second")
    server.clock.advance(31 * _DAY_S)
    read = module.changes_after

    def pruned_first(*arguments: Any) -> Any:
        assert prune(server.services)["events"] > 0
        return read(*arguments)

    monkeypatch.setattr(module, "changes_after", pruned_first)
    assert isinstance(difference(alice, before), api.updates.DifferenceTooLong)


def test_events_are_kept_for_ever_where_the_setting_says_so(tmp_path: Path) -> None:
    server = Harness(tmp_path, keep_events_days=0)
    try:
        alice, bob = server.user("Alice"), server.user("Bob")
        [message_id] = write(alice, bob, "first")
        edit(alice, bob, message_id, "second")
        server.clock.advance(1000 * _DAY_S)
        assert "events" not in prune(server.services)
        assert not isinstance(difference(alice, 1), api.updates.DifferenceTooLong)
    finally:
        server.close()


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_batches_are_bounded_and_take_everything_in_the_end(
    server: Harness, alice: Client, bob: Client, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", batch)
    for _ in range(7):
        write(alice, bob, "x")
        server.clock.advance(10)
    server.clock.advance(40 * _DAY_S)
    steps = []
    while step := unit_of_work.run(
        server.services, lambda ctx: retention.prune_by_date(ctx, sent_random_ids, 30), writes=True
    )[0]:
        steps.append(step)
    assert sum(steps) == 7
    assert max(steps) <= batch
    assert count(server, sent_random_ids) == 0


def test_read_dates_and_reports_go_in_time(server: Harness, alice: Client, bob: Client) -> None:
    [message_id] = write(alice, bob, "read me")
    bob.call(api.messages.ReadHistory(peer=bob.peer(alice), max_id=1))
    server.settle()
    bob.call(api.messages.ReportSpam(peer=bob.peer(alice)))
    assert count(server, outbox_reads) == 1
    assert count(server, reports) == 1
    assert alice.call(api.messages.GetOutboxReadDate(peer=alice.peer(bob), msg_id=message_id)).date
    before = measures.PRUNED.value("read_dates")
    server.clock.advance(9 * _DAY_S)
    done = prune(server.services)
    assert (done["read_dates"], done["reports"]) == (1, 0)
    assert measures.PRUNED.value("read_dates") == before + 1
    server.clock.advance(400 * _DAY_S)
    assert prune(server.services)["reports"] == 1


def test_a_content_goes_when_both_sides_have_deleted_it(server: Harness, alice: Client, bob: Client) -> None:
    """No job is needed: the last box that lets go takes it along."""
    [message_id] = write(alice, bob, "gone")
    write(alice, bob, "stays")
    alice.call(api.messages.DeleteMessages(id=[message_id]))
    assert count(server, contents) == 2, "the other side has it"
    bob.call(api.messages.DeleteMessages(id=[1]))
    assert count(server, contents) == 1


def _send_file(client: Client, to: Client, data: bytes, random_id: int, *, photo: bool = False) -> Any:
    file = upload(client, data)
    media: Any = api.InputMediaUploadedPhoto(file=file)
    if not photo:
        media = api.InputMediaUploadedDocument(file=file, mime_type="application/pdf", attributes=[])
    answer = client.call(api.messages.SendMedia(peer=client.peer(to), media=media, message="", random_id=random_id))
    client.server.settle()
    return next(update.message for update in answer.updates if isinstance(update, api.UpdateNewMessage))


def test_files_nobody_refers_to_go_and_others_stay(server: Harness, alice: Client, bob: Client) -> None:
    from layers.domain.unused_files import find_unused, remove

    blobs = server.services.blobs
    gone, kept = _send_file(alice, bob, b"gone" * 300, 1), _send_file(alice, bob, b"kept" * 300, 2)
    shown = _send_file(alice, bob, picture(40, 30), 3, photo=True)
    alice.call(api.photos.UploadProfilePhoto(file=upload(alice, picture(300, 300))))
    forwarded = _send_file(alice, bob, b"forwarded" * 300, 4)
    bob.call(
        api.messages.ForwardMessages(from_peer=bob.peer(alice), id=[4], random_id=[9], to_peer=api.InputPeerSelf())
    )
    alice.call(api.messages.DeleteMessages(id=[gone.id, forwarded.id, shown.id], revoke=True))
    server.settle()
    server.clock.advance(2 * 3600)
    prune(server.services)
    assert not find_unused(server.services, older_than_days=7).documents, "it is too young"
    server.clock.advance(8 * _DAY_S)
    young = _send_file(alice, bob, b"young" * 300, 5)
    unused = find_unused(server.services, older_than_days=7)
    assert (unused.documents, unused.photos) == ({gone.media.document.id}, {shown.media.photo.id})
    before = len(blobs.list("files"))
    assert remove(server.services, unused) == 2
    assert len(blobs.list("files")) < before
    assert blobs.list(f"photos/{shown.media.photo.id:016x}") == []
    with server.services.database.transaction(writes=False) as db:
        left = set(db.scalars(sa.select(documents.c.id)))
        assert left == {item.media.document.id for item in (kept, forwarded, young)}
        assert db.scalar(sa.select(sa.func.count()).select_from(photos)) == 1
        prefixes = db.scalars(sa.select(documents.c.blob_prefix))
    assert all(blobs.list(prefix) for prefix in prefixes)
    assert find_unused(server.services, older_than_days=7).documents == set()


def test_a_file_that_is_sent_while_others_are_removed_stays(server: Harness, alice: Client, bob: Client) -> None:
    from layers.domain.unused_files import find_unused, remove

    sent = _send_file(alice, bob, b"again" * 300, 1)
    alice.call(api.messages.DeleteMessages(id=[sent.id], revoke=True))
    server.settle()
    server.clock.advance(8 * _DAY_S)
    prune(server.services)
    unused = find_unused(server.services, older_than_days=7)
    assert unused.documents == {sent.media.document.id}
    document = sent.media.document
    document.access_hash, document.file_reference = 0, b""
    write(alice, bob, text_message("", media=api.MessageMediaDocument(document=document)))
    assert remove(server.services, unused) == 0
    assert count(server, documents) == 1


def test_two_documents_of_one_upload_keep_its_bytes(server: Harness, alice: Client, bob: Client) -> None:
    from layers.domain.unused_files import find_unused, remove

    file = upload(alice, b"shared" * 300)
    sent = []
    for random_id, mime_type in ((1, "application/pdf"), (2, "text/plain")):
        media = api.InputMediaUploadedDocument(file=file, mime_type=mime_type, attributes=[])
        answer = alice.call(api.messages.SendMedia(peer=alice.peer(bob), media=media, message="", random_id=random_id))
        sent.append(next(u.message for u in answer.updates if isinstance(u, api.UpdateNewMessage)))
    server.settle()
    alice.call(api.messages.DeleteMessages(id=[sent[0].id], revoke=True))
    server.settle()
    server.clock.advance(8 * _DAY_S)
    prune(server.services)
    assert remove(server.services, find_unused(server.services, older_than_days=7)) == 1
    with server.services.database.transaction(writes=False) as db:
        [prefix] = db.scalars(sa.select(documents.c.blob_prefix))
    assert server.services.blobs.list(prefix)
