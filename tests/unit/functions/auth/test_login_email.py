"""Login e-mail: account.sendVerifyEmailCode and verifyEmail, codes by mail, auth.resetLoginEmail. Checklist 100."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest

from layers.domain import limits
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.unit.functions.auth.conftest import PHONE, call_as, send_code
from tl import api

Fails = Callable[..., RpcError]
_CHANGE = api.EmailVerifyPurposeLoginChange()


@pytest.fixture
def mailed(log_records: list[logging.LogRecord]) -> Callable[[], str]:
    """Called, the code of the last mail."""

    def last_code() -> str:
        texts = [str(record.__dict__["text"]) for record in log_records if record.getMessage() == "mail"]
        found: list[str] = re.findall(r"code is (\d+)", texts[-1])
        return found[-1]

    return last_code


def verify(code: str) -> api.account.VerifyEmail:
    return api.account.VerifyEmail(purpose=_CHANGE, verification=api.EmailVerificationCode(code=code))


@pytest.fixture
def reachable(alice: Client, mailed: Callable[[], str]) -> Client:
    """Alice, who has a login e-mail and signed out of all devices."""
    sent = alice.call(api.account.SendVerifyEmailCode(purpose=_CHANGE, email="alice@example.org"))
    assert (sent.email_pattern, sent.length) == ("a***e@example.org", 6)
    assert alice.call(verify(mailed())) == api.account.EmailVerified(email="alice@example.org")
    assert alice.call(api.account.GetPassword()).login_email_pattern == "a***e@example.org"
    alice.call(api.auth.LogOut())
    return alice


def test_a_code_by_mail(
    server: Harness, reachable: Client, mailed: Callable[[], str], log_records: list[logging.LogRecord]
) -> None:
    log_records.clear()
    sent = send_code(server.device(None))
    kind = sent.sent.type
    assert isinstance(kind, api.auth.SentCodeTypeEmailCode)
    assert (kind.email_pattern, kind.length) == ("a***e@example.org", 5)
    assert kind.reset_available_period == limits.LOGIN_EMAIL_RESET_S
    # Whoever reads what goes to the phone has no use of it.
    assert [record.getMessage() for record in log_records if "code" in record.__dict__] == []
    answer = sent.client.call(
        api.auth.SignIn(
            phone_number=PHONE,
            phone_code_hash=sent.sent.phone_code_hash,
            email_verification=api.EmailVerificationCode(code=mailed()),
        )
    )
    assert answer.user.id == reachable.id


def test_resent_codes_go_there_too(server: Harness, reachable: Client) -> None:
    sent = send_code(server.device(None))
    request = api.auth.ResendCode(phone_number=PHONE, phone_code_hash=sent.sent.phone_code_hash)
    assert isinstance(sent.client.call(request).type, api.auth.SentCodeTypeEmailCode)


def test_devices_come_first(server: Harness, reachable: Client, mailed: Callable[[], str]) -> None:
    server.device(reachable.id)
    sent = send_code(server.device(None))
    assert isinstance(sent.sent.type, api.auth.SentCodeTypeApp)
    request = api.auth.ResendCode(phone_number=PHONE, phone_code_hash=sent.sent.phone_code_hash)
    assert isinstance(sent.client.call(request).type, api.auth.SentCodeTypeEmailCode)


def test_reset_takes_a_week(server: Harness, reachable: Client, fails: Fails) -> None:
    sent = send_code(server.device(None))
    request = api.auth.ResetLoginEmail(phone_number=PHONE, phone_code_hash=sent.sent.phone_code_hash)
    pending = sent.client.call(request).type.reset_pending_date
    assert pending is not None
    fails("TASK_ALREADY_EXISTS", sent.client.call, request)
    again = send_code(server.device(None)).sent.type
    assert (again.reset_pending_date, again.reset_available_period) == (pending, None)
    server.clock.advance(limits.LOGIN_EMAIL_RESET_S + 1)
    assert isinstance(send_code(server.device(None)).sent.type, api.auth.SentCodeTypeSms)


def test_whoever_reads_the_mail_keeps_it(server: Harness, reachable: Client, mailed: Callable[[], str]) -> None:
    sent = send_code(server.device(None))
    request = {"phone_number": PHONE, "phone_code_hash": sent.sent.phone_code_hash}
    sent.client.call(api.auth.ResetLoginEmail(**request))
    code = api.EmailVerificationCode(code=mailed())
    assert sent.client.call(api.auth.SignIn(email_verification=code, **request)).user.id == reachable.id
    server.clock.advance(limits.LOGIN_EMAIL_RESET_S + 1)
    call_as(sent.client, api.auth.LogOut(), user_id=reachable.id)
    assert isinstance(send_code(server.device(None)).sent.type, api.auth.SentCodeTypeEmailCode)


def test_nothing_to_reset(server: Harness, alice: Client, fails: Fails) -> None:
    sent = send_code(server.device(None))
    request = {"phone_number": PHONE, "phone_code_hash": sent.sent.phone_code_hash}
    fails("EMAIL_INSTALL_MISSING", sent.client.call, api.auth.ResetLoginEmail(**request))
    request["phone_code_hash"] = "x"
    fails("PHONE_CODE_EXPIRED", sent.client.call, api.auth.ResetLoginEmail(**request))


def test_refusals(server: Harness, alice: Client, mailed: Callable[[], str], fails: Fails) -> None:
    fails("EMAIL_INVALID", alice.call, api.account.SendVerifyEmailCode(purpose=_CHANGE, email="x"))
    fails("EMAIL_VERIFY_EXPIRED", alice.call, verify("123456"))
    passport = api.EmailVerifyPurposePassport()
    fails("EMAIL_NOT_ALLOWED", alice.call, api.account.SendVerifyEmailCode(purpose=passport, email="a@example.org"))
    google = api.account.VerifyEmail(purpose=_CHANGE, verification=api.EmailVerificationGoogle(token="x"))
    fails("EMAIL_NOT_ALLOWED", alice.call, google)
    request = api.account.SendVerifyEmailCode(purpose=_CHANGE, email="a@example.org")
    fails("AUTH_KEY_UNREGISTERED", call_as, alice, request, user_id=None)
    alice.call(request)
    fails("CODE_INVALID", alice.call, verify(f"{(int(mailed()) + 1) % 1_000_000:06d}"))
    assert alice.call(verify(mailed()))
