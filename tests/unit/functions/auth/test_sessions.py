"""auth.resetAuthorizations, exportAuthorization, importAuthorization, exportLoginToken: checklist 97, 104, 105."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits, tokens
from layers.domain.auth_keys import _account_fields, _account_row
from layers.errors import RpcError
from layers.schema import auth_keys, authorizations
from tests.harness import Client, Harness
from tests.unit.functions.auth.conftest import call_as
from tl import api

Fails = Callable[..., RpcError]


def signed_in(server: Harness, user_id: int) -> set[int]:
    with server.services.database.transaction(writes=False) as db:
        by_key = set(db.scalars(sa.select(auth_keys.c.auth_key_id).where(auth_keys.c.user_id == user_id)))
        rows = set(db.scalars(sa.select(authorizations.c.auth_key_id).where(authorizations.c.user_id == user_id)))
    assert by_key == rows
    return by_key


def transfer(source: Client, target: Client) -> object:
    exported = source.call(api.auth.ExportAuthorization(dc_id=4))
    return target.call(api.auth.ImportAuthorization(id=exported.id, bytes=exported.bytes))


def test_reset_ends_the_others_and_their_copies(server: Harness, alice: Client) -> None:
    laptop, copy, own_copy = alice.device(), server.device(None), server.device(None)
    transfer(laptop, copy)
    transfer(alice, own_copy)
    assert alice.call(api.auth.ResetAuthorizations()) is True
    assert signed_in(server, alice.id) == {alice.auth_key_id, own_copy.auth_key_id}
    assert {laptop.auth_key_id, copy.auth_key_id} <= set(server.auth_keys_changed)


def test_reset_by_a_copy_spares_its_origin(server: Harness, alice: Client) -> None:
    laptop, copy = alice.device(), server.device(None)
    transfer(alice, copy)
    call_as(copy, api.auth.ResetAuthorizations(), user_id=alice.id)
    assert signed_in(server, alice.id) == {alice.auth_key_id, copy.auth_key_id}
    assert laptop.auth_key_id in server.auth_keys_changed


def test_fresh_sessions_may_be_forbidden_to_end_others(
    alice: Client, fails: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.device()
    monkeypatch.setattr(limits, "FRESH_AUTHORIZATION_S", 86_400)
    assert fails("FRESH_RESET_AUTHORISATION_FORBIDDEN", alice.call, api.auth.ResetAuthorizations()).code == 406
    alice.server.clock.advance(86_401)
    assert alice.call(api.auth.ResetAuthorizations()) is True


def test_transfer_signs_the_same_device_in_silently(server: Harness, alice: Client) -> None:
    copy = server.device(None)
    authorization = transfer(alice, copy)
    assert isinstance(authorization, api.auth.Authorization)
    assert authorization.user.id == alice.id
    assert copy.auth_key_id in server.auth_keys_changed
    assert alice.pushes() == []
    assert len(alice.call(api.account.GetAuthorizations()).authorizations) == 1
    alice.call(api.auth.LogOut())
    assert signed_in(server, alice.id) == set()


def test_a_copy_is_told_no_updates(server: Harness, alice: Client) -> None:
    copy = server.device(None)
    transfer(alice, copy)
    with server.services.database.transaction(writes=False) as db:
        fields = [_account_fields(_account_row(db, key.auth_key_id)) for key in (alice, copy)]
    assert [(one["user_id"], one["is_imported"]) for one in fields] == [(alice.id, False), (alice.id, True)]


def test_transfer_is_for_one_key_and_a_short_time(server: Harness, alice: Client, fails: Fails) -> None:
    exported = alice.call(api.auth.ExportAuthorization(dc_id=2))
    first, second = server.device(None), server.device(None)
    request = api.auth.ImportAuthorization(id=exported.id, bytes=exported.bytes)
    first.call(request)
    assert first.call(request)
    fails("AUTH_BYTES_INVALID", second.call, request)
    late = alice.call(api.auth.ExportAuthorization(dc_id=2))
    server.clock.advance(limits.TRANSFER_LIFE_S + 1)
    fails("AUTH_BYTES_INVALID", second.call, api.auth.ImportAuthorization(id=late.id, bytes=late.bytes))


def test_transfer_is_checked(server: Harness, alice: Client, fails: Fails) -> None:
    client = server.device(None)
    fails("DC_ID_INVALID", alice.call, api.auth.ExportAuthorization(dc_id=77))
    exported = alice.call(api.auth.ExportAuthorization(dc_id=2))
    forged = bytes([exported.bytes[0] ^ 1]) + exported.bytes[1:]
    for bad in (forged, b"", exported.bytes[:-1], exported.bytes + b"\0"):
        fails("AUTH_BYTES_INVALID", client.call, api.auth.ImportAuthorization(id=exported.id, bytes=bad))
    wrong_id = api.auth.ImportAuthorization(id=exported.id + 1, bytes=exported.bytes)
    fails("USER_ID_INVALID", client.call, wrong_id)


def test_transfer_of_a_session_that_ended(server: Harness, alice: Client, fails: Fails) -> None:
    exported = alice.call(api.auth.ExportAuthorization(dc_id=2))
    alice.call(api.auth.LogOut())
    request = api.auth.ImportAuthorization(id=exported.id, bytes=exported.bytes)
    fails("AUTH_BYTES_INVALID", server.device(None).call, request)


def test_login_token(server: Harness, fails: Fails) -> None:
    client = server.device(None)
    answer = client.call(api.auth.ExportLoginToken(api_id=9, api_hash="x", except_ids=[]))
    assert answer.expires == int(server.clock()) + limits.LOGIN_TOKEN_LIFE_S
    with server.services.database.transaction(writes=False) as db:
        context = server.context(db)
        read = tokens.read_login_token(context, answer.token)
        assert read == tokens.LoginToken(answer.expires, client.auth_key_id, 9)
        assert tokens.read_login_token(context, answer.token[:-1] + bytes([answer.token[-1] ^ 1])) is None
        assert tokens.read_login_token(context, b"") is None
    again = client.call(api.auth.ExportLoginToken(api_id=9, api_hash="x", except_ids=[]))
    assert again.token != answer.token
    fails("API_ID_INVALID", client.call, api.auth.ExportLoginToken(api_id=0, api_hash="x", except_ids=[]))


def test_login_token_of_a_signed_in_key_is_the_authorization(alice: Client) -> None:
    answer: Any = alice.call(api.auth.ExportLoginToken(api_id=9, api_hash="x", except_ids=[]))
    assert answer.TL_NAME == "auth.loginTokenSuccess"
    assert answer.authorization.user.id == alice.id


def test_passkeys_are_honestly_absent(server: Harness, fails: Fails) -> None:
    error = fails("METHOD_INVALID", server.device(None).call, api.auth.InitPasskeyLogin(api_id=1, api_hash="x"))
    assert error.code == 400
