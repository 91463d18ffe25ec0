"""users.getFullUser: a user's page as others may see it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import tl
from layers.domain.birthdays import pack_birthday
from layers.domain.contacts import peer_settings, peer_settings_of
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.privacy import PrivacyKey, set_rules
from layers.domain.tags import Tag
from layers.errors import RpcError
from layers.schema import boxes, dialogs, message_tags, notify_settings, photos, users
from tests.harness import START, Client, Harness
from tests.unit.functions.contacts.test_book import add
from tl import api


def full(viewer: Client, user: Client) -> Any:
    """The userFull of users.getFullUser."""
    answer = viewer.call(api.users.GetFullUser(id=viewer.input_user(user)))
    assert [item.id for item in answer.users] == [user.id]
    return answer.full_user


def write(server: Harness, statement: Any, *rows: Any) -> None:
    """Run a statement in a unit of work of its own."""
    with server.services.database.transaction(writes=True) as db:
        db.execute(statement, list(rows) or None)


def hide(server: Harness, owner: Client, *keys: PrivacyKey) -> None:
    """Let nobody see these."""
    with server.services.database.transaction(writes=True) as db:
        for key in keys:
            set_rules(server.context(db), owner.id, key, [api.PrivacyValueDisallowAll()])


def settings_of(server: Harness, viewer: Client, user_id: int) -> Any:
    """peerSettings."""
    with server.services.database.transaction(writes=False) as db:
        return peer_settings(server.context(db), viewer.id, user_id)


def talk(server: Harness, owner: Client, other: Client, *senders: Client, **columns: Any) -> None:
    """A chat in the owner's box; the senders of its messages in their order."""
    dialog = {"owner_id": owner.id, "peer_key": other.id, "top_message_id": len(senders), **columns}
    write(server, sa.insert(dialogs), dialog)
    messages = [
        {
            "owner_id": owner.id,
            "message_id": number,
            "content_id": number,
            "peer_key": other.id,
            "sender_id": sender.id,
            "date": START,
            "pts": number,
        }
        for number, sender in enumerate(senders, 1)
    ]
    if messages:
        write(server, sa.insert(boxes), *messages)


def test_own_page(server: Harness, alice: Client) -> None:
    write(server, sa.update(users).where(users.c.id == alice.id).values(about="me", birthday=9_21))
    hide(server, alice, *PrivacyKey)
    page = alice.call(api.users.GetFullUser(id=api.InputUserSelf())).full_user
    assert (page.id, page.about, page.birthday) == (alice.id, "me", api.Birthday(day=21, month=9))
    assert page.settings == api.PeerSettings()
    assert page.can_pin_message
    assert page.private_forward_name is None
    assert not page.voice_messages_forbidden


def test_a_strangers_page(server: Harness, alice: Client, bob: Client) -> None:
    birthday = pack_birthday(api.Birthday(day=1, month=2, year=1990))
    write(server, sa.update(users).where(users.c.id == bob.id).values(about="builder", birthday=birthday))
    page = full(alice, bob)
    assert (page.about, page.birthday, page.common_chats_count) == ("builder", None, 0)
    assert page.notify_settings == api.PeerNotifySettings()
    assert not page.blocked
    add(bob, alice)
    assert full(alice, bob).birthday == api.Birthday(day=1, month=2, year=1990)


def test_what_rules_hide(server: Harness, alice: Client, bob: Client) -> None:  # checklist 110
    write(server, sa.update(users).where(users.c.id == bob.id).values(about="builder", last_name="B"))
    hide(server, bob, PrivacyKey.ABOUT, PrivacyKey.FORWARDS, PrivacyKey.VOICE_MESSAGES)
    page = full(alice, bob)
    assert (page.about, page.private_forward_name, page.voice_messages_forbidden) == (None, "Bob B", True)


def test_blocked(alice: Client, bob: Client) -> None:
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    page = full(alice, bob)
    assert (page.blocked, page.blocked_my_stories_from) == (True, False)
    assert not page.settings.block_contact
    assert not full(bob, alice).blocked
    alice.call(api.contacts.Unblock(id=alice.peer(bob)))
    alice.call(api.contacts.Block(id=alice.peer(bob), my_stories_from=True))
    page = full(alice, bob)
    assert (page.blocked, page.blocked_my_stories_from) == (False, True)


def _photo(server: Harness, owner: Client, photo_id: int, column: str) -> None:
    photo = api.Photo(id=photo_id, access_hash=0, file_reference=b"", date=START, sizes=[], dc_id=2)
    row = {"id": photo_id, "owner_id": owner.id, "date": START, "photo": tl.encode(photo), "blob_prefix": "p"}
    write(server, sa.insert(photos), row)
    write(server, sa.update(users).where(users.c.id == owner.id).values(**{column: photo_id}))


def test_photos(server: Harness, alice: Client, bob: Client) -> None:
    _photo(server, bob, 7, "photo_id")
    _photo(server, bob, 8, "fallback_photo_id")
    page = full(alice, bob)
    assert (page.profile_photo.id, page.fallback_photo) == (7, None)
    # The viewer gets an access_hash and file_reference of his own.
    assert page.profile_photo.access_hash != 0
    assert page.profile_photo.file_reference
    assert full(bob, bob).profile_photo.access_hash != page.profile_photo.access_hash
    hide(server, bob, PrivacyKey.PROFILE_PHOTO)
    page = full(alice, bob)
    assert (page.profile_photo, page.fallback_photo.id) == (None, 8)
    mine = full(bob, bob)
    assert (mine.profile_photo.id, mine.fallback_photo.id) == (7, 8)


def test_settings_of_the_chat(server: Harness, alice: Client, bob: Client) -> None:
    talk(server, alice, bob, bob, folder_id=1, ttl_period=86_400)
    stored = api.PeerNotifySettings(silent=True, mute_until=5)
    row = {"owner_id": alice.id, "scope": f"peer:{bob.id}", "settings": tl.encode(stored)}
    write(server, sa.insert(notify_settings), row)
    tags = [
        {"owner_id": alice.id, "peer_key": bob.id, "tag": Tag.PINNED.value, "message_id": message_id}
        for message_id in (3, 9)
    ]
    write(server, sa.insert(message_tags), *tags)
    page = full(alice, bob)
    assert (page.folder_id, page.ttl_period, page.pinned_msg_id) == (1, 86_400, 9)
    assert page.notify_settings == stored
    assert full(bob, alice).folder_id is None


def test_deleted_account(server: Harness, alice: Client, bob: Client) -> None:
    write(server, sa.update(users).where(users.c.id == bob.id).values(deleted=True, about="gone"))
    page = full(alice, bob)
    assert (page.about, page.can_pin_message, page.settings) == (None, False, api.PeerSettings())


def test_bad_names(alice: Client, bob: Client, carol: Client) -> None:
    for user in (
        api.InputUser(user_id=bob.id, access_hash=1),
        carol.input_user(bob),
        api.InputUserEmpty(),
    ):
        with pytest.raises(RpcError, match="USER_ID_INVALID"):
            alice.call(api.users.GetFullUser(id=user))


def test_statements(server: Harness, alice: Client, bob: Client) -> None:
    with server.services.database.transaction(writes=False) as db:
        peer_settings_of(server.context(db), alice.id, [server.user(f"P{n}").id for n in range(30)])
        assert db.statements == 5


def test_offers_to_a_stranger_who_wrote_first(server: Harness, alice: Client, bob: Client) -> None:
    talk(server, alice, bob, bob, alice)
    settings = settings_of(server, alice, bob.id)
    assert settings.report_spam
    assert settings.add_contact
    assert settings.block_contact
    assert not settings.need_contacts_exception
    assert settings.registration_month == "09.2026"
    assert settings.phone_country is None


def test_country_of_a_stranger(server: Harness, alice: Client) -> None:
    stranger = server.user("Stranger", phone="491701234567")
    talk(server, alice, stranger, stranger)
    assert settings_of(server, alice, stranger.id).phone_country == "DE"


def test_offers_to_a_stranger_whom_one_wrote_first(server: Harness, alice: Client, bob: Client) -> None:
    talk(server, alice, bob, alice, bob)
    settings = settings_of(server, alice, bob.id)
    assert (settings.report_spam, settings.add_contact, settings.block_contact) == (False, True, True)
    assert settings.phone_country is None
    assert settings.registration_month is None


def test_a_closed_bar_stays_closed(server: Harness, alice: Client, bob: Client) -> None:
    talk(server, alice, bob, bob, hidden_peer_settings=True)
    assert settings_of(server, alice, bob.id) == api.PeerSettings()


def test_a_contact_offers_to_share_the_number_when_it_is_hidden(server: Harness, alice: Client, bob: Client) -> None:
    add(alice, bob)
    assert settings_of(server, alice, bob.id) == api.PeerSettings()
    hide(server, alice, PrivacyKey.PHONE_NUMBER)
    assert settings_of(server, alice, bob.id) == api.PeerSettings(share_contact=True)
    add(bob, alice)
    assert settings_of(server, alice, bob.id) == api.PeerSettings()


def test_adding_needs_an_exception_when_the_number_is_hidden(server: Harness, alice: Client, bob: Client) -> None:
    hide(server, alice, PrivacyKey.PHONE_NUMBER)
    assert settings_of(server, alice, bob.id).need_contacts_exception


def test_no_offers_to_bots_service_and_oneself(server: Harness, alice: Client) -> None:
    bot = server.user("Bot", bot=True)
    for user_id in (bot.id, SERVICE_USER_ID, alice.id, 5):
        assert settings_of(server, alice, user_id) == api.PeerSettings()
