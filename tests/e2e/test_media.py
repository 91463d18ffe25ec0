"""Files with Telethon: sent by one, downloaded by the other, the same bytes."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from telethon.tl import types
from telethon.tl.functions.messages import ReadMessageContentsRequest

from tests.e2e.people import Circle, people_of
from tests.servers import Server

_MB = 1024 * 1024


def picture(width: int = 1600, height: int = 900, seed: int = 1) -> bytes:
    """A JPEG that does not shrink to nothing."""
    noise = Image.frombytes("RGB", (64, 36), random.Random(seed).randbytes(64 * 36 * 3))
    data = io.BytesIO()
    noise.resize((width, height), Image.Resampling.BICUBIC).save(data, "JPEG", quality=85)
    return data.getvalue()


def named(data: bytes, name: str) -> io.BytesIO:
    """Bytes as an open file."""
    file = io.BytesIO(data)
    file.name = name
    return file


async def test_photo_arrives_with_thumbnails(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice.client.send_file(bob.id, named(picture(), "view.jpg"), caption="the **view**")
    at_bob = await bob.told.message("the view")
    assert isinstance(at_bob.media, types.MessageMediaPhoto)
    sizes = {size.type: size for size in at_bob.photo.sizes}
    assert {"i", "m", "x", "y"} <= sizes.keys()
    assert (sizes["m"].w, sizes["m"].h) == (320, 180)
    for kind, width in (("m", 320), ("x", 800), ("y", 1280)):
        data = await bob.client.download_media(at_bob, bytes, thumb=sizes[kind])
        with Image.open(io.BytesIO(data)) as image:
            assert image.size[0] == width
    biggest = await bob.client.download_media(at_bob, bytes)
    with Image.open(io.BytesIO(biggest)) as image:
        assert image.size == (1600, 900)
    [listed] = await bob.client.get_messages(alice.id, filter=types.InputMessagesFilterPhotos)
    assert listed.id == at_bob.id
    tablet = await circle.tablet.told.message("the view")
    assert await circle.tablet.client.download_media(tablet, bytes) == biggest


async def test_document_comes_back_the_same(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    data = random.Random(2).randbytes(3 * _MB + 12_345)
    await alice.client.send_file(bob.id, named(data, "data.bin"), caption="a file", force_document=True)
    at_bob = await bob.told.message("a file")
    assert (at_bob.file.name, at_bob.file.size) == ("data.bin", len(data))
    assert await bob.client.download_media(at_bob, bytes) == data
    # The forwarded message has the same file, without another upload.
    await bob.client.forward_messages(circle.carol.id, at_bob)
    at_carol = await circle.carol.told.message("a file")
    assert at_carol.document.id == at_bob.document.id
    assert await circle.carol.client.download_media(at_carol, bytes) == data


async def test_voice_message(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    data = b"OggS" + random.Random(3).randbytes(20_000)
    voice = types.DocumentAttributeAudio(duration=3, voice=True, waveform=bytes(63))
    await alice.client.send_file(
        bob.id, named(data, "voice.ogg"), caption="listen", attributes=[voice], voice_note=True
    )
    at_bob = await bob.told.message("listen")
    [audio] = [a for a in at_bob.document.attributes if isinstance(a, types.DocumentAttributeAudio)]
    assert (audio.voice, audio.duration) == (True, 3)
    assert at_bob.media_unread
    assert await bob.client.download_media(at_bob, bytes) == data
    await bob.client.send_read_acknowledge(alice.id)
    # Listening is told to the sender.
    await bob(ReadMessageContentsRequest(id=[at_bob.id]))
    heard = await alice.told.wait_for(types.UpdateReadMessagesContents)
    assert len(heard.messages) == 1


async def test_album(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    files = [named(picture(800, 600, seed), f"{seed}.jpg") for seed in range(3)]
    sent = await alice.client.send_file(bob.id, files, caption=["first", "second", "third"])
    received = [await bob.told.message(text) for text in ("first", "second", "third")]
    assert len({message.grouped_id for message in received}) == 1
    assert received[0].grouped_id is not None
    assert [m.id for m in received] == sorted(m.id for m in received)
    assert [m.message for m in sent] == ["first", "second", "third"]


async def test_contact_place_and_dice(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice.client.send_file(bob.id, types.InputMediaContact("+999660001", "Dave", "", ""))
    await alice.client.send_file(bob.id, types.InputMediaGeoPoint(types.InputGeoPoint(48.1, 11.5)))
    await alice.client.send_file(bob.id, types.InputMediaDice("🎲"))
    seen = {}
    for kind in (types.MessageMediaContact, types.MessageMediaGeo, types.MessageMediaDice):
        seen[kind] = (await bob.told.message_with(kind)).media
    assert seen[types.MessageMediaContact].first_name == "Dave"
    assert abs(seen[types.MessageMediaGeo].geo.lat - 48.1) < 1e-4
    assert 1 <= seen[types.MessageMediaDice].value <= 6


# The bytes go from the node to the storage: the same one behind workers and Lambda.
@pytest.mark.deployments("workers", "embedded")
async def test_200_megabytes_up_and_down_in_flat_memory(make_server: Callable[..., Server], tmp_path: Path) -> None:
    server = make_server()
    path, back = tmp_path / "big.bin", tmp_path / "back.bin"
    rng, digest = random.Random(4), hashlib.sha256()
    with path.open("wb") as out:
        for _ in range(200):
            block = rng.randbytes(_MB)
            digest.update(block)
            out.write(block)
    peak = server.rss_bytes

    def watch(_done: int, _total: int) -> None:
        nonlocal peak
        peak = max(peak, server.rss_bytes)

    async with people_of(server) as people:
        alice, bob = await people.sign_up("Alice"), await people.sign_up("Bob")
        await people.introduce(alice, bob)
        file = await alice.client.upload_file(path, part_size_kb=512, progress_callback=watch)
        await alice.client.send_file(bob.id, file, caption="big", force_document=True)
        at_bob = await bob.told.message("big")
        assert at_bob.file.size == 200 * _MB
        await bob.client.download_file(
            at_bob.document, back, part_size_kb=512, file_size=at_bob.file.size, progress_callback=watch
        )
    received = hashlib.sha256()
    with back.open("rb") as downloaded:
        while block := downloaded.read(_MB):
            received.update(block)
    assert received.digest() == digest.digest()
    print(f"200 MB up and down: the server's memory peaked at {peak / _MB:.0f} MB")
    assert peak < 300 * _MB
