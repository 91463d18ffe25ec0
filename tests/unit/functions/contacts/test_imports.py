"""Importing a telephone's address book."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.domain.contacts import join_address_books
from layers.domain.privacy import PrivacyKey, set_rules
from layers.errors import RpcError
from layers.schema import users
from tests.harness import Client, Harness
from tests.unit.functions.contacts.test_book import add, book
from tl import api


def entry(phone: str, client_id: int = 1, first_name: str = "N", last_name: str = "", **fields: Any) -> Any:
    """An inputPhoneContact."""
    return api.InputPhoneContact(client_id=client_id, phone=phone, first_name=first_name, last_name=last_name, **fields)


def imports(owner: Client, *entries: Any) -> Any:
    """contacts.importContacts."""
    return owner.call(api.contacts.ImportContacts(contacts=list(entries)))


@pytest.fixture
def bob(server: Harness) -> Client:
    return server.user("Bob", phone="491701234567")


def test_people_here_become_contacts(alice: Client, bob: Client) -> None:
    tablet = alice.device()
    answer = imports(alice, entry("+49 170 1234567", 7, "Bobby"), entry("+1 415 555 2671", 8, "Nobody"))
    assert answer.imported == [api.ImportedContact(user_id=bob.id, client_id=7)]
    assert (answer.retry_contacts, answer.popular_invites) == ([], [])
    (user,) = answer.users
    assert (user.contact, user.first_name, user.phone) == (True, "Bobby", "491701234567")
    assert [update.peer.user_id for update in tablet.pushes()] == [bob.id]
    assert book(alice).saved_count == 2


def test_number_stays_visible_whatever_the_rules(server: Harness, alice: Client, bob: Client) -> None:
    imports(alice, entry("+491701234567"))
    with server.services.database.transaction(writes=True) as db:
        set_rules(server.context(db), bob.id, PrivacyKey.PHONE_NUMBER, [api.PrivacyValueDisallowAll()])
    assert book(alice).users[0].phone == "491701234567"


def test_national_numbers_are_those_of_the_owners_country(server: Harness, bob: Client) -> None:
    german = server.user("Anna", phone="4915112345678")
    assert [item.user_id for item in imports(german, entry("0170 123 45 67")).imported] == [bob.id]
    elsewhere = server.user("Eve", phone="33612345678")
    assert imports(elsewhere, entry("0170 123 45 67")).imported == []


def test_who_may_not_find_by_number(server: Harness, alice: Client, bob: Client) -> None:
    with server.services.database.transaction(writes=True) as db:
        rules: Any = [api.PrivacyValueAllowContacts(), api.PrivacyValueDisallowAll()]
        set_rules(server.context(db), bob.id, PrivacyKey.ADDED_BY_PHONE, rules)
    assert imports(alice, entry("+491701234567")).imported == []
    assert book(alice).contacts == []
    add(bob, alice)
    assert [item.user_id for item in imports(alice, entry("+491701234567")).imported] == [bob.id]


def test_mutual_contacts_are_told(alice: Client, bob: Client) -> None:
    add(bob, alice)
    answer = imports(alice, entry("+491701234567"))
    assert answer.users[0].mutual_contact
    assert bob.pushes() == [api.UpdateUser(user_id=alice.id)]
    imports(alice, entry("+491701234567", first_name="Again"))
    assert bob.pushes() == []


def test_own_number_is_no_contact(alice: Client) -> None:
    answer = imports(alice, entry(f"+9996600{alice.id}", 3))
    assert answer.imported == [api.ImportedContact(user_id=alice.id, client_id=3)]
    assert book(alice).contacts == []


def test_useless_entries_are_passed_over(alice: Client, bob: Client) -> None:
    answer = imports(alice, entry("", 1), entry("no digits", 2), entry("1" * 40, 3), entry("+491701234567", 4, "", ""))
    assert [item.client_id for item in answer.imported] == [4]
    assert answer.users[0].first_name == "+491701234567"
    assert imports(alice).imported == []


def test_two_entries_for_one_person(alice: Client, bob: Client) -> None:
    answer = imports(alice, entry("+491701234567", 1, "One"), entry("+49 170 1234567", 2, "Two"))
    assert [item.client_id for item in answer.imported] == [1, 2]
    assert [user.first_name for user in book(alice).users] == ["Two"]


def test_more_than_fit_are_to_be_sent_again(alice: Client) -> None:
    entries = [entry(f"+1415555{number:04}", number) for number in range(limits.CONTACTS_AT_ONCE + 2)]
    answer = imports(alice, *entries)
    assert answer.retry_contacts == [limits.CONTACTS_AT_ONCE, limits.CONTACTS_AT_ONCE + 1]


def test_statements_do_not_grow_with_the_book(server: Harness, alice: Client, count_statements: Any) -> None:
    people = [server.user(f"P{number}") for number in range(60)]
    entries = [entry(f"+9996600{person.id}", person.id) for person in people]
    with count_statements() as few:
        imports(alice, *entries[:2])
    with count_statements() as many:
        imports(alice, *entries[2:])
    assert many.count <= few.count
    assert len(book(alice).contacts) == 60


def test_a_large_import_is_told_as_a_reset(server: Harness, alice: Client) -> None:
    with server.services.database.transaction(writes=True) as db:
        rows = [{"id": 50_000 + n, "phone": f"99966{n:05}", "first_name": "N", "created_at": 0} for n in range(150)]
        db.execute(sa.insert(users), rows)
    tablet = alice.device()
    assert len(imports(alice, *[entry(f"+99966{n:05}", n) for n in range(150)]).imported) == 150
    assert tablet.pushes() == [api.UpdateContactsReset()]


def test_popular_numbers(server: Harness, alice: Client, carol: Client) -> None:
    assert imports(carol, entry("+14155552671")).popular_invites == []
    answer = imports(alice, entry("+14155552671", 9))
    assert answer.popular_invites == [api.PopularContact(client_id=9, importers=2)]


def test_saved_numbers_become_contacts_at_sign_up(server: Harness, alice: Client, carol: Client) -> None:
    imports(alice, entry("+491707654321", first_name="Dave"))
    imports(carol, entry("+491707654321", first_name="David", last_name="D"))
    dave = server.user("Dave D", phone="491707654321")
    with server.services.database.transaction(writes=True) as db:
        owners = join_address_books(server.context(db), dave.id, "491707654321")
    assert sorted(owners) == [alice.id, carol.id]
    assert alice.pushes() == [api.UpdateUser(user_id=dave.id)]
    assert [(user.id, user.first_name) for user in book(alice).users] == [(dave.id, "Dave")]
    assert book(carol).saved_count == 1
    with server.services.database.transaction(writes=True) as db:
        assert join_address_books(server.context(db), dave.id, "491707654321") == []


def test_saved_and_reset(alice: Client, bob: Client) -> None:
    imports(alice, entry("+491701234567", 1, "Bob"), entry("+14155552671", 2, "Us", "A"))
    saved = alice.call(api.contacts.GetSaved())
    assert [(item.phone, item.first_name, item.last_name) for item in saved] == [
        ("14155552671", "Us", "A"),
        ("491701234567", "Bob", ""),
    ]
    assert alice.call(api.contacts.ResetSaved()) is True
    assert [item.phone for item in alice.call(api.contacts.GetSaved())] == ["491701234567"]
    assert len(book(alice).contacts) == 1


def test_removing_by_number(alice: Client, bob: Client) -> None:
    imports(alice, entry("+491701234567"), entry("+14155552671"))
    tablet = alice.device()
    phones = ["+49 170 1234567", "+1 415 555 2671", "nothing"]
    assert alice.call(api.contacts.DeleteByPhones(phones=phones)) is True
    assert (book(alice).contacts, book(alice).saved_count) == ([], 0)
    assert [update.TL_NAME for update in tablet.pushes()] == ["updatePeerSettings"]
    assert alice.call(api.contacts.DeleteByPhones(phones=[])) is True
    with pytest.raises(RpcError, match="INPUT_REQUEST_TOO_LONG"):
        alice.call(api.contacts.DeleteByPhones(phones=["1"] * (limits.CONTACTS_AT_ONCE + 1)))


def test_flood(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = Harness(tmp_path_factory.mktemp("flood"), flood_limits=True)
    alice = server.user("Alice")
    for _ in range(60):
        imports(alice)
    with pytest.raises(RpcError, match="FLOOD_WAIT_") as refused:
        imports(alice)
    assert refused.value.code == 420
    server.close()
