"""Contacts, blocking and profiles with Telethon."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from telethon.errors import (
    UsernameInvalidError,
    UsernameOccupiedError,
    YouBlockedUserError,
)
from telethon.tl import functions, types

from tests.e2e.people import Circle, People, Person


def _picture(color: str, size: int = 640) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (size, size), color).save(data, "JPEG")
    return data.getvalue()


async def _contacts(person: Person) -> set[int]:
    found = await person(functions.contacts.GetContactsRequest(hash=0))
    return {contact.user_id for contact in found.contacts}


async def test_import_add_and_delete_contacts(people: People) -> None:
    alice, bob, carol = [await people.sign_up(name) for name in ("Alice", "Bob", "Carol")]
    found = await alice(
        functions.contacts.ImportContactsRequest(
            [
                types.InputPhoneContact(7, bob.phone, "Bobby", "from work"),
                types.InputPhoneContact(8, "+999669999999", "Nobody", ""),
            ]
        )
    )
    assert [(entry.user_id, entry.client_id) for entry in found.imported] == [(bob.id, 7)]
    [user] = found.users
    assert (user.first_name, user.last_name, user.contact, user.mutual_contact) == ("Bobby", "from work", True, False)
    assert user.phone == bob.phone.lstrip("+")
    await people.introduce(carol, alice)
    await alice(
        functions.contacts.AddContactRequest(
            id=await alice.peer(carol), first_name="Caroline", last_name="", phone="", add_phone_privacy_exception=True
        )
    )
    assert await _contacts(alice) == {bob.id, carol.id}
    tablet = await people.another_device(alice)
    assert await _contacts(tablet) == {bob.id, carol.id}
    assert (await tablet.client.get_entity(carol.id)).first_name == "Caroline"
    assert (await alice.client.get_entity(carol.id)).mutual_contact
    await alice(functions.contacts.DeleteContactsRequest(id=[await alice.peer(bob)]))
    assert await _contacts(alice) == {carol.id}
    again = (await alice(functions.users.GetUsersRequest(id=[await alice.peer(bob)])))[0]
    assert (again.first_name, again.contact) == ("Bob", False)


async def test_blocking(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice(functions.contacts.BlockRequest(id=await alice.peer(bob)))
    blocked = await circle.tablet.told.wait_for(types.UpdatePeerBlocked)
    assert (blocked.peer_id.user_id, blocked.blocked) == (bob.id, True)
    found = await circle.tablet(functions.contacts.GetBlockedRequest(offset=0, limit=10))
    assert [entry.peer_id.user_id for entry in found.blocked] == [bob.id]
    # The blocked one sees a message that is never delivered; the other way it is an error.
    await bob.send(alice, "are you there?")
    with pytest.raises(YouBlockedUserError):
        await alice.send(bob, "no")
    assert (await alice(functions.users.GetFullUserRequest(await alice.peer(bob)))).full_user.blocked
    await alice(functions.contacts.UnblockRequest(id=await alice.peer(bob)))
    await bob.send(alice, "hello again")
    await alice.told.message("hello again")
    assert [m.message for m in await alice.history(bob)] == ["hello again"]


async def test_profile_and_username(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice(functions.account.UpdateProfileRequest(first_name="Alicia", last_name="Liddell", about="curious"))
    changed = await circle.tablet.told.wait_for(types.UpdateUserName)
    assert (changed.user_id, changed.first_name, changed.last_name) == (alice.id, "Alicia", "Liddell")
    name = f"alice_{alice.id}"
    assert await alice(functions.account.CheckUsernameRequest(name))
    await alice(functions.account.UpdateUsernameRequest(name))
    update = await circle.tablet.told.wait_for(types.UpdateUserName)
    assert [entry.username for entry in update.usernames] == [name]
    with pytest.raises(UsernameOccupiedError):
        await bob(functions.account.UpdateUsernameRequest(name.upper()))
    with pytest.raises(UsernameInvalidError):
        await bob(functions.account.UpdateUsernameRequest("1x"))
    resolved = await bob(functions.contacts.ResolveUsernameRequest(name))
    assert resolved.peer.user_id == alice.id
    assert (await bob(functions.users.GetFullUserRequest(name))).full_user.about == "curious"
    found = await circle.carol(functions.contacts.SearchRequest(q=name, limit=5))
    assert alice.id in {user.id for user in found.users}


async def test_profile_photo(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    file = await alice.client.upload_file(_picture("red"), file_name="me.jpg")
    uploaded = await alice(functions.photos.UploadProfilePhotoRequest(file=file))
    assert {"a", "b", "c"} <= {size.type for size in uploaded.photo.sizes}
    seen = await bob.client.get_entity(alice.id)
    assert seen.photo.photo_id == uploaded.photo.id
    small = await bob.client.download_profile_photo(alice.id, bytes, download_big=False)
    big = await bob.client.download_profile_photo(alice.id, bytes, download_big=True)
    for data, side in ((small, 160), (big, 640)):
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (side, side)
    assert len(await bob.client.get_profile_photos(alice.id)) == 1
    await alice(
        functions.photos.DeletePhotosRequest(
            id=[types.InputPhoto(uploaded.photo.id, uploaded.photo.access_hash, uploaded.photo.file_reference)]
        )
    )
    assert len(await bob.client.get_profile_photos(alice.id)) == 0
