"""Adding, renaming and removing contacts."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.domain.hashes import vector_hash
from layers.errors import RpcError
from layers.schema import contacts, privacy_rules, users
from tests.harness import Client, Harness, grouped
from tl import api


def add(owner: Client, other: Client, first_name: str = "Name", **fields: Any) -> Any:
    """contacts.addContact."""
    options = {"last_name": "", "phone": "", **fields}
    return owner.call(api.contacts.AddContact(id=owner.input_user(other), first_name=first_name, **options))


def book(owner: Client) -> Any:
    """contacts.getContacts."""
    return owner.call(api.contacts.GetContacts(hash=0))


def _privacy(client: Client, suffix: str, rules: list[Any]) -> None:
    from layers.domain.privacy import privacy_key, set_rules

    with client.server.services.database.transaction(writes=True) as db:
        key = privacy_key(getattr(api, f"InputPrivacyKey{suffix}")())
        set_rules(client.server.context(db), client.id, key, rules)


def test_add_answers_the_contact_and_its_settings(alice: Client, bob: Client) -> None:
    answer = add(alice, bob, " Bobby\n", last_name="The  Builder")
    (update,) = answer.updates
    assert update.peer == api.PeerUser(user_id=bob.id)
    assert not update.settings.add_contact
    (user,) = answer.users
    assert (user.contact, user.first_name, user.last_name) == (True, "Bobby", "The Builder")
    assert [(contact.user_id, contact.mutual) for contact in book(alice).contacts] == [(bob.id, False)]
    assert book(bob).contacts == []


def test_other_devices_are_told_the_same(alice: Client, bob: Client) -> None:
    tablet = alice.device()
    answer = add(alice, bob)
    assert tablet.pushes() == list(answer.updates)
    assert alice.pushes() == []
    assert bob.pushes() == []


def test_mutual(alice: Client, bob: Client) -> None:
    add(bob, alice, "Al")
    answer = add(alice, bob)
    assert answer.users[0].mutual_contact
    # Bob, who had Alice already, learns that she is a mutual contact now.
    assert bob.pushes() == [api.UpdateUser(user_id=alice.id)]
    assert book(bob).contacts == [api.Contact(user_id=alice.id, mutual=True)]
    alice.call(api.contacts.DeleteContacts(id=[alice.input_user(bob)]))
    assert bob.pushes() == [api.UpdateUser(user_id=alice.id)]
    assert book(bob).contacts == [api.Contact(user_id=alice.id, mutual=False)]


def test_adding_again_renames(alice: Client, bob: Client) -> None:
    add(alice, bob, "One")
    add(alice, bob, "Two")
    found = book(alice)
    assert [user.first_name for user in found.users] == ["Two"]


def test_number_is_kept_only_when_it_is_right(alice: Client, bob: Client) -> None:
    answer = add(alice, bob, phone="+1 555 0100")
    assert answer.users[0].phone is None
    answer = add(alice, bob, phone=f"+{_phone(bob)}")
    assert answer.users[0].phone == _phone(bob)
    # Renaming without it does not forget it.
    assert add(alice, bob, "Other").users[0].phone == _phone(bob)
    assert book(alice).saved_count == 1


def _phone(client: Client) -> str:
    return f"9996600{client.id}"


def test_sharing_the_number_with_an_exception(alice: Client, bob: Client) -> None:
    _privacy(alice, "PhoneNumber", [api.PrivacyValueDisallowAll()])
    tablet = alice.device()
    answer = add(alice, bob, add_phone_privacy_exception=True)
    updates = grouped(answer.updates)
    assert updates["updatePrivacy"][0].key == api.PrivacyKeyPhoneNumber()
    assert updates["updatePrivacy"][0].rules == [
        api.PrivacyValueAllowUsers(users=[bob.id]),
        api.PrivacyValueDisallowAll(),
    ]
    assert grouped(tablet.pushes())["updatePrivacy"]
    (seen,) = bob.call(api.users.GetUsers(id=[bob.input_user(alice)]))
    assert seen.phone == _phone(alice)


def test_accepting_shares_the_number(alice: Client, bob: Client) -> None:
    _privacy(alice, "PhoneNumber", [api.PrivacyValueDisallowAll()])
    assert add(alice, bob).updates[0].settings.share_contact
    answer = alice.call(api.contacts.AcceptContact(id=alice.input_user(bob)))
    assert not grouped(answer.updates)["updatePeerSettings"][0].settings.share_contact
    assert bob.pushes() == [api.UpdateUserPhone(user_id=alice.id, phone=_phone(alice))]
    with pytest.raises(RpcError, match="CONTACT_REQ_MISSING"):
        alice.call(api.contacts.AcceptContact(id=alice.input_user(bob)))


def test_accepting_a_stranger(alice: Client, bob: Client) -> None:
    with pytest.raises(RpcError, match="CONTACT_ADD_MISSING"):
        alice.call(api.contacts.AcceptContact(id=alice.input_user(bob)))


@pytest.mark.parametrize(("first_name", "last_name"), [("", ""), (" ", "\t"), ("\u200b", ""), ("\u200d", "")])
def test_a_name_is_needed(alice: Client, bob: Client, first_name: str, last_name: str) -> None:
    with pytest.raises(RpcError, match="CONTACT_NAME_EMPTY"):
        add(alice, bob, first_name, last_name=last_name)


def test_a_last_name_alone_becomes_the_first(alice: Client, bob: Client) -> None:
    assert add(alice, bob, "", last_name="Last").users[0].first_name == "Last"


def test_joiners_of_emoji_stay(alice: Client, bob: Client) -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert add(alice, bob, family).users[0].first_name == family


def test_names_are_cut(alice: Client, bob: Client) -> None:
    assert len(add(alice, bob, "x" * 500).users[0].first_name) == limits.NAME_LENGTH


def test_wrong_access_hash(alice: Client, bob: Client) -> None:
    wrong = api.InputUser(user_id=bob.id, access_hash=1)
    requests = [
        api.contacts.AddContact(id=wrong, first_name="B", last_name="", phone=""),
        api.contacts.DeleteContacts(id=[wrong]),
        api.contacts.AcceptContact(id=wrong),
        api.contacts.UpdateContactNote(id=wrong, note=api.TextWithEntities(text="x", entities=[])),
    ]
    for request in requests:
        with pytest.raises(RpcError, match="CONTACT_ID_INVALID"):
            alice.call(request)
    assert book(alice).contacts == []


def test_hash_of_another_user_is_no_good(alice: Client, bob: Client, carol: Client) -> None:
    theirs = carol.input_user(bob)
    with pytest.raises(RpcError, match="CONTACT_ID_INVALID"):
        alice.call(api.contacts.AddContact(id=theirs, first_name="B", last_name="", phone=""))


def test_self_unknown_and_deleted_users(server: Harness, alice: Client, bob: Client) -> None:
    with pytest.raises(RpcError, match="CONTACT_ID_INVALID"):
        alice.call(api.contacts.AddContact(id=api.InputUserSelf(), first_name="Me", last_name="", phone=""))
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.update(users).where(users.c.id == bob.id).values(deleted=True))
    with pytest.raises(RpcError, match="INPUT_USER_DEACTIVATED"):
        add(alice, bob)


def test_removing(alice: Client, bob: Client, carol: Client) -> None:
    add(alice, bob)
    tablet = alice.device()
    both = [alice.input_user(bob), alice.input_user(carol), alice.input_user(bob)]
    answer = alice.call(api.contacts.DeleteContacts(id=both))
    assert [update.peer.user_id for update in answer.updates] == [bob.id, carol.id]
    assert all(update.settings.add_contact for update in answer.updates)
    assert [user.contact for user in answer.users] == [False, False]
    assert tablet.pushes() == list(answer.updates)
    assert book(alice).contacts == []


def test_removing_too_many(alice: Client, bob: Client) -> None:
    with pytest.raises(RpcError, match="INPUT_REQUEST_TOO_LONG"):
        alice.call(api.contacts.DeleteContacts(id=[alice.input_user(bob)] * (limits.CONTACTS_AT_ONCE + 1)))


def test_unchanged_list(alice: Client, bob: Client, carol: Client) -> None:
    add(alice, carol, phone=_phone(carol))
    add(alice, bob)
    # As clients compute it: saved_count and the ids in rising order.
    known = vector_hash([1, bob.id, carol.id])
    assert alice.call(api.contacts.GetContacts(hash=known)) == api.contacts.ContactsNotModified()
    add(bob, alice)
    assert alice.call(api.contacts.GetContacts(hash=known)) == api.contacts.ContactsNotModified()
    alice.call(api.contacts.DeleteContacts(id=[alice.input_user(bob)]))
    assert isinstance(alice.call(api.contacts.GetContacts(hash=known)), api.contacts.Contacts)


def test_ids_and_statuses(server: Harness, alice: Client, bob: Client, carol: Client) -> None:
    add(alice, carol)
    add(alice, bob)
    assert alice.call(api.contacts.GetContactIDs(hash=0)) == [bob.id, carol.id]
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.update(users).where(users.c.id == bob.id).values(last_seen=5))
    statuses = {item.user_id: item.status for item in alice.call(api.contacts.GetStatuses())}
    assert statuses == {bob.id: api.UserStatusOffline(was_online=5), carol.id: api.UserStatusEmpty()}


def _note(text: str) -> Any:
    return api.TextWithEntities(text=text, entities=[api.MessageEntityBold(offset=0, length=3)])


def test_note(alice: Client, bob: Client) -> None:
    add(alice, bob, note=_note("met in Rome"))
    tablet = alice.device()

    def full() -> Any:
        return alice.call(api.users.GetFullUser(id=alice.input_user(bob))).full_user

    assert full().note == _note("met in Rome")
    add(alice, bob, "Renamed")
    assert full().note == _note("met in Rome")
    request = api.contacts.UpdateContactNote(id=alice.input_user(bob), note=_note("met in Oslo"))
    assert alice.call(request) is True
    assert alice.call(request) is True
    assert full().note == _note("met in Oslo")
    assert set(grouped(tablet.pushes())) == {"updateUser", "updatePeerSettings"}
    assert bob.call(api.users.GetFullUser(id=bob.input_user(alice))).full_user.note is None
    alice.call(
        api.contacts.UpdateContactNote(id=alice.input_user(bob), note=api.TextWithEntities(text="", entities=[]))
    )
    assert full().note is None


def test_note_needs_a_contact_and_has_a_limit(alice: Client, bob: Client) -> None:
    with pytest.raises(RpcError, match="CONTACT_MISSING"):
        alice.call(api.contacts.UpdateContactNote(id=alice.input_user(bob), note=_note("who")))
    with pytest.raises(RpcError, match="MESSAGE_TOO_LONG"):
        add(alice, bob, note=_note("x" * (limits.CONTACT_NOTE_LENGTH + 1)))
    assert book(alice).contacts == []


def test_close_friends(alice: Client, bob: Client, carol: Client) -> None:
    add(alice, bob)
    tablet = alice.device()
    assert alice.call(api.contacts.EditCloseFriends(id=[bob.id, carol.id])) is True
    assert tablet.pushes() == [api.UpdateUser(user_id=bob.id)]
    assert [user.close_friend for user in book(alice).users] == [True]
    alice.call(api.contacts.EditCloseFriends(id=[]))
    assert [user.close_friend for user in book(alice).users] == [False]


def test_book_does_not_grow_without_end(server: Harness, alice: Client, bob: Client) -> None:
    rows = [{"owner_id": alice.id, "contact_id": 10**6 + n, "date": 0} for n in range(limits.CONTACTS)]
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.insert(contacts), rows)
    with pytest.raises(RpcError, match="USERS_TOO_MUCH"):
        add(alice, bob)


def test_nothing_is_written_when_the_call_fails(server: Harness, alice: Client, bob: Client) -> None:
    with pytest.raises(RpcError):
        add(alice, bob, "", add_phone_privacy_exception=True)
    with server.services.database.transaction(writes=False) as db:
        assert db.first(sa.select(privacy_rules)) is None
