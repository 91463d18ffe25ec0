"""Finding people."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain.privacy import PrivacyKey, set_rules
from layers.errors import RpcError
from layers.schema import dialogs, usernames, users
from tests.harness import START, Client, Harness
from tests.unit.functions.contacts.test_book import add
from tl import api


def named(server: Harness, username: str, first_name: str = "Someone", **columns: Any) -> Client:
    """A user with a public name."""
    client = server.user(first_name, username=username, **columns)
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.insert(usernames), {"username": username.lower(), "peer_key": client.id})
    return client


def find(owner: Client, query: str, **fields: Any) -> tuple[list[int], list[int]]:
    """(ids of my_results, ids of results)."""
    found = owner.call(api.contacts.Search(**{"q": query, "limit": 50, **fields}))
    listed = [peer.user_id for peer in (*found.my_results, *found.results)]
    assert [user.id for user in found.users] == listed
    return [peer.user_id for peer in found.my_results], [peer.user_id for peer in found.results]


def talk(server: Harness, owner: Client, other: Client, date: int = START) -> None:
    """Give the owner a dialog."""
    row = {"owner_id": owner.id, "peer_key": other.id, "top_message_id": 1, "top_message_date": date}
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.insert(dialogs), row)


@pytest.mark.parametrize("query", ["ro", "ROB", "build", "rob bui", "bui rob", "robert the builder"])
def test_contacts_by_the_names_of_the_book(alice: Client, bob: Client, query: str) -> None:
    add(alice, bob, "Robert", last_name="The Builder")
    assert find(alice, query) == ([bob.id], [])


@pytest.mark.parametrize("query", ["bert", "xx", "rob xx", "bob"])
def test_what_does_not_fit(alice: Client, bob: Client, query: str) -> None:
    add(alice, bob, "Robert")
    assert find(alice, query) == ([], [])


def test_names_of_any_script(alice: Client, bob: Client, carol: Client) -> None:
    add(alice, bob, "Ёлка", last_name="ÄRGER")
    add(alice, carol, "王")
    assert find(alice, "ёл") == ([bob.id], [])
    assert find(alice, "ärg") == ([bob.id], [])
    assert find(alice, "王") == ([carol.id], [])


def test_people_of_dialogs_latest_first(server: Harness, alice: Client) -> None:
    early, late, contact = server.user("Same One"), server.user("Same Two"), server.user("Same Three")
    talk(server, alice, early, START)
    talk(server, alice, late, START + 5)
    add(alice, contact, "Same")
    assert find(alice, "same") == ([late.id, early.id, contact.id], [])
    assert find(alice, "same", limit=1) == ([late.id], [])


def test_strangers_are_not_found_by_name(alice: Client, bob: Client) -> None:
    assert find(alice, "Bob") == ([], [])


def test_strangers_by_public_name(server: Harness, alice: Client) -> None:
    longer, exact = named(server, "Robinson"), named(server, "Robin")
    named(server, "xrobin")
    assert find(alice, "robin") == ([], [exact.id, longer.id])
    assert find(alice, "@ROBIN") == ([], [exact.id, longer.id])
    assert find(alice, "robin", limit=1) == ([], [exact.id])
    assert find(alice, "robin hood") == ([], [])


def test_a_contact_with_a_public_name_is_mine(server: Harness, alice: Client) -> None:
    robin = named(server, "robin")
    add(alice, robin, "Other")
    assert find(alice, "rob") == ([robin.id], [])


def test_deleted_people_and_oneself_are_not_found(server: Harness) -> None:
    robin, gone = named(server, "robin1"), named(server, "robin2", deleted=True)
    talk(server, robin, gone)
    assert find(robin, "robin") == ([], [])


def test_bots_only(server: Harness, alice: Client) -> None:
    named(server, "robin1")
    bot = named(server, "robin2bot", bot=True)
    assert find(alice, "robin", bots=True) == ([], [bot.id])
    assert find(alice, "robin", broadcasts=True) == ([], [])


def test_signs_of_patterns_mean_nothing(server: Harness, alice: Client, bob: Client) -> None:
    add(alice, bob, "Robert")
    named(server, "robin")
    assert find(alice, "r%") == ([], [])
    assert find(alice, "ro_") == ([], [])


@pytest.mark.parametrize("query", ["", "  ", "@", " @ "])
def test_empty_query(alice: Client, query: str) -> None:
    with pytest.raises(RpcError, match="SEARCH_QUERY_EMPTY"):
        find(alice, query)


def test_short_query(alice: Client) -> None:
    with pytest.raises(RpcError, match="QUERY_TOO_SHORT"):
        find(alice, "a")


def test_long_query_and_odd_limits(alice: Client, bob: Client) -> None:
    add(alice, bob, "Robert")
    assert find(alice, "x" * 5000) == ([], [])
    for limit in (0, -1, 10**9):
        assert find(alice, "rob", limit=limit) == ([bob.id], [])


def test_statements_do_not_grow_with_the_results(server: Harness, alice: Client, count_statements: Any) -> None:
    named(server, "robin0")
    with count_statements() as few:
        find(alice, "robin")
    for number in range(1, 30):
        person = named(server, f"robin{number}")
        if number % 2:
            talk(server, alice, person, START + number)
    with count_statements() as many:
        find(alice, "robin")
    assert many.count == few.count


def test_resolving_a_public_name(server: Harness, alice: Client) -> None:
    robin = named(server, "Robin_H")
    for written in ("Robin_H", "robin_h", "@ROBIN_H"):
        answer = alice.call(api.contacts.ResolveUsername(username=written))
        assert answer.peer == api.PeerUser(user_id=robin.id)
        assert answer.users[0].username == "Robin_H"
    with pytest.raises(RpcError, match="USERNAME_NOT_OCCUPIED"):
        alice.call(api.contacts.ResolveUsername(username="robin"))


@pytest.mark.parametrize("username", ["", "@", "1abc", "a b", "_abc", "абвгд", "a" * 33, "ab__c", "abc_", "a%"])
def test_what_is_no_public_name(alice: Client, username: str) -> None:
    with pytest.raises(RpcError, match="USERNAME_INVALID"):
        alice.call(api.contacts.ResolveUsername(username=username))


def test_resolving_a_number(server: Harness, alice: Client, bob: Client) -> None:
    answer = alice.call(api.contacts.ResolvePhone(phone=f"+9996600{bob.id}"))
    assert answer.peer == api.PeerUser(user_id=bob.id)
    assert answer.users[0].phone is None
    with server.services.database.transaction(writes=True) as db:
        set_rules(server.context(db), bob.id, PrivacyKey.ADDED_BY_PHONE, [api.PrivacyValueAllowContacts()])
    with pytest.raises(RpcError, match="PHONE_NOT_OCCUPIED"):
        alice.call(api.contacts.ResolvePhone(phone=f"9996600{bob.id}"))
    add(bob, alice)
    assert alice.call(api.contacts.ResolvePhone(phone=f"9996600{bob.id}")).peer.user_id == bob.id


@pytest.mark.parametrize("phone", ["", "abc", "+1", "9" * 100])
def test_numbers_of_nobody(server: Harness, alice: Client, phone: str) -> None:
    server.user("No number", phone="")
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.update(users).where(users.c.first_name == "No number").values(phone=None))
    with pytest.raises(RpcError, match="PHONE_NOT_OCCUPIED"):
        alice.call(api.contacts.ResolvePhone(phone=phone))


def test_no_advertisements(alice: Client) -> None:
    assert alice.call(api.contacts.GetSponsoredPeers(q="shoes")) == api.contacts.SponsoredPeersEmpty()
    with pytest.raises(RpcError, match="SEARCH_QUERY_EMPTY"):
        alice.call(api.contacts.GetSponsoredPeers(q=" "))
