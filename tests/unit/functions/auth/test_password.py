"""Two-step verification at sign-in: auth.checkPassword, recovery by e-mail. Checklist 101-103."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest

from layers.domain import limits
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.srp_client import new_settings, no_password, proof
from tests.unit.functions.auth.conftest import PHONE, call_as, send_code
from tl import api

Fails = Callable[..., RpcError]
_PASSWORD = "correct horse"


def state_of(client: Client) -> Any:
    return client.call(api.account.GetPassword())


def set_password(client: Client, password: str = _PASSWORD, **fields: object) -> None:
    settings = new_settings(state_of(client), password, **fields)
    client.call(api.account.UpdatePasswordSettings(password=api.InputCheckPasswordEmpty(), new_settings=settings))


def mailed_code(records: list[logging.LogRecord]) -> str:
    """The code of the last mail."""
    texts = [str(record.__dict__["text"]) for record in records if record.getMessage() == "mail"]
    found: list[str] = re.findall(r"Your code is (\d{6})", texts[-1])
    return found[-1]


def set_recovery(client: Client, records: list[logging.LogRecord], fails: Fails) -> None:
    """A password with a confirmed recovery address."""
    fails("EMAIL_UNCONFIRMED_6", set_password, client, email="alice@example.org")
    assert client.call(api.account.ConfirmPasswordEmail(code=mailed_code(records))) is True


@pytest.fixture
def locked(alice: Client) -> Client:
    """Alice, who has a password."""
    set_password(alice, hint="battery staple")
    return alice


@pytest.fixture
def laptop(server: Harness, locked: Client, fails: Fails) -> Client:
    """A device of hers that proved the phone and owes the password."""
    client = server.device(None)
    error = fails("SESSION_PASSWORD_NEEDED", send_code(client).sign_in)
    assert error.code == 401
    return client


def test_the_password_finishes_the_sign_in(server: Harness, locked: Client, laptop: Client, fails: Fails) -> None:
    fails("AUTH_KEY_UNREGISTERED", laptop.call, api.updates.GetState())
    [entry] = [e for e in locked.call(api.account.GetAuthorizations()).authorizations if not e.current]
    assert entry.password_pending
    state = state_of(laptop)
    assert state.has_password
    assert state.hint == "battery staple"
    answer = laptop.call(api.auth.CheckPassword(password=proof(state, _PASSWORD)))
    assert answer.user.id == locked.id
    assert laptop.auth_key_id in server.auth_keys_changed
    [entry] = [e for e in locked.call(api.account.GetAuthorizations()).authorizations if not e.current]
    assert not entry.password_pending
    assert "updateNewAuthorization" in {update.TL_NAME for update in locked.pushes()}


def test_a_device_that_owes_the_password_is_told_nothing(locked: Client, laptop: Client) -> None:
    assert [update.TL_NAME for update in locked.pushes()] == []
    answer = call_as(laptop, api.account.GetPassword())
    assert answer.has_password


def test_wrong_password(laptop: Client, fails: Fails) -> None:
    state = state_of(laptop)
    fails("PASSWORD_HASH_INVALID", laptop.call, api.auth.CheckPassword(password=proof(state, "wrong")))
    fails("PASSWORD_HASH_INVALID", laptop.call, api.auth.CheckPassword(password=api.InputCheckPasswordEmpty()))
    # checklist 102: a challenge is for one answer, right or wrong
    fails("SRP_ID_INVALID", laptop.call, api.auth.CheckPassword(password=proof(state, _PASSWORD)))
    assert laptop.call(api.auth.CheckPassword(password=proof(state_of(laptop), _PASSWORD)))


def test_a_replayed_proof_is_worth_nothing(server: Harness, laptop: Client, fails: Fails) -> None:
    request = api.auth.CheckPassword(password=proof(state_of(laptop), _PASSWORD))
    assert laptop.call(request)
    thief = server.device(None)
    fails("SESSION_PASSWORD_NEEDED", send_code(thief).sign_in)
    fails("SRP_ID_INVALID", thief.call, request)


def test_a_challenge_is_short_lived(server: Harness, laptop: Client, fails: Fails) -> None:
    check = proof(state_of(laptop), _PASSWORD)
    server.services.cache.delete(f"srp:{check.srp_id}")
    fails("SRP_ID_INVALID", laptop.call, api.auth.CheckPassword(password=check))


def test_a_challenge_is_for_one_account(server: Harness, laptop: Client, fails: Fails) -> None:
    bob = server.user("Bob")
    set_password(bob, "other")
    stolen = proof(state_of(bob), "other")
    fails("SRP_ID_INVALID", laptop.call, api.auth.CheckPassword(password=stolen))


def test_the_password_changed_meanwhile(locked: Client, laptop: Client, fails: Fails) -> None:
    check = proof(state_of(laptop), _PASSWORD)
    state = state_of(locked)
    request = api.account.UpdatePasswordSettings(
        password=proof(state, _PASSWORD), new_settings=new_settings(state, "another")
    )
    assert locked.call(request) is True
    fails("SRP_PASSWORD_CHANGED", laptop.call, api.auth.CheckPassword(password=check))
    assert laptop.call(api.auth.CheckPassword(password=proof(state_of(laptop), "another")))


@pytest.mark.parametrize("number", ["0", "1", "p", "p-1", "2p", "short"])
def test_degenerate_a(laptop: Client, fails: Fails, number: str) -> None:
    # checklist 102
    state = state_of(laptop)
    p = int.from_bytes(state.current_algo.p, "big")
    values = {"0": 0, "1": 1, "p": p, "p-1": p - 1, "2p": 2 * p, "short": 5}
    srp_a = values[number].to_bytes(257 if number == "2p" else 1 if number == "short" else 256, "big")
    check = api.InputCheckPasswordSRP(srp_id=state.srp_id, A=srp_a, M1=bytes(32))
    fails("SRP_A_INVALID", laptop.call, api.auth.CheckPassword(password=check))


def test_brute_force_waits(limited: Harness, fails: Fails) -> None:
    # checklist 102
    alice = limited.user("Alice", phone=PHONE)
    set_password(alice)
    thief = limited.device(None)
    fails("SESSION_PASSWORD_NEEDED", send_code(thief).sign_in)
    attempts, _ = limits.PASSWORD_ATTEMPTS

    def check(client: Client, request_type: type, password: str) -> object:
        state = state_of(client)
        wrong = api.InputCheckPasswordSRP(srp_id=state.srp_id, A=proof(state, "x").A, M1=bytes(32))
        return client.call(request_type(password=proof(state, password) if password else wrong))

    for _ in range(attempts):
        fails("PASSWORD_HASH_INVALID", check, thief, api.auth.CheckPassword, "")
    with pytest.raises(RpcError) as caught:
        check(thief, api.auth.CheckPassword, _PASSWORD)
    assert caught.value.code == 420
    assert caught.value.message.startswith("FLOOD_WAIT_")
    # The owner is not locked out by it.
    assert check(alice, api.account.GetPasswordSettings, _PASSWORD)


def test_nobody_owes_a_password(server: Harness, alice: Client, fails: Fails) -> None:
    stranger = server.device(None)
    request = api.auth.CheckPassword(password=api.InputCheckPasswordEmpty())
    assert fails("AUTH_KEY_UNREGISTERED", stranger.call, request).code == 401
    assert not stranger.call(api.account.GetPassword()).has_password
    fails("AUTH_KEY_UNREGISTERED", stranger.call, api.auth.RequestPasswordRecovery())


def test_what_is_owed_is_forgotten_after_a_day(server: Harness, laptop: Client, fails: Fails) -> None:
    server.clock.advance(limits.PASSWORD_PENDING_LIFE_S + 1)
    assert not laptop.call(api.account.GetPassword()).has_password
    fails("AUTH_KEY_UNREGISTERED", laptop.call, api.auth.RequestPasswordRecovery())


def test_the_owner_ends_an_attempt(locked: Client, laptop: Client, fails: Fails) -> None:
    [entry] = [e for e in locked.call(api.account.GetAuthorizations()).authorizations if e.password_pending]
    locked.call(api.account.ResetAuthorization(hash=entry.hash))
    assert not laptop.call(api.account.GetPassword()).has_password
    fails("AUTH_KEY_UNREGISTERED", laptop.call, api.auth.RequestPasswordRecovery())


def test_removal_lets_a_waiting_device_in_without(locked: Client, laptop: Client) -> None:
    state = state_of(locked)
    locked.call(api.account.UpdatePasswordSettings(password=proof(state, _PASSWORD), new_settings=no_password()))
    answer = laptop.call(api.auth.CheckPassword(password=api.InputCheckPasswordEmpty()))
    assert answer.user.id == locked.id


# Recovery, checklist 103


def test_recovery_without_an_address(laptop: Client, fails: Fails) -> None:
    fails("PASSWORD_RECOVERY_NA", laptop.call, api.auth.RequestPasswordRecovery())


def test_recovery_without_a_password(alice: Client, fails: Fails) -> None:
    fails("PASSWORD_EMPTY", alice.call, api.auth.RequestPasswordRecovery())


def test_recovery_signs_in_and_removes_the_password(
    server: Harness, alice: Client, log_records: list[logging.LogRecord], fails: Fails
) -> None:
    set_recovery(alice, log_records, fails)
    laptop = server.device(None)
    fails("SESSION_PASSWORD_NEEDED", send_code(laptop).sign_in)
    assert state_of(laptop).has_recovery
    fails("PASSWORD_RECOVERY_EXPIRED", laptop.call, api.auth.CheckRecoveryPassword(code="123456"))
    assert laptop.call(api.auth.RequestPasswordRecovery()).email_pattern == "a***e@example.org"
    code = mailed_code(log_records)
    fails("CODE_EMPTY", laptop.call, api.auth.CheckRecoveryPassword(code=""))
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    fails("CODE_INVALID", laptop.call, api.auth.CheckRecoveryPassword(code=wrong))
    assert laptop.call(api.auth.CheckRecoveryPassword(code=code)) is True
    assert laptop.call(api.auth.RecoverPassword(code=code)).user.id == alice.id
    assert not state_of(alice).has_password
    fails("AUTH_KEY_UNREGISTERED", server.device(None).call, api.auth.RecoverPassword(code=code))


def test_recovery_with_a_new_password(
    server: Harness, alice: Client, log_records: list[logging.LogRecord], fails: Fails
) -> None:
    set_recovery(alice, log_records, fails)
    laptop = server.device(None)
    fails("SESSION_PASSWORD_NEEDED", send_code(laptop).sign_in)
    laptop.call(api.auth.RequestPasswordRecovery())
    settings = new_settings(state_of(laptop), "fresh")
    request = api.auth.RecoverPassword(code=mailed_code(log_records), new_settings=settings)
    assert laptop.call(request).user.id == alice.id
    state = state_of(alice)
    assert state.has_recovery
    assert alice.call(api.account.GetPasswordSettings(password=proof(state, "fresh"))).email == "alice@example.org"


def test_recovery_codes_are_not_guessed(
    server: Harness, alice: Client, log_records: list[logging.LogRecord], fails: Fails
) -> None:
    set_recovery(alice, log_records, fails)
    laptop = server.device(None)
    fails("SESSION_PASSWORD_NEEDED", send_code(laptop).sign_in)
    laptop.call(api.auth.RequestPasswordRecovery())
    code = mailed_code(log_records)
    for offset in range(limits.EMAIL_CODE_ATTEMPTS):
        wrong = f"{(int(code) + 1 + offset) % 1_000_000:06d}"
        fails("CODE_INVALID", laptop.call, api.auth.RecoverPassword(code=wrong))
    fails("PASSWORD_RECOVERY_EXPIRED", laptop.call, api.auth.RecoverPassword(code=code))
