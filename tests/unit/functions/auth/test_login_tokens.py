"""Signing in by QR code: auth.exportLoginToken, acceptLoginToken, importLoginToken. Checklist 104."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from layers.domain import limits
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.srp_client import new_settings, proof
from tests.unit.functions.auth.conftest import call_as, send_code
from tl import api

Fails = Callable[..., RpcError]


def export(client: Client, *, except_ids: list[int] | None = None, **changes: object) -> Any:
    request = api.auth.ExportLoginToken(api_id=9, api_hash="x", except_ids=except_ids or [])
    return call_as(client, request, **changes)


@pytest.fixture
def tablet(server: Harness) -> Client:
    """A device that shows a QR code."""
    return server.device(None)


def test_accepted(server: Harness, alice: Client, tablet: Client) -> None:
    phone = alice.device()
    token = export(tablet)
    entry = alice.call(api.auth.AcceptLoginToken(token=token.token))
    assert isinstance(entry, api.Authorization)
    assert not entry.current
    assert not entry.unconfirmed
    assert entry.hash in {item.hash for item in alice.call(api.account.GetAuthorizations()).authorizations}
    assert [update.TL_NAME for update in tablet.pushes()] == ["updateLoginToken"]
    assert tablet.auth_key_id in server.auth_keys_changed
    told = [update for update in phone.pushes() if isinstance(update, api.UpdateNewAuthorization)]
    assert [(update.hash, update.unconfirmed) for update in told] == [(entry.hash, False)]
    answer = export(tablet, user_id=alice.id)
    assert isinstance(answer, api.auth.LoginTokenSuccess)
    authorization: Any = answer.authorization
    assert authorization.user.id == alice.id


def test_import_answers_what_became_of_the_token(server: Harness, alice: Client, tablet: Client, fails: Fails) -> None:
    token = export(tablet)
    request = api.auth.ImportLoginToken(token=token.token)
    assert tablet.call(request) == token
    fails("AUTH_TOKEN_INVALIDX", server.device(None).call, request)
    fails("AUTH_TOKEN_INVALIDX", tablet.call, api.auth.ImportLoginToken(token=b"x"))
    alice.call(api.auth.AcceptLoginToken(token=token.token))
    assert isinstance(call_as(tablet, request, user_id=alice.id), api.auth.LoginTokenSuccess)
    stale = export(server.device(None))
    server.clock.advance(limits.LOGIN_TOKEN_LIFE_S + 1)
    fails("AUTH_TOKEN_INVALIDX", tablet.call, api.auth.ImportLoginToken(token=stale.token))
    other = server.device(None)
    late = export(other)
    server.clock.advance(limits.LOGIN_TOKEN_LIFE_S + 1)
    fails("AUTH_TOKEN_EXPIRED", other.call, api.auth.ImportLoginToken(token=late.token))


def test_refusals(server: Harness, alice: Client, tablet: Client, fails: Fails) -> None:
    bob = server.user("Bob")
    token = export(tablet)
    for forged in (b"", b"x" * 40, token.token[:-1] + bytes([token.token[-1] ^ 1])):
        fails("AUTH_TOKEN_INVALIDX", alice.call, api.auth.AcceptLoginToken(token=forged))
    assert alice.call(api.auth.AcceptLoginToken(token=token.token))
    fails("AUTH_TOKEN_ALREADY_ACCEPTED", alice.call, api.auth.AcceptLoginToken(token=token.token))
    fails("AUTH_TOKEN_ALREADY_ACCEPTED", bob.call, api.auth.AcceptLoginToken(token=token.token))
    late = export(server.device(None))
    server.clock.advance(limits.LOGIN_TOKEN_LIFE_S)
    fails("AUTH_TOKEN_EXPIRED", alice.call, api.auth.AcceptLoginToken(token=late.token))


def test_a_device_is_not_signed_in_twice_as_the_same_user(server: Harness, alice: Client, fails: Fails) -> None:
    token = export(server.device(None), except_ids=[alice.id])
    fails("AUTH_TOKEN_EXCEPTION", alice.call, api.auth.AcceptLoginToken(token=token.token))
    fails("LIMIT_INVALID", export, server.device(None), except_ids=list(range(101)))


def test_a_device_that_signed_in_otherwise_meanwhile(
    server: Harness, alice: Client, tablet: Client, fails: Fails
) -> None:
    first, second = export(tablet), export(tablet)
    alice.call(api.auth.AcceptLoginToken(token=first.token))
    bob = server.user("Bob")
    fails("AUTH_TOKEN_EXCEPTION", bob.call, api.auth.AcceptLoginToken(token=second.token))


def test_strangers_do_not_accept(server: Harness, tablet: Client, fails: Fails) -> None:
    token = export(tablet)
    request = api.auth.AcceptLoginToken(token=token.token)
    assert fails("AUTH_KEY_UNREGISTERED", server.device(None).call, request).code == 401


def test_with_a_password(server: Harness, alice: Client, tablet: Client, fails: Fails) -> None:
    settings = new_settings(alice.call(api.account.GetPassword()), "secret")
    alice.call(api.account.UpdatePasswordSettings(password=api.InputCheckPasswordEmpty(), new_settings=settings))
    token = export(tablet)
    entry = alice.call(api.auth.AcceptLoginToken(token=token.token))
    assert entry.password_pending
    assert [update.TL_NAME for update in tablet.pushes()] == ["updateLoginToken"]
    assert fails("SESSION_PASSWORD_NEEDED", export, tablet).code == 401
    fails("SESSION_PASSWORD_NEEDED", tablet.call, api.auth.ImportLoginToken(token=token.token))
    fails("AUTH_KEY_UNREGISTERED", tablet.call, api.updates.GetState())
    state = tablet.call(api.account.GetPassword())
    assert tablet.call(api.auth.CheckPassword(password=proof(state, "secret"))).user.id == alice.id


def test_a_device_that_owes_a_password_may_show_a_code_instead(alice: Client, tablet: Client, fails: Fails) -> None:
    settings = new_settings(alice.call(api.account.GetPassword()), "secret")
    alice.call(api.account.UpdatePasswordSettings(password=api.InputCheckPasswordEmpty(), new_settings=settings))
    fails("SESSION_PASSWORD_NEEDED", send_code(tablet).sign_in)
    assert isinstance(export(tablet), api.auth.LoginToken)
