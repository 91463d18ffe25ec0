"""Contact links and birthdays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.domain.birthdays import pack_birthday
from layers.domain.privacy import PrivacyKey, set_rules
from layers.errors import RpcError
from layers.schema import users
from tests.harness import START, Client, Harness
from tests.unit.functions.contacts.test_book import add
from tl import api


def _token(owner: Client) -> str:
    exported = owner.call(api.contacts.ExportContactToken())
    assert exported.expires == START + limits.CONTACT_TOKEN_LIFE_S
    assert exported.url.startswith("tg://contact?token=")
    token: str = exported.url.partition("=")[2]
    return token


def test_a_link_leads_to_its_owner(alice: Client, bob: Client) -> None:
    seen = bob.call(api.contacts.ImportContactToken(token=_token(alice)))
    assert (seen.id, seen.first_name, seen.self) == (alice.id, "Alice", False)
    # The access_hash is good for the importer.
    named = api.InputUser(user_id=alice.id, access_hash=seen.access_hash)
    assert bob.call(api.users.GetUsers(id=[named]))[0].id == alice.id


def test_a_link_lives_a_day(server: Harness, alice: Client, bob: Client) -> None:
    token = _token(alice)
    server.clock.advance(limits.CONTACT_TOKEN_LIFE_S)
    with pytest.raises(RpcError, match="IMPORT_TOKEN_INVALID"):
        bob.call(api.contacts.ImportContactToken(token=token))


@pytest.mark.parametrize(
    "spoil", [lambda t: "", lambda t: t[:-2], lambda t: "A" + t[1:], lambda t: t + "!", lambda t: "ä"]
)
def test_bad_links(alice: Client, bob: Client, spoil: Any) -> None:
    with pytest.raises(RpcError, match="IMPORT_TOKEN_INVALID"):
        bob.call(api.contacts.ImportContactToken(token=spoil(_token(alice))))


def _born(server: Harness, user: Client, day: int, month: int) -> None:
    packed = pack_birthday(api.Birthday(day=day, month=month, year=1990))
    with server.services.database.transaction(writes=True) as db:
        db.execute(sa.update(users).where(users.c.id == user.id).values(birthday=packed))


def test_birthdays_of_contacts_around_today(server: Harness, alice: Client, bob: Client, carol: Client) -> None:
    # The harness's clock starts on 21 September.
    _born(server, bob, 22, 9)
    _born(server, carol, 23, 9)
    for person in (bob, carol):
        add(alice, person)
        add(person, alice)
    answer = alice.call(api.contacts.GetBirthdays())
    birthday = api.Birthday(day=22, month=9, year=1990)
    assert answer.contacts == [api.ContactBirthday(contact_id=bob.id, birthday=birthday)]
    assert [user.id for user in answer.users] == [bob.id]


def test_birthdays_are_private(server: Harness, alice: Client, bob: Client) -> None:
    _born(server, bob, 21, 9)
    add(alice, bob)
    # By default one's own contacts see it.
    assert alice.call(api.contacts.GetBirthdays()).contacts == []
    with server.services.database.transaction(writes=True) as db:
        set_rules(server.context(db), bob.id, PrivacyKey.BIRTHDAY, [api.PrivacyValueAllowAll()])
    assert len(alice.call(api.contacts.GetBirthdays()).contacts) == 1


def test_birthdays_of_strangers_are_not_told(server: Harness, alice: Client, bob: Client) -> None:
    _born(server, bob, 21, 9)
    assert alice.call(api.contacts.GetBirthdays()).contacts == []
