"""Media of messages: what is stored, what a viewer gets, and what is refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sqlalchemy as sa

import tl
from layers.domain.files import access_document, access_photo, find_file
from layers.domain.media import DICE, index_reference_error, store_media
from layers.domain.privacy import PrivacyKey, set_rules
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError, bad_request
from layers.keys import FILE_REFERENCE_LIFE_S
from layers.schema import contacts, documents
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, statements, upload, within
from tl import api


def stored(client: Client, media: Any) -> Any:
    return within(client, lambda ctx: store_media(ctx, media))


def seen(client: Client, media: Any) -> Any:
    """The stored medium as the client sees it."""
    return within(client, lambda ctx: for_viewer(ctx, client.id, tl.decode(tl.encode(media))))


def refused(client: Client, media: Any) -> str:
    with pytest.raises(RpcError) as caught:
        stored(client, media)
    assert caught.value.code == 400
    return caught.value.message


def photo(client: Client, **flags: Any) -> Any:
    return stored(client, api.InputMediaUploadedPhoto(file=upload(client, picture(400, 300)), **flags))


def document(client: Client, data: bytes = b"data", *, attributes: Any = (), name: str = "a.bin", **fields: Any) -> Any:
    fields = {"mime_type": "application/zip", **fields}
    file = upload(client, data, name=name)
    return api.InputMediaUploadedDocument(file=file, attributes=list(attributes), **fields)


def attribute(media: Any, kind: type) -> Any:
    return next((item for item in media.document.attributes if isinstance(item, kind)), None)


def named(found: Any) -> Any:
    """How a client names what it was given."""
    kind = api.InputPhoto if isinstance(found, api.Photo) else api.InputDocument
    return kind(id=found.id, access_hash=found.access_hash, file_reference=found.file_reference)


# Photos


def test_a_photo_is_stored_without_what_depends_on_the_viewer(alice: Client, bob: Client) -> None:
    media = photo(alice, spoiler=True, ttl_seconds=10)
    assert (media.photo.access_hash, media.photo.file_reference) == (0, b"")
    assert (media.spoiler, media.ttl_seconds, media.photo.dc_id) == (True, 10, 2)
    assert [size.type for size in media.photo.sizes] == ["i", "s", "m", "x"]
    for_alice, for_bob = seen(alice, media).photo, seen(bob, media).photo
    assert for_alice.access_hash not in (0, for_bob.access_hash)
    assert for_alice.file_reference != for_bob.file_reference


@pytest.mark.parametrize(("ttl", "good"), [(1, True), (60, True), (0x7FFFFFFF, True), (61, False), (-1, False)])
def test_ttl(alice: Client, ttl: int, good: bool) -> None:
    media = api.InputMediaUploadedPhoto(file=upload(alice, picture(20, 20)), ttl_seconds=ttl)
    if good:
        assert stored(alice, media).ttl_seconds == ttl
    else:
        assert refused(alice, media) == "TTL_MEDIA_INVALID"


def test_a_picture_that_is_none(alice: Client) -> None:
    assert refused(alice, api.InputMediaUploadedPhoto(file=upload(alice, b"GIF90a?"))) == "PHOTO_EXT_INVALID"
    assert refused(alice, api.InputMediaUploadedPhoto(file=upload(alice, picture(2001, 50)))) == (
        "PHOTO_INVALID_DIMENSIONS"
    )


def test_a_live_photo_needs_its_video(alice: Client) -> None:
    file = upload(alice, picture(20, 20))
    assert refused(alice, api.InputMediaUploadedPhoto(file=file, live_photo=True)) == "VIDEO_FILE_INVALID"
    video = seen(alice, stored(alice, document(alice, mime_type="video/mp4"))).document
    media = stored(alice, api.InputMediaUploadedPhoto(file=file, live_photo=True, video=named(video)))
    assert media.live_photo
    assert seen(alice, media).video.access_hash == video.access_hash


# Documents


def test_a_document_keeps_its_attributes(alice: Client) -> None:
    given = [
        api.DocumentAttributeVideo(duration=12.5, w=640, h=480, supports_streaming=True, round_message=True),
        api.DocumentAttributeFilename(file_name="clip.mp4"),
        api.DocumentAttributeAnimated(),
    ]
    media = stored(alice, document(alice, b"v" * 5000, mime_type="Video/MP4", attributes=given, spoiler=True))
    assert media.document.attributes == given
    assert (media.video, media.round, media.voice, media.spoiler) == (True, True, False, True)
    assert (media.document.mime_type, media.document.size) == ("video/mp4", 5000)


def test_a_voice_message(alice: Client) -> None:
    voice = api.DocumentAttributeAudio(voice=True, duration=3, waveform=b"\x15" * 63)
    media = stored(alice, document(alice, mime_type="audio/ogg", attributes=[voice]))
    assert media.voice
    assert attribute(media, api.DocumentAttributeAudio) == voice


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\\b\0c", "a_b_c"),
        ("photo\u202egpj.exe", "photo_gpj.exe"),
        ("n" * 300 + ".txt", "n" * 251 + ".txt"),
        ("", "file"),
    ],
)
def test_file_names_are_made_harmless(alice: Client, given: str, kept: str) -> None:
    media = document(alice, attributes=[api.DocumentAttributeFilename(file_name=given)])
    assert attribute(stored(alice, media), api.DocumentAttributeFilename).file_name == kept


def test_the_name_of_the_upload_stands_in(alice: Client) -> None:
    media = stored(alice, document(alice, name="notes.txt"))
    assert attribute(media, api.DocumentAttributeFilename).file_name == "notes.txt"


def test_a_sender_cannot_claim_a_sticker_set(alice: Client) -> None:
    sticker = api.DocumentAttributeSticker(alt="🙂", stickerset=api.InputStickerSetShortName(short_name="official"))
    media = stored(
        alice,
        document(
            alice,
            picture(512, 512, "WEBP"),
            mime_type="image/webp",
            attributes=[sticker, api.DocumentAttributeHasStickers()],
        ),
    )
    assert attribute(media, api.DocumentAttributeSticker).stickerset == api.InputStickerSetEmpty()
    assert attribute(media, api.DocumentAttributeHasStickers) is None


@pytest.mark.parametrize(
    "bad",
    [
        api.DocumentAttributeImageSize(w=-1, h=5),
        api.DocumentAttributeVideo(duration=float("nan"), w=1, h=1),
        api.DocumentAttributeVideo(duration=-1.0, w=1, h=1),
        api.DocumentAttributeVideo(duration=1.0, w=1 << 20, h=1),
        api.DocumentAttributeAudio(duration=-5),
        api.DocumentAttributeAudio(duration=5, waveform=b"x" * 256),
    ],
)
def test_attributes_out_of_bounds(alice: Client, bad: Any) -> None:
    assert refused(alice, document(alice, attributes=[bad])) == "MEDIA_INVALID"


def test_too_many_attributes(alice: Client) -> None:
    assert refused(alice, document(alice, attributes=[api.DocumentAttributeAnimated()] * 17)) == "MEDIA_INVALID"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", "application/octet-stream"), ("a/b; c=d", "application/octet-stream"), ("Image/SVG+xml", "image/svg+xml")],
)
def test_mime_types(alice: Client, given: str, kept: str) -> None:
    assert stored(alice, document(alice, mime_type=given)).document.mime_type == kept


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_sent_as_a_file_gets_a_thumb_and_its_sides(alice: Client, format: str) -> None:
    wrong = api.DocumentAttributeImageSize(w=1, h=1)
    media = stored(
        alice,
        document(alice, picture(800, 400, format), mime_type=f"image/{format.lower()}", attributes=[wrong]),
    )
    assert [(size.type) for size in media.document.thumbs] == ["i", "m"]
    assert (media.document.thumbs[1].w, media.document.thumbs[1].h) == (320, 160)
    assert attribute(media, api.DocumentAttributeImageSize) == api.DocumentAttributeImageSize(w=800, h=400)


def test_a_broken_picture_is_a_file_like_any_other(alice: Client) -> None:
    media = stored(alice, document(alice, b"not a jpeg", mime_type="image/jpeg"))
    assert media.document.thumbs is None


def test_a_given_thumb(alice: Client) -> None:
    media = stored(alice, document(alice, mime_type="video/mp4", thumb=upload(alice, picture(500, 250))))
    assert [size.type for size in media.document.thumbs] == ["i", "m"]
    key = f"thumbs/{media.document.id:016x}/m"
    assert len(alice.server.services.blobs.get(key)) == media.document.thumbs[1].size
    media = stored(alice, document(alice, b"other", thumb=upload(alice, b"no picture")))
    assert media.document.thumbs is None
    lost = api.InputFile(id=-99, parts=1, name="t", md5_checksum="")
    assert refused(alice, document(alice, thumb=lost)) == "FILE_PART_0_MISSING"


def test_the_digest_of_a_small_file_is_kept(server: Harness, alice: Client) -> None:
    import hashlib

    stored(alice, document(alice, b"content"))
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(documents.c.sha256)) == hashlib.sha256(b"content").digest()


# Naming what is stored: access_file


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_what_was_received_may_be_sent_on(alice: Client, bob: Client, kind: str) -> None:
    if kind == "photo":
        media = photo(alice)
        again = stored(bob, api.InputMediaPhoto(id=named(seen(bob, media).photo), spoiler=True))
        assert again.photo == media.photo
    else:
        media = stored(alice, document(alice))
        again = stored(bob, api.InputMediaDocument(id=named(seen(bob, media).document), spoiler=True))
        assert again.document == media.document
    assert again.spoiler


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_references(server: Harness, alice: Client, bob: Client, kind: str) -> None:
    # checklist 95
    media = photo(alice) if kind == "photo" else stored(alice, document(alice))

    def name(viewer: Client) -> Any:
        return named(getattr(seen(viewer, media), kind))

    def ask(viewer: Client, given: Any) -> Any:
        wrapped: Any = api.InputMediaPhoto(id=given) if kind == "photo" else api.InputMediaDocument(id=given)
        return stored(viewer, wrapped)

    def refusal(viewer: Client, **changes: Any) -> str:
        given = name(alice)
        for field, value in changes.items():
            setattr(given, field, value)
        with pytest.raises(RpcError) as caught:
            ask(viewer, given)
        return caught.value.message

    invalid = f"{kind.upper()}_INVALID"
    good = name(alice)
    ask(alice, good)
    assert refusal(alice, access_hash=good.access_hash + 1) == invalid
    assert refusal(alice, id=good.id + 1) == invalid
    assert refusal(bob) == invalid
    assert refusal(bob, access_hash=name(bob).access_hash) == "FILE_REFERENCE_INVALID"
    assert refusal(alice, file_reference=b"") == "FILE_REFERENCE_EMPTY"
    assert refusal(alice, file_reference=b"x" * 16) == "FILE_REFERENCE_INVALID"
    assert refusal(alice, file_reference=good.file_reference + b"x") == "FILE_REFERENCE_INVALID"
    server.clock.advance(FILE_REFERENCE_LIFE_S + 3600)
    assert refusal(alice, file_reference=good.file_reference) == "FILE_REFERENCE_EXPIRED"
    ask(alice, name(alice))


def test_a_photo_s_name_is_not_a_document_s(alice: Client) -> None:
    found = seen(alice, photo(alice)).photo
    with pytest.raises(RpcError, match="DOCUMENT_INVALID"):
        within(
            alice,
            lambda ctx: access_document(
                ctx, api.InputDocument(id=found.id, access_hash=found.access_hash, file_reference=found.file_reference)
            ),
        )


def test_empty_names(alice: Client) -> None:
    assert refused(alice, api.InputMediaPhoto(id=api.InputPhotoEmpty())) == "PHOTO_INVALID"
    assert refused(alice, api.InputMediaDocument(id=api.InputDocumentEmpty())) == "DOCUMENT_INVALID"


def test_queries(server: Harness, alice: Client) -> None:
    media = api.InputMediaUploadedPhoto(file=upload(alice, picture(50, 50)))
    assert statements(server, alice, lambda ctx: store_media(ctx, media)) == 2
    assert statements(server, alice, lambda ctx: store_media(ctx, media)) == 1
    found = seen(alice, stored(alice, media)).photo
    assert statements(server, alice, lambda ctx: access_photo(ctx, named(found))) == 1
    location = api.InputPhotoFileLocation(
        id=found.id, access_hash=found.access_hash, file_reference=found.file_reference, thumb_size="s"
    )
    assert statements(server, alice, lambda ctx: find_file(ctx, location)) == 1
    assert statements(server, alice, lambda ctx: for_viewer(ctx, 1, found)) == 0


def test_a_reference_error_in_an_album_names_its_medium() -> None:
    assert index_reference_error(bad_request("FILE_REFERENCE_EXPIRED"), 2).message == "FILE_REFERENCE_2_EXPIRED"
    other = bad_request("MEDIA_INVALID")
    assert index_reference_error(other, 2) is other


@pytest.mark.parametrize(
    "location",
    [
        api.InputTakeoutFileLocation(),
        api.InputStickerSetThumb(stickerset=api.InputStickerSetEmpty(), thumb_version=1),
        api.InputFileLocation(volume_id=1, local_id=1, secret=1, file_reference=b""),
    ],
)
def test_locations_this_server_does_not_have(alice: Client, location: Any) -> None:
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        within(alice, lambda ctx: find_file(ctx, location))


# What a viewer gets


def test_every_place_of_a_message_is_filled(alice: Client, bob: Client) -> None:
    cover = photo(alice).photo
    media = stored(alice, document(alice, mime_type="video/mp4"))
    media.video_cover = cover
    media.alt_documents = [stored(alice, document(alice, b"other")).document]
    message = api.Message(id=1, peer_id=api.PeerUser(user_id=bob.id), date=0, message="", media=media)
    got = seen(bob, message)
    for found in (got.media.document, got.media.video_cover, got.media.alt_documents[0]):
        assert found.access_hash
        assert found.file_reference
    service = api.MessageService(
        id=2,
        peer_id=api.PeerUser(user_id=bob.id),
        date=0,
        action=api.MessageActionSuggestProfilePhoto(photo=cover),
    )
    assert seen(bob, service).action.photo.access_hash


def test_a_text_has_nothing_to_fill(alice: Client) -> None:
    message = api.Message(id=1, peer_id=api.PeerUser(user_id=1), date=0, message="hi")
    assert within(alice, lambda ctx: for_viewer(ctx, alice.id, message)) is message
    assert within(alice, lambda ctx: for_viewer(ctx, alice.id, None)) is None


# Points, venues, contacts, dice


def point(lat: float, long: float, accuracy: int | None = None) -> Any:
    return api.InputGeoPoint(lat=lat, long=long, accuracy_radius=accuracy)


def test_a_point(alice: Client) -> None:
    media = stored(alice, api.InputMediaGeoPoint(geo_point=point(-33.9, 151.2, 20)))
    assert media.geo == api.GeoPoint(lat=-33.9, long=151.2, access_hash=0, accuracy_radius=20)


@pytest.mark.parametrize(
    "bad",
    [
        point(90.1, 0),
        point(0, -180.5),
        point(float("nan"), 0),
        point(0, float("inf")),
        point(0, 0, -1),
        api.InputGeoPointEmpty(),
    ],
)
def test_points_that_are_not_on_earth(alice: Client, bad: Any) -> None:
    assert refused(alice, api.InputMediaGeoPoint(geo_point=bad)) == "GEO_POINT_INVALID"


def test_a_venue(alice: Client) -> None:
    texts = {"title": "Café", "address": "Main St 1", "provider": "foursquare", "venue_id": "x", "venue_type": ""}
    media = stored(alice, api.InputMediaVenue(geo_point=point(1, 2), **texts))
    assert (media.title, media.address, media.geo.lat) == ("Café", "Main St 1", 1)
    for bad in ({"title": " "}, {"address": "a" * 256}):
        assert refused(alice, api.InputMediaVenue(geo_point=point(1, 2), **{**texts, **bad})) == "MEDIA_INVALID"


def contact(phone: str, **fields: str) -> Any:
    texts = {"first_name": "Bob", "last_name": "", "vcard": "", **fields}
    return api.InputMediaContact(phone_number=phone, **texts)


def test_a_contact_is_resolved_as_privacy_allows(server: Harness, alice: Client) -> None:
    bob = server.user("Bob", phone="491701234567")
    assert stored(alice, contact("+49 170 1234567")).user_id == bob.id
    assert stored(alice, contact("+49 170 7654321")).user_id == 0
    within(bob, lambda ctx: set_rules(ctx, bob.id, PrivacyKey.ADDED_BY_PHONE, [api.PrivacyValueDisallowAll()]))
    assert stored(alice, contact("+491701234567")).user_id == 0
    assert stored(bob, contact("+491701234567")).user_id == bob.id
    row = {"owner_id": alice.id, "contact_id": bob.id, "phone": "491701234567", "first_name": "B", "date": 0}
    within(alice, lambda ctx: ctx.db.execute(sa.insert(contacts), row))
    assert stored(alice, contact("+491701234567")).user_id == bob.id


@pytest.mark.parametrize(
    ("media", "error"),
    [
        (contact(""), "MEDIA_INVALID"),
        (contact("call me"), "MEDIA_INVALID"),
        (contact("1" * 33), "MEDIA_INVALID"),
        (contact("123", vcard="v" * 9000), "MEDIA_INVALID"),
        (contact("123", first_name="n" * 65), "MEDIA_INVALID"),
        (contact("123", first_name=" "), "CONTACT_NAME_EMPTY"),
    ],
)
def test_contacts_out_of_bounds(alice: Client, media: Any, error: str) -> None:
    assert refused(alice, media) == error


@pytest.mark.parametrize(("emoticon", "highest"), DICE.items())
def test_dice_show_every_value_and_no_other(alice: Client, emoticon: str, highest: int) -> None:
    values = set()
    for _ in itertools.takewhile(lambda n: n < 5000 and len(values) < highest, itertools.count()):
        values.add(stored(alice, api.InputMediaDice(emoticon=emoticon)).value)
    assert values == set(range(1, highest + 1))


def test_dice_of_other_emoji(alice: Client) -> None:
    assert refused(alice, api.InputMediaDice(emoticon="")) == "EMOTICON_EMPTY"
    assert refused(alice, api.InputMediaDice(emoticon="🙂")) == "EMOTICON_INVALID"
    assert stored(alice, api.InputMediaDice(emoticon="⚽\ufe0f")).emoticon == "⚽"


@pytest.mark.parametrize(
    ("media", "error"),
    [
        (api.InputMediaEmpty(), "MEDIA_EMPTY"),
        (api.InputMediaPhotoExternal(url="http://169.254.169.254/"), "MEDIA_INVALID"),
        (api.InputMediaStory(peer=api.InputPeerSelf(), id=1), "MEDIA_INVALID"),
    ],
)
def test_kinds_this_server_does_not_have(alice: Client, media: Any, error: str) -> None:
    assert refused(alice, media) == error
