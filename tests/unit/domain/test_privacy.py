"""Privacy rules (checklist 110): order, first match, defaults, batches."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tl
from layers.domain.contacts import NewContact, save_contacts, set_close_friends
from layers.domain.privacy import (
    PrivacyKey,
    Viewer,
    add_exception,
    allowed,
    allowed_keys,
    allowed_viewers,
    default_rules,
    get_rules,
    matches_first,
    privacy_key,
    set_rules,
    tl_privacy_key,
)
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.unit.domain.conftest import Run
from tl import api

_ALL, _NONE = api.PrivacyValueAllowAll(), api.PrivacyValueDisallowAll()
_STRANGER = Viewer(9)
_CONTACT = Viewer(9, is_contact=True)
_FRIEND = Viewer(9, is_contact=True, is_close_friend=True)
_BOT = Viewer(9, is_bot=True)
_PREMIUM = Viewer(9, is_premium=True)


@pytest.mark.parametrize(
    ("rules", "viewer", "expected"),
    [
        ([], _STRANGER, False),
        ([_ALL], _STRANGER, True),
        ([_NONE, _ALL], _STRANGER, False),
        ([_ALL, _NONE], _STRANGER, True),
        ([api.PrivacyValueAllowContacts()], _STRANGER, False),
        ([api.PrivacyValueAllowContacts()], _CONTACT, True),
        ([api.PrivacyValueDisallowContacts(), _ALL], _CONTACT, False),
        ([api.PrivacyValueDisallowContacts(), _ALL], _STRANGER, True),
        ([api.PrivacyValueAllowCloseFriends()], _CONTACT, False),
        ([api.PrivacyValueAllowCloseFriends()], _FRIEND, True),
        ([api.PrivacyValueAllowUsers(users=[9]), _NONE], _STRANGER, True),
        ([api.PrivacyValueAllowUsers(users=[8]), _NONE], _STRANGER, False),
        ([api.PrivacyValueDisallowUsers(users=[9]), _ALL], _CONTACT, False),
        ([api.PrivacyValueDisallowUsers(users=[8]), _ALL], _CONTACT, True),
        ([api.PrivacyValueAllowUsers(users=[9]), api.PrivacyValueDisallowUsers(users=[9])], _STRANGER, True),
        ([api.PrivacyValueDisallowUsers(users=[9]), api.PrivacyValueAllowContacts()], _CONTACT, False),
        ([api.PrivacyValueAllowPremium(), _NONE], _PREMIUM, True),
        ([api.PrivacyValueAllowPremium(), _NONE], _STRANGER, False),
        ([api.PrivacyValueAllowBots(), _NONE], _BOT, True),
        ([api.PrivacyValueAllowBots(), _NONE], _STRANGER, False),
        ([api.PrivacyValueDisallowBots(), _ALL], _BOT, False),
        ([api.PrivacyValueDisallowBots(), _ALL], _STRANGER, True),
        ([api.PrivacyValueAllowChatParticipants(chats=[1]), _NONE], _CONTACT, False),
        ([api.PrivacyValueDisallowChatParticipants(chats=[1]), _ALL], _CONTACT, True),
    ],
)
def test_first_match_decides(rules: Any, viewer: Viewer, expected: bool) -> None:
    assert matches_first(rules, viewer) is expected


def test_every_key_is_named_as_in_tl() -> None:
    keys = {constructor.removeprefix("inputPrivacyKey") for constructor in tl.constructors_of("InputPrivacyKey")}
    assert {key.tl_suffix for key in PrivacyKey} == keys
    for key in PrivacyKey:
        assert privacy_key(getattr(api, f"InputPrivacyKey{key.tl_suffix}")()) is key
        assert type(tl_privacy_key(key)).__name__ == f"PrivacyKey{key.tl_suffix}"


def test_unknown_key() -> None:
    with pytest.raises(RpcError, match="PRIVACY_KEY_INVALID"):
        privacy_key(cast("api.TypeInputPrivacyKey", api.InputPeerSelf()))


def test_defaults() -> None:
    assert default_rules(PrivacyKey.STATUS_TIMESTAMP) == [_ALL]
    assert default_rules(PrivacyKey.PHONE_NUMBER) == [api.PrivacyValueAllowContacts(), _NONE]


def test_stored_rules_end_with_one_for_everybody(run: Run, alice: Client) -> None:
    stored = run(lambda ctx: set_rules(ctx, alice.id, PrivacyKey.ABOUT, [api.PrivacyValueAllowContacts()]))
    assert stored == [api.PrivacyValueAllowContacts(), _NONE]
    assert run(lambda ctx: get_rules(ctx, alice.id, PrivacyKey.ABOUT)) == stored
    assert run(lambda ctx: get_rules(ctx, alice.id, PrivacyKey.FORWARDS)) == [_ALL]
    run(lambda ctx: set_rules(ctx, alice.id, PrivacyKey.ABOUT, [_NONE]))
    assert run(lambda ctx: get_rules(ctx, alice.id, PrivacyKey.ABOUT)) == [_NONE]


def test_exception_moves_a_person_from_refused_to_allowed(run: Run, alice: Client) -> None:
    key = PrivacyKey.PHONE_NUMBER
    run(lambda ctx: set_rules(ctx, alice.id, key, [api.PrivacyValueDisallowUsers(users=[5, 6]), _NONE]))
    assert run(lambda ctx: add_exception(ctx, alice.id, key, 5)) == [
        api.PrivacyValueAllowUsers(users=[5]),
        api.PrivacyValueDisallowUsers(users=[6]),
        _NONE,
    ]
    assert run(lambda ctx: add_exception(ctx, alice.id, key, 5)) is None
    assert run(lambda ctx: add_exception(ctx, alice.id, key, 6)) == [api.PrivacyValueAllowUsers(users=[5, 6]), _NONE]


def test_owner_is_always_allowed(run: Run, alice: Client) -> None:
    key = PrivacyKey.ABOUT
    run(lambda ctx: set_rules(ctx, alice.id, key, [_NONE]))
    assert run(lambda ctx: allowed(ctx, [alice.id], alice.id, key)) == {alice.id}
    assert run(lambda ctx: allowed_viewers(ctx, alice.id, [alice.id], key)) == {alice.id}
    assert run(lambda ctx: allowed_keys(ctx, alice.id, alice.id, [key])) == {key}


def test_batches_read_a_constant_number_of_statements(server: Harness, alice: Client, statements: Any) -> None:
    ids = [server.user(f"U{number}").id for number in range(50)]
    key = PrivacyKey.PHONE_NUMBER
    assert statements(lambda ctx: allowed(ctx, ids[:1], alice.id, key)) == 2
    assert statements(lambda ctx: allowed(ctx, ids, alice.id, key)) == 2
    assert statements(lambda ctx: allowed_viewers(ctx, alice.id, ids, key)) == 2
    assert statements(lambda ctx: allowed_viewers(ctx, alice.id, [], key)) == 0
    assert statements(lambda ctx: allowed(ctx, ids, alice.id, PrivacyKey.STATUS_TIMESTAMP)) == 1


_RULE = st.sampled_from(
    [
        _ALL,
        _NONE,
        api.PrivacyValueAllowContacts(),
        api.PrivacyValueDisallowContacts(),
        api.PrivacyValueAllowCloseFriends(),
        api.PrivacyValueAllowBots(),
        api.PrivacyValueDisallowBots(),
        api.PrivacyValueAllowUsers(users=[1001]),
        api.PrivacyValueDisallowUsers(users=[1002]),
    ]
)


@pytest.fixture
def people(server: Harness, run: Run) -> list[int]:
    """An owner, a stranger, a contact, a close friend and a bot."""
    owner, stranger, contact, friend = (server.user(name) for name in ("Owner", "Stranger", "Contact", "Friend"))
    bot = server.user("Bot", bot=True)
    entries = [NewContact(person.id, "N", "") for person in (contact, friend)]
    run(lambda ctx: save_contacts(ctx, owner.id, entries))
    run(lambda ctx: set_close_friends(ctx, owner.id, {friend.id}))
    return [person.id for person in (owner, stranger, contact, friend, bot)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_RULE, min_size=1, max_size=4))
def test_each_way_of_asking_gives_the_same_answer(run: Run, people: list[int], rules: list[Any]) -> None:
    owner, *viewers = people
    key = PrivacyKey.ABOUT
    stored = run(lambda ctx: set_rules(ctx, owner, key, rules))
    facts = {
        viewers[0]: Viewer(viewers[0]),
        viewers[1]: Viewer(viewers[1], is_contact=True),
        viewers[2]: Viewer(viewers[2], is_contact=True, is_close_friend=True),
        viewers[3]: Viewer(viewers[3], is_bot=True),
    }
    expected = {viewer for viewer, fact in facts.items() if matches_first(stored, fact)}
    assert run(lambda ctx: allowed_viewers(ctx, owner, viewers, key)) == expected
    for viewer in viewers:
        assert bool(run(partial(allowed, owner_ids=[owner], viewer_id=viewer, key=key))) is (viewer in expected)
        one = run(partial(allowed_keys, owner_id=owner, viewer_id=viewer, keys=[key]))
        assert bool(one) is (viewer in expected)
