"""Every client library from its registry, unmodified: sign-up, a chat with Telethon, files, a reconnection, log-out."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from telethon.tl import types

from tests.e2e.libraries.catalog import LIBRARIES, Library, start
from tests.e2e.libraries.driver import Driver
from tests.e2e.people import People, Person
from tests.e2e.test_media import named, picture
from tests.servers import Server

_FILE_SEED = 7


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
async def test_library(library: Library, server: Server, people: People, tmp_path: Path) -> None:
    eve = await people.sign_up("Eve")
    async with start(library, server, tmp_path / "client") as dora:
        await dora.sign_up()
        assert (await dora.call("add_contact", phone=eve.phone, name="Eve"))["user_id"] == eve.id
        await _texts_both_ways(dora, eve)
        await _edits(dora, eve)
        await _photo_up_and_down(dora, eve, tmp_path)
        await _document_up_and_down(dora, eve, tmp_path, library.file_bytes)
        await _missed_while_offline(dora, eve)
        history = await dora.call("history", chat=eve.id)
        assert history["texts"][:3] == ["and back", "live again", "missed 3"]
        assert history["texts"][-2:] == ["hello Dora 🌤", "hello 🌤 Eve"]
        # Nothing came twice, on no way.
        texts = dora.texts()
        assert len(texts) == len(set(texts)), texts
        assert (await dora.call("log_out"))["logged_out"] is True


async def _texts_both_ways(dora: Driver, eve: Person) -> None:
    # Offsets are UTF-16 units: the cloud takes two.
    await dora.send(eve.id, "hello 🌤 Eve", bold=[9, 3])
    at_eve = await eve.told.message("hello 🌤 Eve")
    assert [(type(e), e.offset, e.length) for e in at_eve.entities] == [(types.MessageEntityBold, 9, 3)]
    await eve.client.send_message(at_eve.peer_id, "`hello` Dora 🌤", reply_to=at_eve.id)
    at_dora = await dora.text("hello Dora 🌤")
    assert at_dora["entities"] == [["code", 0, 5]]
    assert (at_dora["chat"], at_dora["out"]) == (eve.id, False)


async def _edits(dora: Driver, eve: Person) -> None:
    sent = await dora.send(eve.id, "first")
    at_eve = await eve.told.message("first")
    assert (await dora.call("edit", to=eve.id, message_id=sent, text="second"))["text"] == "second"
    edited = await eve.told.wait_for(types.UpdateEditMessage)
    assert (edited.message.id, edited.message.message) == (at_eve.id, "second")
    mine = await eve.client.send_message(dora.user_id, "third")
    await dora.text("third")
    await eve.client.edit_message(dora.user_id, mine.id, "fourth")
    assert (await dora.event("edit", lambda event: event["text"] == "fourth"))["chat"] == eve.id


async def _photo_up_and_down(dora: Driver, eve: Person, folder: Path) -> None:
    path = folder / "view.jpg"
    path.write_bytes(picture(640, 480))
    await dora.call("send_photo", to=eve.id, path=str(path), caption="a view")
    at_eve = await eve.told.message("a view")
    assert isinstance(at_eve.media, types.MessageMediaPhoto)
    received = await eve.client.download_media(at_eve, bytes)
    await eve.client.send_file(dora.user_id, named(picture(640, 480), "back.jpg"), caption="a view back")
    at_dora = await dora.text("a view back")
    assert at_dora["media"] == "photo"
    back = folder / "back.jpg"
    await dora.call("download", message_id=at_dora["message_id"], path=str(back))
    # The same picture became the same photo on both ways.
    assert _sha256(back.read_bytes()) == _sha256(received)


async def _document_up_and_down(dora: Driver, eve: Person, folder: Path, size: int) -> None:
    data = random.Random(_FILE_SEED).randbytes(size)
    path = folder / "data.bin"
    path.write_bytes(data)
    await dora.call("send_document", to=eve.id, path=str(path), caption="a file")
    at_eve = await eve.told.message("a file")
    assert (at_eve.file.name, at_eve.file.size) == ("data.bin", size)
    assert _sha256(await eve.client.download_media(at_eve, bytes)) == _sha256(data)
    await eve.client.send_file(dora.user_id, named(data, "back.bin"), caption="a file back", force_document=True)
    at_dora = await dora.text("a file back")
    assert (at_dora["media"], at_dora["file_name"]) == ("document", "back.bin")
    back = folder / "back.bin"
    await dora.call("download", message_id=at_dora["message_id"], path=str(back))
    assert _sha256(back.read_bytes()) == _sha256(data)


async def _missed_while_offline(dora: Driver, eve: Person) -> None:
    await dora.call("go_offline")
    for number in (1, 2, 3):
        await eve.client.send_message(dora.user_id, f"missed {number}")
    assert "missed 1" not in dora.texts()
    await dora.call("come_back")
    for number in (1, 2, 3):
        await dora.text(f"missed {number}")
    await eve.client.send_message(dora.user_id, "live again")
    await dora.text("live again")
    await dora.send(eve.id, "and back")
    await eve.told.message("and back")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
