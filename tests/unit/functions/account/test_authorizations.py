"""account.getAuthorizations, resetAuthorization, changeAuthorizationSettings, TTLs: checklist 105."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from layers.domain import limits
from layers.domain.auth_keys import save_client_info
from layers.errors import RpcError
from tests.harness import Client, Harness, grouped
from tl import api

Fails = Callable[..., RpcError]


def devices(client: Client) -> list[Any]:
    return list(client.call(api.account.GetAuthorizations()).authorizations)


def log_in(server: Harness, alice: Client) -> Client:
    """Sign a new device in by code."""
    device = server.device(None)
    phone = "9996600" + str(alice.id)
    sent = device.call(api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x", settings=api.CodeSettings()))
    from layers.domain.login import pending_codes

    code = pending_codes(server.services)[0]["code"]
    device.call(api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=code))
    device.user_id = alice.id
    return device


def test_list(server: Harness, alice: Client) -> None:
    server.clock.advance(100)
    laptop = log_in(server, alice)
    info: dict[str, Any] = {"layer": 200, "api_id": 17, "device_model": "PC", "system_version": "12"}
    more: dict[str, Any] = {"app_version": "5.1", "system_lang_code": "de", "lang_pack": "tdesktop", "lang_code": "de"}
    save_client_info(server.services, laptop.auth_key_id, **info, **more)
    answer = alice.call(api.account.GetAuthorizations())
    assert answer.authorization_ttl_days == 180
    own, other = answer.authorizations
    assert (own.current, own.hash, own.unconfirmed) == (True, 0, False)
    assert (other.current, other.unconfirmed, other.device_model, other.api_id) == (False, True, "PC", 17)
    assert (other.platform, other.app_name, other.app_version) == ("Desktop", "Telegram Desktop", "5.1")
    assert other.hash != 0
    assert other.date_created == int(server.clock())
    assert other.ip == "127.0.0.1"


def test_list_costs_two_queries(alice: Client, queries: list[str]) -> None:
    for _ in range(5):
        alice.device()
    queries.clear()
    devices(alice)
    assert len(queries) == 2


def test_reset_one(server: Harness, alice: Client, bob: Client, fails: Fails) -> None:
    laptop = alice.device()
    other = next(item for item in devices(alice) if not item.current)
    bobs = next(item for item in devices(bob.device()) if not item.current)
    for bad in (0, 12345, bobs.hash):
        fails("HASH_INVALID", alice, api.account.ResetAuthorization(hash=bad))
    # A device does not end itself so: that is auth.logOut.
    fails("HASH_INVALID", laptop, api.account.ResetAuthorization(hash=other.hash))
    assert alice.call(api.account.ResetAuthorization(hash=other.hash)) is True
    assert laptop.auth_key_id in server.auth_keys_changed
    assert len(devices(alice)) == 1
    fails("HASH_INVALID", alice, api.account.ResetAuthorization(hash=other.hash))


def test_fresh_session_may_be_forbidden(alice: Client, fails: Fails, monkeypatch: pytest.MonkeyPatch) -> None:
    alice.device()
    other = next(item for item in devices(alice) if not item.current)
    monkeypatch.setattr(limits, "FRESH_AUTHORIZATION_S", 100)
    error = fails("FRESH_RESET_AUTHORISATION_FORBIDDEN", alice, api.account.ResetAuthorization(hash=other.hash))
    assert error.code == 406


def test_confirmation_is_told_to_every_device(server: Harness, alice: Client, fails: Fails) -> None:
    laptop = log_in(server, alice)
    alice.pushes()
    other = next(item for item in devices(alice) if item.unconfirmed)
    request = api.account.ChangeAuthorizationSettings(hash=other.hash, confirmed=True)
    assert alice.call(request) is True
    (update,) = grouped(laptop.pushes())["updateNewAuthorization"]
    assert (update.unconfirmed, update.hash) == (False, other.hash)
    assert not any(item.unconfirmed for item in devices(alice))
    alice.call(request)
    assert laptop.pushes() == []
    fails("HASH_INVALID", alice, api.account.ChangeAuthorizationSettings(hash=5, confirmed=True))


def test_confirms_itself_after_a_week(server: Harness, alice: Client) -> None:
    log_in(server, alice)
    server.clock.advance(limits.AUTHORIZATION_CONFIRM_S + 1)
    assert not any(item.unconfirmed for item in devices(alice))


def test_what_a_device_may_receive(alice: Client) -> None:
    request = api.account.ChangeAuthorizationSettings
    alice.call(request(hash=0, encrypted_requests_disabled=True))
    (own,) = devices(alice)
    assert (own.encrypted_requests_disabled, own.call_requests_disabled) == (True, False)
    alice.call(request(hash=0, encrypted_requests_disabled=False, call_requests_disabled=True))
    (own,) = devices(alice)
    assert (own.encrypted_requests_disabled, own.call_requests_disabled) == (False, True)
    assert alice.call(request(hash=0)) is True


def test_periods(alice: Client, fails: Fails) -> None:
    assert alice.call(api.account.GetAccountTTL()).days == 365
    assert alice.call(api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=30))) is True
    assert alice.call(api.account.GetAccountTTL()).days == 30
    for days in (-1, 0, 29, 731):
        fails("TTL_DAYS_INVALID", alice, api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=days)))
    assert alice.call(api.account.SetAuthorizationTTL(authorization_ttl_days=7)) is True
    assert alice.call(api.account.GetAuthorizations()).authorization_ttl_days == 7
    for days in (0, 367):
        fails("TTL_DAYS_INVALID", alice, api.account.SetAuthorizationTTL(authorization_ttl_days=days))


def test_sign_in_codes_can_be_given_up(server: Harness, alice: Client, fails: Fails) -> None:
    from layers.domain.login import pending_codes

    device = server.device(None)
    phone = "9996600" + str(alice.id)
    sent = device.call(api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x", settings=api.CodeSettings()))
    code = pending_codes(server.services)[0]["code"]
    wrong = f"{(int(code) + 1) % 100_000:05d}"
    assert alice.call(api.account.InvalidateSignInCodes(codes=[wrong])) is True
    assert pending_codes(server.services)
    alice.call(api.account.InvalidateSignInCodes(codes=["x", code]))
    assert pending_codes(server.services) == []
    request = api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=code)
    fails("PHONE_CODE_EXPIRED", device, request)
    fails("LIMIT_INVALID", alice, api.account.InvalidateSignInCodes(codes=["1"] * 101))


def test_no_sites(alice: Client, fails: Fails) -> None:
    assert alice.call(api.account.GetWebAuthorizations()).authorizations == []
    assert alice.call(api.account.ResetWebAuthorizations()) is True
    fails("HASH_INVALID", alice, api.account.ResetWebAuthorization(hash=1))
