"""Profile photos: installing, removing, listing, and who is told and shown what."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain.blocks import block
from layers.domain.files import find_file
from layers.domain.privacy import PrivacyKey, set_rules
from layers.errors import RpcError
from layers.schema import contacts
from tests.harness import Client, Harness
from tests.unit.files.uploading import opened, picture, upload, within
from tl import api

HIDE = [api.PrivacyValueDisallowAll()]


def install(client: Client, *, fallback: bool = False, side: int = 200) -> Any:
    """Upload a new photo; the photo as its owner gets it."""
    file = upload(client, picture(side, side))
    return client.call(api.photos.UploadProfilePhoto(file=file, fallback=fallback)).photo


def named(photo: Any) -> Any:
    return api.InputPhoto(id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference)


def listed(client: Client, owner: Client, *, offset: int = 0, max_id: int = 0, limit: int = 100) -> Any:
    return client.call(
        api.photos.GetUserPhotos(user_id=client.input_user(owner), offset=offset, max_id=max_id, limit=limit)
    )


def ids(answer: Any) -> list[int]:
    return [photo.id for photo in answer.photos]


def know(client: Client, other: Client) -> None:
    """Put the other into the client's address book."""
    row = {"owner_id": client.id, "contact_id": other.id, "first_name": "X", "date": 0}
    within(client, lambda ctx: ctx.db.execute(sa.insert(contacts), row))


def read(client: Client, owner: Client, photo_id: int, *, big: bool = False) -> bytes:
    """The bytes behind inputPeerPhotoFileLocation."""
    location = api.InputPeerPhotoFileLocation(peer=client.peer(owner), photo_id=photo_id, big=big)
    file = within(client, lambda ctx: find_file(ctx, location))
    return client.server.services.blobs.get(file.prefix)


def refused(client: Client, request: Any) -> str:
    with pytest.raises(RpcError) as caught:
        client.call(request)
    return caught.value.message


def test_a_new_photo_is_shown_everywhere(alice: Client, bob: Client) -> None:
    second = alice.device()
    know(bob, alice)
    answer = alice.call(api.photos.UploadProfilePhoto(file=upload(alice, picture(700, 900))))
    photo = answer.photo
    assert [(size.type, getattr(size, "w", 0)) for size in photo.sizes] == [
        ("i", 0),
        ("a", 160),
        ("b", 320),
        ("c", 640),
    ]
    assert answer.users[0].photo.photo_id == photo.id
    assert answer.users[0].photo.stripped_thumb == photo.sizes[0].bytes
    assert alice.pushes() == []
    assert second.pushes() == bob.pushes() == [api.UpdateUser(user_id=alice.id)]
    seen = listed(bob, alice)
    assert ids(seen) == [photo.id]
    assert seen.photos[0].access_hash not in (0, photo.access_hash)
    assert opened(read(bob, alice, photo.id)).size == (160, 160)
    assert opened(read(bob, alice, photo.id, big=True)).size == (640, 640)


def test_strangers_are_not_told(alice: Client, bob: Client) -> None:
    install(alice)
    assert bob.pushes() == []


def test_the_list_is_newest_first_and_paged(alice: Client, bob: Client) -> None:
    made = [install(alice).id for _ in range(5)][::-1]
    everything = listed(bob, alice)
    assert isinstance(everything, api.photos.Photos)
    assert ids(everything) == made
    page = listed(bob, alice, offset=1, limit=2)
    assert isinstance(page, api.photos.PhotosSlice)
    assert (page.count, ids(page)) == (5, made[1:3])
    assert ids(listed(bob, alice, max_id=made[2])) == made[3:]
    assert ids(listed(bob, alice, offset=-3, limit=-1)) == []
    assert ids(listed(bob, alice, offset=50)) == []
    assert listed(bob, alice, offset=50).count == 5
    request = api.photos.GetUserPhotos(user_id=bob.input_user(alice), offset=0, max_id=12345, limit=10)
    assert refused(bob, request) == "MAX_ID_INVALID"


def test_an_earlier_photo_may_be_installed_again(alice: Client) -> None:
    first, second = install(alice), install(alice)
    answer = alice.call(api.photos.UpdateProfilePhoto(id=named(first)))
    assert answer.photo.id == answer.users[0].photo.photo_id == first.id
    assert ids(listed(alice, alice)) == [first.id, second.id]


def test_a_photo_of_a_message_is_cropped(alice: Client, bob: Client) -> None:
    from layers.domain.media import store_media
    from layers.domain.viewer_media import for_viewer

    media = api.InputMediaUploadedPhoto(file=upload(bob, picture(900, 500)))
    stored = within(bob, lambda ctx: store_media(ctx, media))
    sent: Any = within(alice, lambda ctx: for_viewer(ctx, alice.id, stored))
    answer = alice.call(api.photos.UpdateProfilePhoto(id=named(sent.photo)))
    assert [size.type for size in answer.photo.sizes] == ["i", "a", "b", "c"]
    assert opened(read(bob, alice, answer.photo.id, big=True)).size == (500, 500)


def test_removing_shows_the_one_before(alice: Client, bob: Client) -> None:
    first, second = install(alice), install(alice)
    answer = alice.call(api.photos.UpdateProfilePhoto(id=api.InputPhotoEmpty()))
    assert answer.photo.id == answer.users[0].photo.photo_id == first.id
    assert ids(listed(bob, alice)) == [first.id]
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        read(bob, alice, second.id)
    answer = alice.call(api.photos.UpdateProfilePhoto(id=api.InputPhotoEmpty()))
    assert isinstance(answer.photo, api.PhotoEmpty)
    assert answer.users[0].photo is None
    answer = alice.call(api.photos.UpdateProfilePhoto(id=api.InputPhotoEmpty()))
    assert isinstance(answer.photo, api.PhotoEmpty)


def test_deleting(alice: Client, bob: Client) -> None:
    photos = [install(alice) for _ in range(3)]
    other = install(bob)
    second = alice.device()
    wrong = named(photos[0])
    wrong.access_hash += 1
    assert alice.call(api.photos.DeletePhotos(id=[wrong, named(other), api.InputPhotoEmpty()])) == []
    assert second.pushes() == []
    assert alice.call(api.photos.DeletePhotos(id=[named(photos[1])])) == [photos[1].id]
    assert second.pushes() == []
    assert alice.call(api.photos.DeletePhotos(id=[named(photos[2])])) == [photos[2].id]
    assert second.pushes() == [api.UpdateUser(user_id=alice.id)]
    assert ids(listed(bob, alice)) == [photos[0].id]
    assert ids(listed(alice, bob)) == [other.id]
    assert refused(alice, api.photos.DeletePhotos(id=[named(photos[0])] * 101)) == "LIMIT_INVALID"


def test_privacy_hides_the_list_and_the_bytes(alice: Client, bob: Client) -> None:
    photo = install(alice)
    read(bob, alice, photo.id)
    within(alice, lambda ctx: set_rules(ctx, alice.id, PrivacyKey.PROFILE_PHOTO, HIDE))
    hidden = listed(bob, alice)
    assert (hidden.photos, hidden.users[0].photo) == ([], None)
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        read(bob, alice, photo.id)
    assert ids(listed(alice, alice)) == [photo.id]
    read(alice, alice, photo.id)


def test_the_fallback_photo_is_for_those_who_may_not_see_the_others(alice: Client, bob: Client) -> None:
    photo = install(alice)
    fallback = install(alice, fallback=True)
    assert ids(listed(bob, alice)) == ids(listed(alice, alice)) == [photo.id]
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        read(bob, alice, fallback.id)
    within(alice, lambda ctx: set_rules(ctx, alice.id, PrivacyKey.PROFILE_PHOTO, HIDE))
    seen = listed(bob, alice)
    assert ids(seen) == [seen.users[0].photo.photo_id] == [fallback.id]
    read(bob, alice, fallback.id)
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        read(bob, alice, photo.id)
    removed = alice.call(api.photos.UpdateProfilePhoto(id=api.InputPhotoEmpty(), fallback=True))
    assert isinstance(removed.photo, api.PhotoEmpty)
    assert listed(bob, alice).photos == []


def test_whoever_is_blocked_sees_no_photo(alice: Client, bob: Client) -> None:
    photo = install(alice)
    within(alice, lambda ctx: block(ctx, alice.id, [bob.id]))
    assert listed(bob, alice).photos == []
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        read(bob, alice, photo.id)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "PHOTO_FILE_MISSING"),
        ({"video": api.InputFile(id=1, parts=1, name="v.mp4", md5_checksum="")}, "VIDEO_FILE_INVALID"),
        (
            {"video_emoji_markup": api.VideoSizeEmojiMarkup(emoji_id=1, background_colors=[1])},
            "EMOJI_MARKUP_INVALID",
        ),
        ({"bot": api.InputUserSelf()}, "BOT_INVALID"),
        ({"file": api.InputFile(id=77, parts=1, name="n", md5_checksum="")}, "FILE_PART_0_MISSING"),
    ],
)
def test_uploads_that_are_refused(alice: Client, fields: Any, error: str) -> None:
    assert refused(alice, api.photos.UploadProfilePhoto(**fields)) == error
    assert listed(alice, alice).photos == []


def test_pictures_that_are_refused(alice: Client) -> None:
    for data, error in ((picture(100, 100), "PHOTO_CROP_SIZE_SMALL"), (b"text", "PHOTO_EXT_INVALID")):
        assert refused(alice, api.photos.UploadProfilePhoto(file=upload(alice, data))) == error


def test_a_photo_one_was_not_shown_cannot_be_installed(alice: Client, bob: Client) -> None:
    assert refused(bob, api.photos.UpdateProfilePhoto(id=named(install(alice)))) == "PHOTO_ID_INVALID"


def test_the_list_costs_a_constant_number_of_queries(server: Harness, alice: Client, bob: Client) -> None:
    from layers.domain.user_photos import list_photos
    from tests.unit.files.uploading import statements

    def cost() -> int:
        return statements(server, bob, lambda ctx: list_photos(ctx, bob.id, alice.id, offset=0, max_id=0, limit=100))

    install(alice)
    once = cost()
    for _ in range(4):
        install(alice)
    assert cost() == once
