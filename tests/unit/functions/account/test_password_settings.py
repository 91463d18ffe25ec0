"""Setting, changing and removing the password: account.updatePasswordSettings and its kin. Checklist 101-103."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.errors import RpcError
from layers.schema import email_codes, passwords
from tests.harness import Client, Harness
from tests.srp_client import new_settings, no_password, proof
from tl import api

Fails = Callable[..., RpcError]
_FIRST = "first password"
_EMPTY = api.InputCheckPasswordEmpty()


@pytest.fixture
def mails(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Called, the code of the last mail."""
    caplog.set_level(logging.INFO)

    def last_code() -> str:
        texts = [str(record.__dict__["text"]) for record in caplog.records if record.getMessage() == "mail"]
        found: list[str] = re.findall(r"Your code is (\d{6})", texts[-1])
        return found[-1]

    return last_code


def state_of(client: Client) -> Any:
    return client.call(api.account.GetPassword())


def update(settings: api.account.PasswordInputSettings, check: Any = _EMPTY) -> api.account.UpdatePasswordSettings:
    return api.account.UpdatePasswordSettings(password=check, new_settings=settings)


@pytest.fixture
def locked(alice: Client) -> Client:
    """Alice, who has a password."""
    assert alice.call(update(new_settings(state_of(alice), _FIRST, hint=" my  hint "))) is True
    return alice


def test_set_change_and_remove(locked: Client, fails: Fails) -> None:
    state = state_of(locked)
    assert (state.has_password, state.has_recovery, state.hint) == (True, False, "my hint")
    assert len(state.srp_B) == 256
    assert state.current_algo.salt1 != state.new_algo.salt1
    assert locked.call(update(new_settings(state, "second", hint="other"), proof(state, _FIRST))) is True
    state = state_of(locked)
    assert state.hint == "other"
    fails("PASSWORD_HASH_INVALID", locked, update(no_password(), proof(state, _FIRST)))
    assert locked.call(update(no_password(), proof(state_of(locked), "second"))) is True
    state = state_of(locked)
    assert (state.has_password, state.current_algo, state.srp_B, state.hint) == (False, None, None, None)


def test_the_password_in_force_is_asked_for(locked: Client, fails: Fails) -> None:
    fails("PASSWORD_HASH_INVALID", locked, update(no_password()))
    fails("PASSWORD_HASH_INVALID", locked, update(new_settings(state_of(locked), "second")))
    fails("PASSWORD_HASH_INVALID", locked, api.account.GetPasswordSettings(password=_EMPTY))
    fails("SRP_ID_INVALID", locked, update(no_password(), api.InputCheckPasswordSRP(srp_id=1, A=bytes(256), M1=b"")))
    assert state_of(locked).has_password


@pytest.mark.parametrize(
    ("error", "change"),
    [
        ("NEW_SALT_INVALID", lambda s: setattr(s.new_algo, "salt1", bytes(8) + s.new_algo.salt1[8:])),
        ("NEW_SALT_INVALID", lambda s: setattr(s.new_algo, "salt1", s.new_algo.salt1[:8])),
        ("NEW_SALT_INVALID", lambda s: setattr(s.new_algo, "salt1", s.new_algo.salt1 + bytes(64))),
        ("NEW_SALT_INVALID", lambda s: setattr(s.new_algo, "salt2", bytes(16))),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s.new_algo, "g", 2)),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s.new_algo, "p", s.new_algo.p[:-1] + b"\0")),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s, "new_password_hash", bytes(256))),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s, "new_password_hash", s.new_algo.p)),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s, "new_password_hash", b"\1" * 257)),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s, "hint", "x" * 256)),
        ("NEW_SETTINGS_INVALID", lambda s: setattr(s, "new_algo", api.PasswordKdfAlgoUnknown())),
        ("EMAIL_INVALID", lambda s: setattr(s, "email", "nobody")),
        ("EMAIL_INVALID", lambda s: setattr(s, "email", "a@b.c\nBcc: d@e.f")),
    ],
)
def test_settings_are_checked(alice: Client, fails: Fails, error: str, change: Callable[[Any], None]) -> None:
    # checklist 102
    settings = new_settings(state_of(alice), _FIRST)
    change(settings)
    fails(error, alice, update(settings))
    assert not state_of(alice).has_password


def test_salts_of_an_older_password_are_refused(locked: Client, fails: Fails) -> None:
    old = new_settings(state_of(locked), "third")
    state = state_of(locked)
    locked.call(update(new_settings(state, "second"), proof(state, _FIRST)))
    fails("NEW_SALT_INVALID", locked, update(old, proof(state_of(locked), "second")))


def test_empty_settings(alice: Client, fails: Fails) -> None:
    fails("NEW_SETTINGS_EMPTY", alice, update(api.account.PasswordInputSettings()))
    fails("NEW_SETTINGS_INVALID", alice, update(api.account.PasswordInputSettings(email="a@example.org")))
    assert alice.call(update(no_password())) is True


def test_nothing_of_it_is_stored_in_the_clear(
    server: Harness, locked: Client, mails: Callable[[], str], fails: Fails
) -> None:
    state = state_of(locked)
    settings = new_settings(state, "second", email="alice@example.org")
    fails("EMAIL_UNCONFIRMED_6", locked, update(settings, proof(state, _FIRST)))
    with server.services.database.transaction(writes=False) as db:
        rows = repr([*db.rows(sa.select(passwords)), *db.rows(sa.select(email_codes))])
    assert "alice@example.org" not in rows
    assert mails() not in rows
    assert repr(settings.new_password_hash)[2:-1] not in rows


# The recovery address, checklist 103


def test_settings_wait_for_the_code(alice: Client, mails: Callable[[], str], fails: Fails) -> None:
    settings = new_settings(state_of(alice), _FIRST, email="alice@example.org")
    assert fails("EMAIL_UNCONFIRMED_6", alice, update(settings)).code == 400
    state = state_of(alice)
    assert not state.has_password
    assert state.email_unconfirmed_pattern == "a***e@example.org"
    code = mails()
    fails("CODE_INVALID", alice, api.account.ConfirmPasswordEmail(code=f"{(int(code) + 1) % 1_000_000:06d}"))
    fails("CODE_EMPTY", alice, api.account.ConfirmPasswordEmail(code=""))
    assert alice.call(api.account.ConfirmPasswordEmail(code=code)) is True
    state = state_of(alice)
    assert (state.has_password, state.has_recovery, state.email_unconfirmed_pattern) == (True, True, None)
    fails("EMAIL_HASH_EXPIRED", alice, api.account.ConfirmPasswordEmail(code=code))
    shown = alice.call(api.account.GetPasswordSettings(password=proof(state, _FIRST)))
    assert shown.email == "alice@example.org"


def test_another_address_alone(locked: Client, mails: Callable[[], str], fails: Fails) -> None:
    request = update(api.account.PasswordInputSettings(email="a@example.org"), proof(state_of(locked), _FIRST))
    fails("EMAIL_UNCONFIRMED_6", locked, request)
    first = mails()
    assert locked.call(api.account.ResendPasswordEmail()) is True
    assert mails() != first
    fails("CODE_INVALID", locked, api.account.ConfirmPasswordEmail(code=first))
    assert locked.call(api.account.ConfirmPasswordEmail(code=mails())) is True
    assert state_of(locked).has_recovery
    # The same address again needs no code.
    same = update(api.account.PasswordInputSettings(email="a@example.org"), proof(state_of(locked), _FIRST))
    assert locked.call(same) is True


def test_cancel(alice: Client, mails: Callable[[], str], fails: Fails) -> None:
    fails("EMAIL_HASH_EXPIRED", alice, api.account.CancelPasswordEmail())
    fails("EMAIL_HASH_EXPIRED", alice, api.account.ResendPasswordEmail())
    fails("EMAIL_UNCONFIRMED_6", alice, update(new_settings(state_of(alice), _FIRST, email="a@example.org")))
    assert alice.call(api.account.CancelPasswordEmail()) is True
    fails("EMAIL_HASH_EXPIRED", alice, api.account.ConfirmPasswordEmail(code=mails()))
    assert state_of(alice).email_unconfirmed_pattern is None


def test_codes_expire(server: Harness, alice: Client, mails: Callable[[], str], fails: Fails) -> None:
    fails("EMAIL_UNCONFIRMED_6", alice, update(new_settings(state_of(alice), _FIRST, email="a@example.org")))
    server.clock.advance(limits.EMAIL_CODE_LIFE_S + 1)
    fails("EMAIL_HASH_EXPIRED", alice, api.account.ConfirmPasswordEmail(code=mails()))


def test_a_code_for_settings_of_before_is_void(locked: Client, mails: Callable[[], str], fails: Fails) -> None:
    request = update(api.account.PasswordInputSettings(email="a@example.org"), proof(state_of(locked), _FIRST))
    fails("EMAIL_UNCONFIRMED_6", locked, request)
    state = state_of(locked)
    locked.call(update(new_settings(state, "second"), proof(state, _FIRST)))
    fails("EMAIL_HASH_EXPIRED", locked, api.account.ConfirmPasswordEmail(code=mails()))


# Reset and the rest


def test_reset_takes_a_week(server: Harness, locked: Client, fails: Fails) -> None:
    requested = locked.call(api.account.ResetPassword())
    assert isinstance(requested, api.account.ResetPasswordRequestedWait)
    assert state_of(locked).pending_reset_date == requested.until_date
    assert locked.call(api.account.ResetPassword()) == requested
    server.clock.advance(7 * 86_400 + 1)
    assert isinstance(locked.call(api.account.ResetPassword()), api.account.ResetPasswordOk)
    assert not state_of(locked).has_password
    fails("PASSWORD_EMPTY", locked, api.account.ResetPassword())


def test_declined_reset(server: Harness, locked: Client, fails: Fails) -> None:
    fails("RESET_REQUEST_MISSING", locked, api.account.DeclinePasswordReset())
    locked.call(api.account.ResetPassword())
    assert locked.call(api.account.DeclinePasswordReset()) is True
    assert state_of(locked).pending_reset_date is None
    assert isinstance(locked.call(api.account.ResetPassword()), api.account.ResetPasswordFailedWait)
    server.clock.advance(limits.PASSWORD_RESET_RETRY_S + 1)
    assert isinstance(locked.call(api.account.ResetPassword()), api.account.ResetPasswordRequestedWait)


def test_tmp_password(locked: Client, bob: Client, fails: Fails) -> None:
    tmp = locked.call(api.account.GetTmpPassword(password=proof(state_of(locked), _FIRST), period=60))
    assert tmp.tmp_password
    fails("PERIOD_INVALID", locked, api.account.GetTmpPassword(password=proof(state_of(locked), _FIRST), period=5))
    fails("TMP_PASSWORD_DISABLED", bob, api.account.GetTmpPassword(password=_EMPTY, period=60))


def test_secure_settings_are_kept(locked: Client) -> None:
    secure = api.SecureSecretSettings(
        secure_algo=api.SecurePasswordKdfAlgoSHA512(salt=b"salt"), secure_secret=b"s" * 32, secure_secret_id=5
    )
    request = update(api.account.PasswordInputSettings(new_secure_settings=secure), proof(state_of(locked), _FIRST))
    assert locked.call(request) is True
    shown = locked.call(api.account.GetPasswordSettings(password=proof(state_of(locked), _FIRST)))
    assert shown.secure_settings == secure
