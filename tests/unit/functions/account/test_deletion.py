"""Deleting accounts, cancelling that, lifetimes of accounts and sessions, another number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from functions.account.deletion import enforce_lifetimes
from layers.domain.login import pending_codes
from layers.errors import RpcError
from layers.schema import authorizations, usernames
from tests.harness import Client, Harness
from tests.srp_client import new_settings, proof
from tl import api

Fails = Callable[..., RpcError]
_DAY_S = 86_400
_DELETE = api.account.DeleteAccount(reason="tired of it")


def state_of(client: Client) -> Any:
    return client.call(api.account.GetPassword())


@pytest.fixture
def locked(alice: Client) -> Client:
    """Alice, who has a password."""
    settings = new_settings(state_of(alice), "secret")
    alice.call(api.account.UpdatePasswordSettings(password=api.InputCheckPasswordEmpty(), new_settings=settings))
    return alice


def as_seen_by(viewer: Client, other: Client) -> Any:
    [user] = viewer.call(api.users.GetUsers(id=[viewer.input_user(other)]))
    return user


def signed_in(server: Harness, client: Client) -> int:
    with server.services.database.transaction(writes=False) as db:
        counted = sa.select(sa.func.count()).select_from(authorizations)
        return int(db.scalar(counted.where(authorizations.c.user_id == client.id)))


def code_for(server: Harness) -> str:
    return str(pending_codes(server.services)[0]["code"])


def test_delete(server: Harness, alice: Client, bob: Client, fails: Fails) -> None:
    alice.call(api.account.UpdateUsername(username="alice_there"))
    alice.call(api.messages.SendMessage(peer=alice.peer(bob), message="hi", random_id=1))
    server.settle()
    bob.pushes()
    laptop = alice.device()
    assert alice.call(_DELETE) is True
    assert signed_in(server, alice) == 0
    assert {alice.auth_key_id, laptop.auth_key_id} <= set(server.auth_keys_changed)
    user = as_seen_by(bob, alice)
    assert user.deleted
    assert (user.first_name, user.phone, user.username, user.status) == (None, None, None, None)
    assert "updateUser" in {update.TL_NAME for update in bob.pushes()}
    with server.services.database.transaction(writes=False) as db:
        assert db.first(sa.select(usernames)) is None
    fails("INPUT_USER_DEACTIVATED", bob, api.messages.SendMessage(peer=bob.peer(alice), message="?", random_id=2))


def test_the_number_is_free_again(server: Harness, fails: Fails) -> None:
    alice = server.user("Alice", phone="9996621234")
    alice.call(_DELETE)
    client = server.device(None)
    request = api.auth.SendCode(phone_number="9996621234", api_id=1, api_hash="x", settings=api.CodeSettings())
    sent = client.call(request)
    answer = client.call(
        api.auth.SignIn(phone_number="9996621234", phone_code_hash=sent.phone_code_hash, phone_code=code_for(server))
    )
    assert isinstance(answer, api.auth.AuthorizationSignUpRequired)


def test_delete_with_the_password(server: Harness, locked: Client, fails: Fails) -> None:
    wrong = api.account.DeleteAccount(reason="", password=proof(state_of(locked), "wrong"))
    fails("PASSWORD_HASH_INVALID", locked, wrong)
    assert locked.call(api.account.DeleteAccount(reason="", password=proof(state_of(locked), "secret"))) is True
    assert signed_in(server, locked) == 0


def test_delete_without_the_password_takes_a_week(server: Harness, locked: Client, bob: Client, fails: Fails) -> None:
    assert fails(f"2FA_CONFIRM_WAIT_{7 * _DAY_S}", locked, _DELETE).code == 420
    server.clock.advance(_DAY_S)
    assert fails(f"2FA_CONFIRM_WAIT_{6 * _DAY_S}", locked, _DELETE).code == 420
    enforce_lifetimes(server.services)
    assert not as_seen_by(bob, locked).deleted
    server.clock.advance(6 * _DAY_S + 1)
    enforce_lifetimes(server.services)
    assert as_seen_by(bob, locked).deleted


def test_the_owner_cancels_the_deletion(server: Harness, locked: Client, bob: Client, fails: Fails) -> None:
    fails("HASH_INVALID", locked, api.account.SendConfirmPhoneCode(hash="x", settings=api.CodeSettings()))
    fails(f"2FA_CONFIRM_WAIT_{7 * _DAY_S}", locked, _DELETE)
    server.settle()
    told: Any = next(update for update in locked.pushes() if isinstance(update, api.UpdateNewMessage))
    [hash_] = re.findall(r"confirmphone\?phone=\d+&hash=([0-9a-f]+)", told.message.message)
    fails("HASH_INVALID", bob, api.account.SendConfirmPhoneCode(hash=hash_, settings=api.CodeSettings()))
    sent = locked.call(api.account.SendConfirmPhoneCode(hash=hash_, settings=api.CodeSettings()))
    code = code_for(server)
    wrong = f"{(int(code) + 1) % 100_000:05d}"
    request = {"phone_code_hash": sent.phone_code_hash}
    fails("PHONE_CODE_INVALID", locked, api.account.ConfirmPhone(phone_code=wrong, **request))
    fails("PHONE_CODE_EMPTY", locked, api.account.ConfirmPhone(phone_code="", **request))
    assert locked.call(api.account.ConfirmPhone(phone_code=code, **request)) is True
    server.clock.advance(8 * _DAY_S)
    enforce_lifetimes(server.services)
    assert not as_seen_by(bob, locked).deleted


def test_idle_sessions_end(server: Harness, alice: Client) -> None:
    laptop = alice.device()
    alice.call(api.account.SetAuthorizationTTL(authorization_ttl_days=30))
    server.clock.advance(29 * _DAY_S)
    enforce_lifetimes(server.services)
    assert signed_in(server, alice) == 2
    alice.call(api.account.UpdateStatus(offline=False))
    server.clock.advance(2 * _DAY_S)
    enforce_lifetimes(server.services)
    assert signed_in(server, alice) == 1
    assert laptop.auth_key_id in server.auth_keys_changed


def test_idle_accounts_are_deleted(server: Harness, alice: Client, bob: Client) -> None:
    alice.call(api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=30)))
    bob.call(api.account.SetAuthorizationTTL(authorization_ttl_days=366))
    server.clock.advance(31 * _DAY_S)
    enforce_lifetimes(server.services)
    assert as_seen_by(bob, alice).deleted
    assert not as_seen_by(alice, bob).deleted


# Another number


def change(client: Client, phone: str, sent: Any, code: str) -> api.account.ChangePhone:
    return api.account.ChangePhone(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=code)


def test_change_phone(server: Harness, alice: Client, bob: Client, fails: Fails) -> None:
    laptop = alice.device()
    phone = "9996629999"
    sent = alice.call(api.account.SendChangePhoneCode(phone_number="+" + phone, settings=api.CodeSettings()))
    assert isinstance(sent.type, api.auth.SentCodeTypeSms)
    code = code_for(server)
    fails("PHONE_CODE_INVALID", alice, change(alice, phone, sent, f"{(int(code) + 1) % 100_000:05d}"))
    # The code is good for this and nothing else.
    stranger = server.device(None)
    sign_in = api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=code)
    fails("PHONE_CODE_EXPIRED", stranger, sign_in)
    user = alice.call(change(alice, phone, sent, code))
    assert user.phone == phone
    told = {update.TL_NAME: update for update in laptop.pushes()}
    assert told["updateUserPhone"].phone == phone
    fails("PHONE_CODE_EXPIRED", alice, change(alice, phone, sent, code))


def test_a_sign_in_code_changes_no_number(server: Harness, alice: Client, fails: Fails) -> None:
    request = api.auth.SendCode(phone_number="9996629999", api_id=1, api_hash="x", settings=api.CodeSettings())
    sent = server.device(None).call(request)
    fails("PHONE_CODE_EXPIRED", alice, change(alice, "9996629999", sent, code_for(server)))


def test_a_number_of_somebody_else(server: Harness, alice: Client, fails: Fails) -> None:
    server.user("Carol", phone="9996629998")
    request = api.account.SendChangePhoneCode(phone_number="9996629998", settings=api.CodeSettings())
    fails("PHONE_NUMBER_OCCUPIED", alice, request)
    invalid = api.account.SendChangePhoneCode(phone_number="12", settings=api.CodeSettings())
    assert fails("PHONE_NUMBER_INVALID", alice, invalid).code == 406
