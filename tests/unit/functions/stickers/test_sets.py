"""Sticker sets: https://core.telegram.org/api/stickers."""

from __future__ import annotations

import gzip
import itertools
import json
from typing import Any

import pytest

from layers.domain import limits
from layers.domain.emoji import split_emoji
from layers.domain.files import locate
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.files.uploading import opened, picture, upload
from tests.unit.functions.messages.secrets import established
from tl import api

_NAMES = itertools.count(1)
_RANDOM_IDS = itertools.count(400)
TGS = gzip.compress(json.dumps({"tgs": 1, "v": "5", "w": 512, "h": 512, "layers": []}).encode())
WEBM = b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x84webm" + bytes(50)


def document(client: Client, data: bytes, mime_type: str, *attributes: Any) -> Any:
    """An uploaded document, as messages.uploadMedia gives it."""
    media = api.InputMediaUploadedDocument(
        file=upload(client, data, part_size=1 << 16), mime_type=mime_type, attributes=list(attributes)
    )
    return client.call(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=media)).document


def named(found: Any) -> api.InputDocument:
    return api.InputDocument(id=found.id, access_hash=found.access_hash, file_reference=found.file_reference)


def item(client: Client, emoji: str = "😀", size: tuple[int, int] = (512, 400), **options: Any) -> Any:
    data = picture(size[0], size[1], "PNG")
    return api.InputStickerSetItem(document=named(document(client, data, "image/png")), emoji=emoji, **options)


def create(client: Client, *items: Any, short_name: str = "", title: str = "Cats", **options: Any) -> Any:
    return client.call(
        api.stickers.CreateStickerSet(
            user_id=api.InputUserSelf(),
            title=title,
            short_name=short_name or f"cats_{next(_NAMES)}",
            stickers=list(items) or [item(client)],
            **options,
        )
    )


def by_name(name: str) -> Any:
    return api.InputStickerSetShortName(short_name=name)


def fetch(client: Client, name: str, hash: int = 0) -> Any:
    return client.call(api.messages.GetStickerSet(stickerset=by_name(name), hash=hash))


def all_sets(client: Client) -> list[str]:
    return [found.short_name for found in client.call(api.messages.GetAllStickers(hash=0)).sets]


def content(client: Client, location: Any) -> bytes:
    services = client.server.services
    file = locate(services, client.caller, location)
    return b"".join(services.blobs.get(key, offset, length) for key, offset, length in file.pieces(0, file.size))


def test_a_set_of_all_kinds_of_files(alice: Client, bob: Client) -> None:
    video = document(alice, WEBM, "video/webm", api.DocumentAttributeVideo(duration=2.5, w=512, h=300))
    animated = document(alice, TGS, "application/x-tgsticker")
    made = create(
        alice,
        item(alice, "😀😃"),
        api.InputStickerSetItem(document=named(animated), emoji="😀"),
        api.InputStickerSetItem(document=named(video), emoji="🎉", keywords="party,fun"),
        short_name="Mixed_Cats",
    )
    assert made.set.creator and made.set.count == 3 and made.set.installed_date is None
    found = fetch(bob, "mixed_cats")
    assert not found.set.creator and found.set.short_name == "Mixed_Cats"
    assert found.set.access_hash != made.set.access_hash
    assert [sticker.mime_type for sticker in found.documents] == [
        "image/webp",
        "application/x-tgsticker",
        "video/webm",
    ]
    ids = [sticker.id for sticker in found.documents]
    assert {pack.emoticon: pack.documents for pack in found.packs} == {
        "😀": [ids[0], ids[1]],
        "😃": [ids[0]],
        "🎉": [ids[2]],
    }
    assert found.keywords == [api.StickerKeyword(document_id=ids[2], keyword=["party", "fun"])]
    attributes = {attribute.TL_NAME: attribute for attribute in found.documents[0].attributes}
    sticker = attributes["documentAttributeSticker"]
    assert sticker.alt == "😀"
    assert sticker.stickerset == api.InputStickerSetID(id=found.set.id, access_hash=found.set.access_hash)
    assert (attributes["documentAttributeImageSize"].w, attributes["documentAttributeImageSize"].h) == (512, 400)
    assert isinstance(found.documents[2].attributes[0], api.DocumentAttributeVideo)
    again = bob.call(api.messages.GetStickerSet(stickerset=sticker.stickerset, hash=found.set.hash))
    assert isinstance(again, api.messages.StickerSetNotModified)
    location = api.InputDocumentFileLocation(**_location(found.documents[0]), thumb_size="")
    assert opened(content(bob, location)).size == (512, 400)
    thumb = api.InputDocumentFileLocation(**_location(found.documents[0]), thumb_size="m")
    assert opened(content(bob, thumb)).size == (128, 100)


def _location(found: Any) -> dict[str, Any]:
    return {"id": found.id, "access_hash": found.access_hash, "file_reference": found.file_reference}


@pytest.mark.parametrize(
    ("data", "mime_type", "error"),
    [
        (picture(500, 400, "PNG"), "image/png", "STICKER_PNG_DIMENSIONS"),
        (b"no picture", "image/png", "STICKER_PNG_NOPNG"),
        (gzip.compress(b'{"w": 100, "h": 100, "layers": []}'), "application/x-tgsticker", "STICKER_TGS_NOTGS"),
        (b"{}", "application/x-tgsticker", "STICKER_TGS_NOTGS"),
        (b"no video", "video/webm", "STICKER_VIDEO_NOWEBM"),
        (WEBM + bytes(300_000), "video/webm", "STICKER_VIDEO_BIG"),
        (b"text", "text/plain", "STICKER_MIME_INVALID"),
    ],
)
def test_files_that_are_no_stickers(alice: Client, data: bytes, mime_type: str, error: str) -> None:
    given = api.InputStickerSetItem(document=named(document(alice, data, mime_type)), emoji="😀")
    with pytest.raises(RpcError, match=error):
        create(alice, given)


def test_wrong_sets(alice: Client, bob: Client) -> None:
    create(alice, short_name="taken")
    one = item(alice)
    for options, error in (
        ({"title": " "}, "PACK_TITLE_INVALID"),
        ({"title": "x" * 65}, "PACK_TITLE_INVALID"),
        ({"short_name": "1cats"}, "PACK_SHORT_NAME_INVALID"),
        ({"short_name": "cats__x"}, "PACK_SHORT_NAME_INVALID"),
        ({"short_name": "TAKEN"}, "PACK_SHORT_NAME_OCCUPIED"),
        ({"masks": True, "emojis": True}, "PACK_TYPE_INVALID"),
    ):
        with pytest.raises(RpcError, match=error):
            create(alice, one, **options)
    for emoji in ("", "cat", "😀" * 21):
        with pytest.raises(RpcError, match="STICKER_EMOJI_INVALID"):
            create(alice, api.InputStickerSetItem(document=one.document, emoji=emoji))
    with pytest.raises(RpcError, match="STICKERS_TOO_MUCH"):
        create(alice, *[one] * (limits.STICKERS_IN_SET + 1))
    request = api.stickers.CreateStickerSet(
        user_id=alice.input_user(bob), title="x", short_name="others", stickers=[one]
    )
    with pytest.raises(RpcError, match="USER_ID_INVALID"):
        alice.call(request)
    with pytest.raises(RpcError, match="STICKER_ID_INVALID"):
        create(bob, one)


def test_names(alice: Client) -> None:
    create(alice, short_name="cats")
    assert alice.call(api.stickers.CheckShortName(short_name="dogs"))
    for name, error in (("Cats", "SHORT_NAME_OCCUPIED"), ("a-b", "SHORT_NAME_INVALID"), ("", "SHORT_NAME_INVALID")):
        with pytest.raises(RpcError, match=error):
            alice.call(api.stickers.CheckShortName(short_name=name))
    for title in ("My Dogs!", "Cats", "кошки", "12"):
        name = alice.call(api.stickers.SuggestShortName(title=title)).short_name
        assert alice.call(api.stickers.CheckShortName(short_name=name))
    assert alice.call(api.stickers.SuggestShortName(title="My Dogs!")).short_name == "My_Dogs"


def test_changing_a_set(alice: Client, bob: Client) -> None:
    made = create(alice, item(alice, "😀"), short_name="cats")
    bob.call(api.messages.InstallStickerSet(stickerset=by_name("cats"), archived=False))
    given = by_name("cats")
    added = alice.call(api.stickers.AddStickerToSet(stickerset=given, sticker=item(alice, "🎉", (512, 300))))
    first, second = added.documents
    assert added.set.hash != made.set.hash
    moved = alice.call(api.stickers.ChangeStickerPosition(sticker=named(second), position=0))
    assert [sticker.id for sticker in moved.documents] == [second.id, first.id]
    renamed = alice.call(api.stickers.RenameStickerSet(stickerset=given, title="Dogs"))
    assert renamed.set.title == "Dogs"
    changed = alice.call(api.stickers.ChangeSticker(sticker=named(first), emoji="😢", keywords="sad"))
    assert {pack.emoticon for pack in changed.packs} == {"🎉", "😢"}
    assert changed.documents[1].attributes[1].alt == "😢"
    replaced = alice.call(api.stickers.ReplaceSticker(sticker=named(second), new_sticker=item(alice, "👍", (100, 512))))
    assert replaced.documents[0].id not in {first.id, second.id} and replaced.documents[1].id == first.id
    removed = alice.call(api.stickers.RemoveStickerFromSet(sticker=named(first)))
    assert removed.set.count == 1
    with pytest.raises(RpcError, match="STICKER_INVALID"):
        alice.call(api.stickers.RemoveStickerFromSet(sticker=named(first)))
    for request in (
        api.stickers.RenameStickerSet(stickerset=given, title="Mine"),
        api.stickers.DeleteStickerSet(stickerset=given),
        api.stickers.AddStickerToSet(stickerset=given, sticker=item(bob)),
    ):
        with pytest.raises(RpcError, match="STICKERSET_INVALID"):
            bob.call(request)
    with pytest.raises(RpcError, match="STICKER_INVALID"):
        bob.call(api.stickers.RemoveStickerFromSet(sticker=named(fetch(bob, "cats").documents[0])))
    assert all_sets(bob) == ["cats"]
    assert alice.call(api.stickers.DeleteStickerSet(stickerset=given))
    assert all_sets(bob) == []
    with pytest.raises(RpcError, match="STICKERSET_INVALID"):
        fetch(bob, "cats")


def test_a_thumb(alice: Client, bob: Client) -> None:
    create(alice, short_name="cats")
    thumb = document(alice, picture(100, 100, "PNG"), "image/png")
    made = alice.call(api.stickers.SetStickerSetThumb(stickerset=by_name("cats"), thumb=named(thumb)))
    assert (made.set.thumbs[0].type, made.set.thumb_version) == ("s", 1)
    found = fetch(bob, "cats").set
    location = api.InputStickerSetThumb(
        stickerset=api.InputStickerSetID(id=found.id, access_hash=found.access_hash), thumb_version=1
    )
    assert opened(content(bob, location)).size == (100, 100)
    location.stickerset.access_hash += 1
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        content(bob, location)
    without = alice.call(api.stickers.SetStickerSetThumb(stickerset=by_name("cats")))
    assert without.set.thumbs is None


def test_installing(alice: Client, bob: Client) -> None:
    for name in ("one", "two", "three"):
        create(alice, short_name=name, title=name)
    tablet = bob.device()
    for name in ("one", "two", "three"):
        assert isinstance(
            bob.call(api.messages.InstallStickerSet(stickerset=by_name(name), archived=False)),
            api.messages.StickerSetInstallResultSuccess,
        )
    pushed = tablet.pushes()
    assert [update.stickerset.set.short_name for update in pushed] == ["one", "two", "three"]
    assert pushed[0].stickerset.set.installed_date
    assert all_sets(bob) == ["three", "two", "one"]
    listed = bob.call(api.messages.GetAllStickers(hash=0))
    known = bob.call(api.messages.GetAllStickers(hash=listed.hash))
    assert isinstance(known, api.messages.AllStickersNotModified)
    ids = {found.short_name: found.id for found in listed.sets}
    bob.call(api.messages.ReorderStickerSets(order=[ids["one"], ids["three"]]))
    assert all_sets(bob) == ["one", "three", "two"]
    (order,) = tablet.pushes()
    assert order.order == [ids["one"], ids["three"], ids["two"]]
    bob.call(api.messages.ToggleStickerSets(archive=True, stickersets=[by_name("one"), by_name("two")]))
    assert all_sets(bob) == ["three"]
    archived = bob.call(api.messages.GetArchivedStickers(offset_id=0, limit=1))
    assert (archived.count, archived.sets[0].set.short_name, archived.sets[0].set.archived) == (2, "one", True)
    rest = bob.call(api.messages.GetArchivedStickers(offset_id=archived.sets[0].set.id, limit=5))
    assert [found.set.short_name for found in rest.sets] == ["two"]
    assert isinstance(archived.sets[0].cover, api.Document)
    bob.call(api.messages.ToggleStickerSets(unarchive=True, stickersets=[by_name("two")]))
    assert bob.call(api.messages.UninstallStickerSet(stickerset=by_name("two")))
    with pytest.raises(RpcError, match="STICKERSET_INVALID"):
        bob.call(api.messages.UninstallStickerSet(stickerset=by_name("two")))
    bob.call(api.messages.ToggleStickerSets(uninstall=True, stickersets=[by_name("three"), by_name("one")]))
    assert all_sets(bob) == []
    assert "updateStickerSets" in [update.TL_NAME for update in tablet.pushes()]


def test_the_oldest_makes_room(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STICKER_SETS", 2)
    for name in ("one", "two", "three"):
        create(alice, short_name=name)
        result = alice.call(api.messages.InstallStickerSet(stickerset=by_name(name), archived=False))
    assert [found.set.short_name for found in result.sets] == ["one"]
    assert all_sets(alice) == ["three", "two"]


def test_my_sets(alice: Client, bob: Client) -> None:
    for name in ("one", "two"):
        create(alice, short_name=name)
    page = alice.call(api.messages.GetMyStickers(offset_id=0, limit=1))
    assert (page.count, page.sets[0].set.short_name) == (2, "two")
    rest = alice.call(api.messages.GetMyStickers(offset_id=page.sets[0].set.id, limit=5))
    assert [found.set.short_name for found in rest.sets] == ["one"]
    assert bob.call(api.messages.GetMyStickers(offset_id=0, limit=1)).count == 0


def test_finding_stickers(alice: Client, bob: Client) -> None:
    made = create(
        alice, item(alice, "😀"), item(alice, "🎉", (512, 300)), short_name="cats_of_rome", title="Cats of Rome"
    )
    assert bob.call(api.messages.GetStickers(emoticon="😀", hash=0)).stickers == []
    bob.call(api.messages.InstallStickerSet(stickerset=by_name("cats_of_rome"), archived=False))
    found = bob.call(api.messages.GetStickers(emoticon="😀", hash=0))
    assert [sticker.id for sticker in found.stickers] == [made.documents[0].id]
    known = bob.call(api.messages.GetStickers(emoticon="😀", hash=found.hash))
    assert isinstance(known, api.messages.StickersNotModified)
    with pytest.raises(RpcError, match="EMOTICON_EMPTY"):
        bob.call(api.messages.GetStickers(emoticon="", hash=0))
    request = api.messages.SearchStickers(q="", emoticon="🎉😀", lang_code=[], offset=0, limit=1, hash=0)
    page = bob.call(request)
    assert ([sticker.id for sticker in page.stickers], page.next_offset) == ([made.documents[1].id], 1)
    for text in ("cats", "CATS of r", "cats_of"):
        sets = bob.call(api.messages.SearchStickerSets(q=text, hash=0)).sets
        assert [covered.set.short_name for covered in sets] == ["cats_of_rome"]
    assert bob.call(api.messages.SearchStickerSets(q="dogs", hash=0)).sets == []
    assert bob.call(api.messages.SearchEmojiStickerSets(q="cats", hash=0)).sets == []


def test_custom_emoji(alice: Client, bob: Client) -> None:
    made = create(alice, item(alice, "😀", (100, 100)), emojis=True, text_color=True, short_name="smiles")
    assert made.set.emojis and made.set.text_color
    (smile,) = made.documents
    attribute = next(found for found in smile.attributes if isinstance(found, api.DocumentAttributeCustomEmoji))
    assert attribute.free and attribute.text_color and attribute.alt == "😀"
    cats = create(alice, short_name="cats")
    request = api.messages.GetCustomEmojiDocuments(document_id=[smile.id, cats.documents[0].id, 5])
    (found,) = bob.call(request)
    assert found.id == smile.id and found.access_hash != smile.access_hash
    bob.call(api.messages.InstallStickerSet(stickerset=by_name("smiles"), archived=False))
    assert bob.call(api.messages.SearchCustomEmoji(emoticon="😀", hash=0)).document_id == [smile.id]
    assert all_sets(bob) == []
    assert [listed.id for listed in bob.call(api.messages.GetEmojiStickers(hash=0)).sets] == [
        found.id for found in [made.set]
    ]
    with pytest.raises(RpcError, match="STICKER_PNG_DIMENSIONS"):
        create(alice, item(alice), emojis=True)
    note = api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=next(_RANDOM_IDS))
    message_id = bob.call(note).updates[0].id
    reaction: list[Any] = [api.ReactionCustomEmoji(document_id=smile.id)]
    bob.call(api.messages.SendReaction(peer=api.InputPeerSelf(), msg_id=message_id, reaction=reaction))


def test_masks(alice: Client) -> None:
    coords = api.MaskCoords(n=1, x=0.5, y=0.5, zoom=1.0)
    made = create(alice, item(alice, "😎", mask_coords=coords), masks=True, short_name="masks")
    attribute = made.documents[0].attributes[1]
    assert attribute.mask and attribute.mask_coords == coords
    alice.call(api.messages.InstallStickerSet(stickerset=by_name("masks"), archived=False))
    assert [found.id for found in alice.call(api.messages.GetMaskStickers(hash=0)).sets] == [made.set.id]
    assert all_sets(alice) == []


# Favourites, recent ones, GIFs


def test_favourites(alice: Client) -> None:
    sizes = [(512, 300 + number) for number in range(limits.STICKERS_FAVED + 1)]
    made = create(alice, *(item(alice, "😀", size) for size in sizes))
    tablet = alice.device()
    for sticker in made.documents:
        assert alice.call(api.messages.FaveSticker(id=named(sticker), unfave=False))
    assert {update.TL_NAME for update in tablet.pushes()} == {"updateFavedStickers"}
    found = alice.call(api.messages.GetFavedStickers(hash=0))
    assert [sticker.id for sticker in found.stickers] == [sticker.id for sticker in made.documents[:0:-1]]
    assert [pack.emoticon for pack in found.packs] == ["😀"]
    known = alice.call(api.messages.GetFavedStickers(hash=found.hash))
    assert isinstance(known, api.messages.FavedStickersNotModified)
    alice.call(api.messages.FaveSticker(id=named(made.documents[-1]), unfave=True))
    assert len(alice.call(api.messages.GetFavedStickers(hash=0)).stickers) == limits.STICKERS_FAVED - 1
    gif = document(alice, b"gif", "video/mp4", api.DocumentAttributeAnimated())
    with pytest.raises(RpcError, match="STICKER_ID_INVALID"):
        alice.call(api.messages.FaveSticker(id=named(gif), unfave=False))


def test_what_is_sent_is_recent(alice: Client, bob: Client) -> None:
    made = create(alice, item(alice, "😀"), item(alice, "🎉", (512, 300)))
    tablet = alice.device()
    for sticker in made.documents:
        media = api.InputMediaDocument(id=named(sticker))
        request = api.messages.SendMedia(peer=alice.peer(bob), media=media, message="", random_id=next(_RANDOM_IDS))
        alice.call(request)
    alice.server.settle()
    assert [update.TL_NAME for update in tablet.pushes()].count("updateRecentStickers") == 2
    recent = alice.call(api.messages.GetRecentStickers(hash=0))
    assert [sticker.id for sticker in recent.stickers] == [sticker.id for sticker in reversed(made.documents)]
    assert len(recent.dates) == 2
    alice.call(api.messages.SaveRecentSticker(id=named(made.documents[0]), unsave=False))
    assert alice.call(api.messages.GetRecentStickers(hash=0)).stickers[0].id == made.documents[0].id
    alice.call(api.messages.SaveRecentSticker(id=named(made.documents[0]), unsave=True))
    assert len(alice.call(api.messages.GetRecentStickers(hash=0)).stickers) == 1
    assert alice.call(api.messages.GetRecentStickers(attached=True, hash=0)).stickers == []
    alice.call(api.messages.ClearRecentStickers())
    assert alice.call(api.messages.GetRecentStickers(hash=0)).stickers == []


def test_gifs(alice: Client, bob: Client) -> None:
    gif = document(alice, b"gif", "video/mp4", api.DocumentAttributeAnimated())
    tablet = alice.device()
    assert alice.call(api.messages.SaveGif(id=named(gif), unsave=False))
    assert tablet.pushes() == [api.UpdateSavedGifs()]
    found = alice.call(api.messages.GetSavedGifs(hash=0))
    assert [saved.id for saved in found.gifs] == [gif.id]
    assert isinstance(alice.call(api.messages.GetSavedGifs(hash=found.hash)), api.messages.SavedGifsNotModified)
    alice.call(api.messages.SaveGif(id=named(gif), unsave=True))
    assert alice.call(api.messages.GetSavedGifs(hash=0)).gifs == []
    media = api.InputMediaDocument(id=named(gif))
    alice.call(api.messages.SendMedia(peer=alice.peer(bob), media=media, message="", random_id=next(_RANDOM_IDS)))
    assert [saved.id for saved in alice.call(api.messages.GetSavedGifs(hash=0)).gifs] == [gif.id]
    text = document(alice, b"text", "text/plain")
    with pytest.raises(RpcError, match="GIF_ID_INVALID"):
        alice.call(api.messages.SaveGif(id=named(text), unsave=False))


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("😀😃", ["😀", "😃"]),
        ("❤️", ["❤"]),
        ("👨\u200d👩\u200d👧 👍🏽", ["👨\u200d👩\u200d👧", "👍🏽"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("1️⃣", ["1\u20e3"]),
        ("1", None),
        ("cat", None),
        ("", []),
    ],
)
def test_splitting_emoji(text: str, emoji: list[str] | None) -> None:
    assert split_emoji(text) == emoji


def test_a_sticker_in_a_secret_chat(alice: Client, bob: Client, carol: Client) -> None:
    """It is named as its sender names it: whoever has a secret chat with him gets it, if it is of a set."""
    create(alice, item(alice), short_name="secret_cats")
    sticker = fetch(alice, "secret_cats").documents[0]
    other = document(alice, b"no sticker", "text/plain")
    location = api.InputDocumentFileLocation(
        id=sticker.id, access_hash=sticker.access_hash, file_reference=b"", thumb_size=""
    )
    for client, error in ((alice, "FILE_REFERENCE_EMPTY"), (bob, "FILE_ID_INVALID")):
        with pytest.raises(RpcError, match=error):
            content(client, location)
    established(alice, bob)
    assert len(content(bob, location)) == sticker.size
    with pytest.raises(RpcError, match="FILE_ID_INVALID"):
        content(carol, location)
    location.id, location.access_hash = other.id, other.access_hash
    with pytest.raises(RpcError, match="FILE_ID_INVALID"):
        content(bob, location)
