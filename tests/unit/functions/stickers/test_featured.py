"""Sets that the operator recommends, and searching all stickers: https://core.telegram.org/api/stickers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import featured_sets
from layers.domain.hashes import vector_hash
from layers.schema import sticker_sets
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.stickers.offering import offer
from tests.unit.functions.stickers.test_sets import by_name, create, item
from tl import api

M = api.messages


def featured(client: Client, hash: int = 0) -> Any:
    return client.call(M.GetFeaturedStickers(hash=hash))


def names(answer: Any) -> list[str]:
    return [covered.set.short_name for covered in answer.sets]


def recommend(server: Harness, *short_names: str) -> None:
    offer(server, "featured_sets.json", [{"short_name": name} for name in short_names])


def test_recommended_sets_are_seen(server: Harness, alice: Client, bob: Client) -> None:
    recommend(server, "dogs", "Cats", "logos", "coming")
    cats, dogs = create(alice, short_name="cats"), create(alice, short_name="dogs")
    logos = create(alice, item(alice, size=(100, 100)), short_name="logos", emojis=True)
    found = featured(bob)
    assert names(found) == ["dogs", "cats"] and found.count == 2
    assert found.unread == [dogs.set.id, cats.set.id]
    assert found.hash == vector_hash([dogs.set.id, 1, cats.set.id, 1])
    assert featured(bob, found.hash) == M.FeaturedStickersNotModified(count=2)
    assert names(bob.call(M.GetFeaturedEmojiStickers(hash=0))) == ["logos"]

    tablet = server.device(bob.id)
    tablet.pushes()
    assert bob.call(M.ReadFeaturedStickers(id=[dogs.set.id]))
    assert tablet.pushes() == [api.UpdateReadFeaturedStickers()]
    fresh = featured(tablet, found.hash)
    assert fresh.unread == [cats.set.id] and fresh.hash == vector_hash([dogs.set.id, cats.set.id, 1])
    # What is installed is known.
    bob.call(M.InstallStickerSet(stickerset=by_name("cats"), archived=False))
    assert featured(bob).unread == []
    tablet.pushes()
    assert bob.call(M.ReadFeaturedStickers(id=[]))
    assert tablet.pushes() == [api.UpdateReadFeaturedEmojiStickers()]
    assert bob.call(M.GetFeaturedEmojiStickers(hash=0)).unread == []
    assert bob.call(M.ReadFeaturedStickers(id=[logos.set.id]))
    assert tablet.pushes() == []
    # Others have not seen them.
    assert featured(alice).unread == [dogs.set.id, cats.set.id]

    recommend(server, "cats", "coming")
    create(alice, short_name="coming")
    assert names(featured(bob)) == ["cats", "coming"]


def test_old_ones_are_behind(
    server: Harness, alice: Client, monkeypatch: pytest.MonkeyPatch, queries: list[str], fails: Callable[..., Any]
) -> None:
    monkeypatch.setattr(featured_sets, "FEATURED_MAX", 1)
    made = [create(alice, short_name=name) for name in ("one", "two", "three")]
    recommend(server, "one", "two", "three")
    assert names(featured(alice)) == ["one"] and featured(alice).count == 3
    old = alice.call(M.GetOldFeaturedStickers(offset=0, limit=1, hash=0))
    assert names(old) == ["two"] and old.unread == [] and old.count == 3
    known = M.GetOldFeaturedStickers(offset=0, limit=1, hash=old.hash)
    assert alice.call(known) == M.FeaturedStickersNotModified(count=3)
    assert names(alice.call(M.GetOldFeaturedStickers(offset=1, limit=5, hash=0))) == ["three"]
    assert alice.call(M.ReadFeaturedStickers(id=[made[1].set.id]))
    assert featured(alice).unread == [made[0].set.id]
    fails("LIMIT_INVALID", alice, M.ReadFeaturedStickers(id=[1] * 201))
    queries.clear()
    featured(alice)
    few = len(queries)
    monkeypatch.setattr(featured_sets, "FEATURED_MAX", 3)
    queries.clear()
    featured(alice)
    assert len(queries) == few


# Searching


def search(client: Client, **options: Any) -> Any:
    given = {"q": "", "emoticon": "", "lang_code": [], "offset": 0, "limit": 20, "hash": 0, **options}
    return client.call(M.SearchStickers(**given))


def documents(client: Client, name: str) -> list[int]:
    found = client.call(M.GetStickerSet(stickerset=by_name(name), hash=0))
    return [document.id for document in found.documents]


def test_stickers_of_all_sets_by_emoji_own_ones_first(server: Harness, alice: Client, bob: Client) -> None:
    for name in ("aa", "bb", "cc"):
        create(alice, item(alice, "🐱"), short_name=name)
    recommend(server, "bb")
    bob.call(M.InstallStickerSet(stickerset=by_name("cc"), archived=False))
    found = search(bob, emoticon="🐱", limit=2)
    assert [document.id for document in found.stickers] == documents(bob, "cc") + documents(bob, "bb")
    assert found.next_offset == 2
    known = search(bob, emoticon="🐱", limit=2, hash=found.hash)
    assert known == M.FoundStickersNotModified(next_offset=2)
    rest = search(bob, emoticon="🐱", limit=2, offset=2)
    assert [document.id for document in rest.stickers] == documents(bob, "aa") and rest.next_offset is None
    assert search(bob, emoticon="🐶").stickers == []
    assert search(bob, emoticon="🐱", emojis=True).stickers == []


def test_stickers_by_words(server: Harness, alice: Client, bob: Client) -> None:
    create(alice, item(alice, "🐱", keywords="Office,party hat"), item(alice, "🐶"), short_name="pets")
    office, dog = documents(bob, "pets")
    offer(server, "emoji_keywords.json", [{"lang_code": "en", "keywords": {"doggy": ["🐶"]}}])
    assert [document.id for document in search(bob, q="PARTY").stickers] == [office]
    assert [document.id for document in search(bob, q="dog", lang_code=["en"]).stickers] == [dog]
    assert search(bob, q="dog", lang_code=["de"]).stickers == []
    assert search(bob, q="  ", lang_code=["en"]).stickers == []
    (shown, _) = bob.call(M.GetStickerSet(stickerset=by_name("pets"), hash=0)).documents
    own = alice.call(M.GetStickerSet(stickerset=by_name("pets"), hash=0)).documents[0]
    named = api.InputDocument(id=own.id, access_hash=own.access_hash, file_reference=own.file_reference)
    alice.call(api.stickers.ChangeSticker(sticker=named, keywords="work"))
    assert search(bob, q="office").stickers == []
    assert [document.id for document in search(bob, q="work").stickers] == [shown.id]
    alice.call(api.stickers.RemoveStickerFromSet(sticker=named))
    assert search(bob, q="work").stickers == []


def test_custom_emoji_of_all_sets(server: Harness, alice: Client, bob: Client) -> None:
    create(alice, item(alice, "🐱", size=(100, 100)), short_name="tiny", emojis=True)
    found = bob.call(M.SearchCustomEmoji(emoticon="🐱", hash=0))
    assert found.document_id == documents(bob, "tiny")
    assert isinstance(bob.call(M.SearchCustomEmoji(emoticon="🐱", hash=found.hash)), api.EmojiListNotModified)
    alice.call(api.stickers.DeleteStickerSet(stickerset=by_name("tiny")))
    assert bob.call(M.SearchCustomEmoji(emoticon="🐱", hash=0)).document_id == []
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(sticker_sets)) == 0


# On pictures


def named(found: Any) -> Any:
    return {"id": found.id, "access_hash": found.access_hash, "file_reference": found.file_reference}


def test_stickers_on_pictures(alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    cats, dogs = create(alice, short_name="cats"), create(alice, short_name="dogs")
    put = [api.InputDocument(**named(made.documents[0])) for made in (dogs, cats, dogs)]
    photo = api.InputMediaUploadedPhoto(file=upload(alice, picture(40, 40), part_size=1 << 16), stickers=put)
    video = api.InputMediaUploadedDocument(
        file=upload(alice, b"video"), mime_type="video/mp4", attributes=[], stickers=put[1:2]
    )
    plain = api.InputMediaUploadedPhoto(file=upload(alice, picture(50, 40), part_size=1 << 16))
    for number, media in enumerate((photo, video, plain)):
        alice.call(M.SendMedia(peer=alice.peer(bob), media=media, message="", random_id=number + 1))
    alice.server.settle()
    seen = bob.call(
        M.GetHistory(
            peer=bob.peer(alice), offset_id=0, offset_date=0, add_offset=0, limit=5, max_id=0, min_id=0, hash=0
        )
    ).messages
    bare, film, shot = (message.media for message in seen)
    assert shot.photo.has_stickers and not bare.photo.has_stickers
    assert api.DocumentAttributeHasStickers() in film.document.attributes

    def attached(media: Any) -> list[str]:
        return [found.set.short_name for found in bob.call(M.GetAttachedStickers(media=media))]

    def of_photo(found: Any, **changes: Any) -> Any:
        return api.InputStickeredMediaPhoto(id=api.InputPhoto(**{**named(found), **changes}))

    assert attached(of_photo(shot.photo)) == ["dogs", "cats"]
    assert attached(api.InputStickeredMediaDocument(id=api.InputDocument(**named(film.document)))) == ["cats"]
    assert attached(of_photo(bare.photo)) == []
    # The photo itself says so, wherever it is sent.
    again = alice.call(M.UploadMedia(peer=api.InputPeerSelf(), media=photo))
    assert again.photo.has_stickers
    fails("MEDIA_EMPTY", bob, M.GetAttachedStickers(media=of_photo(shot.photo, access_hash=1)))
    nobody = api.InputMediaUploadedPhoto(
        file=upload(alice, picture(60, 40), part_size=1 << 16),
        stickers=[api.InputDocument(id=put[0].id, access_hash=1, file_reference=b"")],
    )
    fails("DOCUMENT_INVALID", alice, M.UploadMedia(peer=api.InputPeerSelf(), media=nobody))
    photo.stickers = put[:1] * 101
    fails("MEDIA_INVALID", alice, M.UploadMedia(peer=api.InputPeerSelf(), media=photo))
