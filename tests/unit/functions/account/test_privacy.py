"""account.getPrivacy, setPrivacy, global privacy, content settings: checklist 110."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from layers.domain import limits
from layers.domain.privacy import PrivacyKey
from layers.errors import RpcError
from tests.harness import Client, grouped
from tl import api

Fails = Callable[..., RpcError]
KEYS = [getattr(api, "InputPrivacyKey" + key.tl_suffix)() for key in PrivacyKey]


def set_rules(client: Client, key: Any, *rules: Any) -> Any:
    return client.call(api.account.SetPrivacy(key=key, rules=list(rules)))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.TL_NAME)
def test_every_key_is_kept_and_told(alice: Client, key: Any) -> None:
    laptop = alice.device()
    assert alice.call(api.account.GetPrivacy(key=key)).rules
    answer = set_rules(alice, key, api.InputPrivacyValueDisallowAll())
    assert answer.rules == [api.PrivacyValueDisallowAll()]
    assert laptop.call(api.account.GetPrivacy(key=key)).rules == answer.rules
    (update,) = grouped(laptop.pushes())["updatePrivacy"]
    assert type(update.key).__name__ == type(key).__name__.removeprefix("Input")
    assert update.rules == answer.rules
    assert alice.pushes() == []


def test_rules_come_back_in_order_with_their_users(alice: Client, bob: Client) -> None:
    answer = set_rules(
        alice,
        api.InputPrivacyKeyStatusTimestamp(),
        api.InputPrivacyValueDisallowUsers(users=[alice.input_user(bob), api.InputUserSelf(), alice.input_user(bob)]),
        api.InputPrivacyValueAllowContacts(),
        api.InputPrivacyValueAllowCloseFriends(),
    )
    assert answer.rules == [
        api.PrivacyValueDisallowUsers(users=[bob.id]),
        api.PrivacyValueAllowContacts(),
        api.PrivacyValueAllowCloseFriends(),
        api.PrivacyValueDisallowAll(),
    ]
    assert [user.id for user in answer.users] == [bob.id]
    again = alice.call(api.account.GetPrivacy(key=api.InputPrivacyKeyStatusTimestamp()))
    assert (again.rules, [user.id for user in again.users]) == (answer.rules, [bob.id])


def test_rules_apply_to_what_others_see(alice: Client, bob: Client) -> None:
    def phone() -> str | None:
        (user,) = bob.call(api.users.GetUsers(id=[bob.input_user(alice)]))
        found: str | None = user.phone
        return found

    set_rules(alice, api.InputPrivacyKeyPhoneNumber(), api.InputPrivacyValueDisallowAll())
    assert phone() is None
    exception = api.InputPrivacyValueAllowUsers(users=[alice.input_user(bob)])
    set_rules(alice, api.InputPrivacyKeyPhoneNumber(), exception, api.InputPrivacyValueDisallowAll())
    assert phone() is not None


def test_refusals(alice: Client, bob: Client, fails: Fails) -> None:
    key = api.InputPrivacyKeyAbout()

    def refused(name: str, *rules: Any) -> None:
        fails(name, alice, api.account.SetPrivacy(key=key, rules=list(rules)))

    allow_all = api.InputPrivacyValueAllowAll()
    refused("PRIVACY_TOO_LONG", *[allow_all] * (limits.PRIVACY_RULES + 1))
    refused("PRIVACY_VALUE_INVALID", allow_all, allow_all)
    refused("PRIVACY_VALUE_INVALID", api.InputPrivacyValueAllowChatParticipants(chats=[1]))
    stranger = api.InputUser(user_id=bob.id, access_hash=1)
    refused("PRIVACY_VALUE_INVALID", api.InputPrivacyValueAllowUsers(users=[stranger]))
    many = [alice.input_user(bob)] * (limits.PRIVACY_RULE_PEERS + 1)
    refused("PRIVACY_TOO_LONG", api.InputPrivacyValueAllowUsers(users=many))


def test_global_settings(alice: Client, fails: Fails) -> None:
    assert alice.call(api.account.GetGlobalPrivacySettings()) == api.GlobalPrivacySettings()
    changed = api.GlobalPrivacySettings(keep_archived_unmuted=True, hide_read_marks=True)
    assert alice.call(api.account.SetGlobalPrivacySettings(settings=changed)) == changed
    assert alice.device().call(api.account.GetGlobalPrivacySettings()) == changed

    def refused(name: str, **fields: Any) -> int:
        settings = api.GlobalPrivacySettings(**fields)
        return fails(name, alice, api.account.SetGlobalPrivacySettings(settings=settings)).code

    assert refused("AUTOARCHIVE_NOT_AVAILABLE", archive_and_mute_new_noncontact_peers=True) == 400
    assert refused("PREMIUM_ACCOUNT_REQUIRED", new_noncontact_peers_require_premium=True) == 403
    assert refused("PREMIUM_ACCOUNT_REQUIRED", noncontact_peers_paid_stars=5) == 403


def test_content_settings(alice: Client) -> None:
    before = alice.call(api.account.GetContentSettings())
    assert (before.sensitive_enabled, before.sensitive_can_change) == (False, True)
    assert alice.call(api.account.SetContentSettings(sensitive_enabled=True)) is True
    assert alice.device().call(api.account.GetContentSettings()).sensitive_enabled is True
    alice.call(api.account.SetContentSettings())
    assert alice.call(api.account.GetContentSettings()).sensitive_enabled is False
