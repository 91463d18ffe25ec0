"""Uploads are worked on before the transaction begins, and only once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import images
from layers.errors import RpcError
from layers.schema import photos
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload
from tl import api


@pytest.fixture
def rendered(server: Harness, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each picture rendered, whether another thread could write meanwhile."""
    found: list[bool] = []
    render = images.render_photo

    def watched(data: bytes) -> images.Rendered:
        def write() -> None:
            with server.services.database.transaction(writes=True):
                pass

        other = threading.Thread(target=write)
        other.start()
        other.join(timeout=5)
        found.append(not other.is_alive())
        return render(data)

    monkeypatch.setattr(images, "render_photo", watched)
    return found


def send(client: Client, media: Any, random_id: int = 1) -> Any:
    return client.call(api.messages.SendMedia(peer=api.InputPeerSelf(), media=media, message="", random_id=random_id))


def test_no_lock_is_held_while_a_picture_is_rendered(server: Harness, alice: Client, rendered: list[bool]) -> None:
    media = api.InputMediaUploadedPhoto(file=upload(alice, picture(300, 300)))
    first = alice.call(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=media))
    sent = send(alice, media)
    assert rendered == [True]
    message = next(update.message for update in sent.updates if isinstance(update, api.UpdateNewMessage))
    assert message.media.photo.id == first.photo.id
    assert message.media.photo.file_reference
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(photos)) == 1


def test_a_send_that_is_repeated_after_its_upload_was_swept(server: Harness, alice: Client) -> None:
    media = api.InputMediaUploadedPhoto(file=upload(alice, picture(300, 300)))
    first = send(alice, media)
    server.services.blobs.delete_prefix("uploads")
    again = send(alice, media)
    ids = [
        update.id for answer in (first, again) for update in answer.updates if isinstance(update, api.UpdateMessageID)
    ]
    assert len(ids) == 2
    assert ids[0] == ids[1]


def test_an_album_and_a_document(alice: Client, rendered: list[bool]) -> None:
    file = upload(alice, picture(300, 300))
    document = api.InputMediaUploadedDocument(
        file=upload(alice, b"x" * 3000), mime_type="video/mp4", attributes=[], thumb=upload(alice, picture(90, 90))
    )
    singles = [
        api.InputSingleMedia(media=media, random_id=number, message="")
        for number, media in enumerate([api.InputMediaUploadedPhoto(file=file), document], start=10)
    ]
    answer = alice.call(api.messages.SendMultiMedia(peer=api.InputPeerSelf(), multi_media=singles))
    kinds = [type(update.message.media) for update in answer.updates if isinstance(update, api.UpdateNewMessage)]
    assert kinds == [api.MessageMediaPhoto, api.MessageMediaDocument]
    assert rendered == [True]


def test_errors_of_an_upload_reach_the_client(alice: Client) -> None:
    with pytest.raises(RpcError, match="FILE_PART_0_MISSING"):
        send(alice, api.InputMediaUploadedPhoto(file=api.InputFileBig(id=5, parts=2, name="")))
    with pytest.raises(RpcError, match="PHOTO_EXT_INVALID"):
        send(alice, api.InputMediaUploadedPhoto(file=upload(alice, b"nothing")))
