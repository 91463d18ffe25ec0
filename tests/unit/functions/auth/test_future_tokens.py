"""Future auth tokens: auth.logOut gives one, auth.sendCode takes it. Checklist 105."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layers.domain import limits
from layers.domain.login import pending_codes
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.srp_client import new_settings, proof
from tests.unit.functions.auth.conftest import PHONE, call_as
from tl import api

Fails = Callable[..., RpcError]


def log_out(client: Client) -> bytes:
    token = client.call(api.auth.LogOut()).future_auth_token
    assert isinstance(token, bytes)
    return token


def send_code(client: Client, *tokens: bytes, phone: str = PHONE) -> Any:
    settings = api.CodeSettings(logout_tokens=list(tokens))
    request = api.auth.SendCode(phone_number="+" + phone, api_id=1, api_hash="hash", settings=settings)
    return call_as(client, request, user_id=None)


def test_a_token_signs_in_without_a_code(server: Harness, alice: Client) -> None:
    token = log_out(alice)
    answer = send_code(alice, b"unknown", token)
    assert isinstance(answer, api.auth.SentCodeSuccess)
    authorization: Any = answer.authorization
    assert authorization.user.id == alice.id
    assert pending_codes(server.services) == []
    assert alice.call(api.account.GetAuthorizations()).authorizations[0].current
    # Once only.
    assert isinstance(send_code(server.device(None), token), api.auth.SentCode)


def test_a_token_is_for_one_account(server: Harness, alice: Client) -> None:
    bob = server.user("Bob", phone="9996621235")
    token = log_out(alice)
    assert isinstance(send_code(bob, token, phone="9996621235"), api.auth.SentCode)
    assert isinstance(send_code(alice, token), api.auth.SentCodeSuccess)


def test_the_password_is_still_asked_for(server: Harness, alice: Client, fails: Fails) -> None:
    settings = new_settings(alice.call(api.account.GetPassword()), "secret")
    alice.call(api.account.UpdatePasswordSettings(password=api.InputCheckPasswordEmpty(), new_settings=settings))
    token = log_out(alice)
    assert fails("SESSION_PASSWORD_NEEDED", send_code, alice, token).code == 401
    state = call_as(alice, api.account.GetPassword(), user_id=None)
    answer = call_as(alice, api.auth.CheckPassword(password=proof(state, "secret")), user_id=None)
    assert answer.user.id == alice.id


def test_ending_sessions_voids_tokens(server: Harness, alice: Client) -> None:
    laptop = alice.device()
    token = log_out(alice)
    laptop.call(api.auth.ResetAuthorizations())
    assert isinstance(send_code(alice, token), api.auth.SentCode)


def test_tokens_expire_and_are_few(server: Harness, alice: Client) -> None:
    tokens = [log_out(alice)]
    for _ in range(limits.FUTURE_AUTH_TOKENS):
        server.clock.advance(1)
        tokens.append(log_out(server.device(alice.user_id)))
    assert isinstance(send_code(alice, tokens[0]), api.auth.SentCode)
    assert isinstance(send_code(alice, tokens[1]), api.auth.SentCodeSuccess)
    server.clock.advance(limits.FUTURE_AUTH_TOKEN_LIFE_S + 1)
    assert isinstance(send_code(server.device(None), tokens[2]), api.auth.SentCode)
