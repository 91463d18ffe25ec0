"""Coming online and leaving, and who is told."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain.blocks import block
from layers.domain.contacts import NewContact, save_contacts
from layers.domain.presence import AUDIENCE_MAX, ONLINE_EXPIRES_S, ONLINE_RENEW_S, audience, set_presence
from layers.domain.privacy import PrivacyKey, set_rules
from layers.domain.users import user_object
from layers.schema import contacts, dialogs, users
from tests.harness import START, Client, Harness
from tests.unit.domain.conftest import Run
from tl import api


def _online(run: Run, user: Client, online: bool = True) -> None:
    run(lambda ctx: set_presence(ctx, online, user_id=user.id))


def _knows(run: Run, owner: Client, contact: Client) -> None:
    run(lambda ctx: save_contacts(ctx, owner.id, [NewContact(contact.id, "N", "")]))


@pytest.fixture
def bob(server: Harness, run: Run, alice: Client) -> Client:
    """Bob, who has Alice in his address book."""
    bob = server.user("Bob")
    _knows(run, bob, alice)
    return bob


def test_those_who_have_the_account_as_a_contact_are_told(run: Run, alice: Client, bob: Client, carol: Client) -> None:
    _online(run, alice)
    status = api.UserStatusOnline(expires=START + ONLINE_EXPIRES_S)
    assert bob.pushes() == [api.UpdateUserStatus(user_id=alice.id, status=status)]
    assert carol.pushes() == []
    assert run(lambda ctx: user_object(ctx, bob.id, alice.id)).status == status


def test_own_devices_are_told(run: Run, alice: Client) -> None:
    _online(run, alice)
    assert [update.user_id for update in alice.pushes()] == [alice.id]


def test_people_of_the_dialogs_are_told(run: Run, alice: Client, carol: Client) -> None:
    row = {"owner_id": alice.id, "peer_key": carol.id, "top_message_id": 1, "top_message_date": START}
    run(lambda ctx: ctx.db.execute(sa.insert(dialogs), row))
    _online(run, alice)
    assert [update.TL_NAME for update in carol.pushes()] == ["updateUserStatus"]


def test_repeating_what_is_known_is_not_told(server: Harness, run: Run, alice: Client, bob: Client) -> None:
    _online(run, alice)
    bob.pushes()
    server.clock.advance(ONLINE_RENEW_S - 5)
    _online(run, alice)
    assert bob.pushes() == []
    server.clock.advance(10)
    _online(run, alice)
    assert len(bob.pushes()) == 1


def test_leaving(server: Harness, run: Run, alice: Client, bob: Client) -> None:
    _online(run, alice)
    server.clock.advance(20)
    bob.pushes()
    _online(run, alice, online=False)
    (update,) = bob.pushes()
    assert update.status == api.UserStatusOffline(was_online=START + 20)
    _online(run, alice, online=False)
    assert bob.pushes() == []


def test_leaving_long_after_the_last_sign_changes_nothing(
    server: Harness, run: Run, alice: Client, bob: Client
) -> None:
    _online(run, alice)
    server.clock.advance(ONLINE_EXPIRES_S + 50)
    bob.pushes()
    _online(run, alice, online=False)
    assert bob.pushes() == []
    seen = run(lambda ctx: user_object(ctx, bob.id, alice.id)).status
    assert seen == api.UserStatusOffline(was_online=START + ONLINE_EXPIRES_S)


@pytest.mark.parametrize("hidden_by", ["rules", "own rules", "block"])
def test_who_may_not_know_the_time_is_not_told(run: Run, alice: Client, bob: Client, hidden_by: str) -> None:
    nobody: Any = [api.PrivacyValueDisallowAll()]
    run(lambda ctx: ctx.db.execute(sa.update(users).where(users.c.id == alice.id).values(last_seen=START - 60)))
    if hidden_by == "block":
        run(lambda ctx: block(ctx, alice.id, [bob.id]))
    else:
        hiding = alice if hidden_by == "rules" else bob
        run(lambda ctx: set_rules(ctx, hiding.id, PrivacyKey.STATUS_TIMESTAMP, nobody))
    _online(run, alice)
    assert bob.pushes() == []


def test_who_sees_the_span_only_is_told_when_it_changes(run: Run, alice: Client, bob: Client) -> None:
    run(lambda ctx: set_rules(ctx, alice.id, PrivacyKey.STATUS_TIMESTAMP, [api.PrivacyValueDisallowAll()]))
    run(lambda ctx: ctx.db.execute(sa.update(users).where(users.c.id == alice.id).values(last_seen=START - 10**6)))
    _online(run, alice)
    assert bob.pushes() == [api.UpdateUserStatus(user_id=alice.id, status=api.UserStatusRecently())]


def test_statements_do_not_grow_with_the_audience(
    server: Harness, alice: Client, bob: Client, run: Run, statements: Any
) -> None:
    few = statements(lambda ctx: set_presence(ctx, True, user_id=alice.id))
    fans = [server.user(f"Fan {number}") for number in range(40)]
    rows = [{"owner_id": fan.id, "contact_id": alice.id, "date": START} for fan in fans]
    run(lambda ctx: ctx.db.execute(sa.insert(contacts), rows))
    assert statements(lambda ctx: set_presence(ctx, False, user_id=alice.id)) == few
    assert all(len(fan.pushes()) == 1 for fan in fans)
    assert len(run(lambda ctx: audience(ctx, alice.id))) == 42 <= AUDIENCE_MAX


def test_unknown_account(run: Run, bob: Client) -> None:
    run(lambda ctx: set_presence(ctx, True, user_id=5))
    assert bob.pushes() == []
