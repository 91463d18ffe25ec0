"""account.registerDevice, unregisterDevice, updateDeviceLocked: checklist 109."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.errors import RpcError
from layers.schema import authorizations, push_devices
from tests.harness import Client
from tl import api

Fails = Callable[..., RpcError]


def registration(token: str = "token", token_type: int = 2, **fields: Any) -> api.account.RegisterDevice:
    values = {"app_sandbox": False, "secret": b"", "other_uids": [], **fields}
    return api.account.RegisterDevice(token_type=token_type, token=token, **values)


def rows(client: Client) -> list[Any]:
    with client.server.services.database.transaction(writes=False) as db:
        return list(db.rows(sa.select(push_devices).where(push_devices.c.user_id == client.id)))


def test_token_is_kept_and_replaced(alice: Client) -> None:
    secret = bytes(range(256))
    assert alice.call(registration(secret=secret, other_uids=[5, 6], no_muted=True)) is True
    (row,) = rows(alice)
    assert (row.token, row.token_type, row.secret, row.other_uids) == ("token", 2, secret, "5 6")
    assert row.auth_key_id == alice.auth_key_id
    alice.call(registration(app_sandbox=True))
    (row,) = rows(alice)
    assert (row.app_sandbox, row.no_muted, row.secret) == (True, False, b"")


def test_token_moves_to_the_key_that_registers_it_last(alice: Client) -> None:
    alice.call(registration())
    laptop = alice.device()
    laptop.call(registration())
    assert [row.auth_key_id for row in rows(alice)] == [laptop.auth_key_id]


def test_unregister(alice: Client, bob: Client, fails: Fails) -> None:
    alice.call(registration())

    def forget(token: str, token_type: int = 2) -> api.account.UnregisterDevice:
        return api.account.UnregisterDevice(token_type=token_type, token=token, other_uids=[])

    fails("TOKEN_INVALID", alice, forget("other"))
    fails("TOKEN_INVALID", alice, forget("token", 1))
    fails("TOKEN_INVALID", bob, forget("token"))
    fails("TOKEN_TYPE_INVALID", alice, forget("token", 99))
    assert alice.call(forget("token")) is True
    assert rows(alice) == []


def test_refusals(alice: Client, fails: Fails) -> None:
    fails("TOKEN_EMPTY", alice, registration(""))
    fails("TOKEN_TYPE_INVALID", alice, registration(token_type=0))
    fails("TOKEN_INVALID", alice, registration("x" * (limits.PUSH_TOKEN_LENGTH + 1)))
    fails("TOKEN_INVALID", alice, registration("a\nb"))
    fails("TOKEN_INVALID", alice, registration(secret=b"short"))
    fails("TOKEN_INVALID", alice, registration(other_uids=[1] * (limits.PUSH_OTHER_UIDS + 1)))


def test_one_device_does_not_fill_the_table(alice: Client, fails: Fails) -> None:
    for number in range(limits.PUSH_TOKENS_PER_KEY):
        alice.call(registration(f"token{number}"))
    fails("TOKEN_INVALID", alice, registration("one more"))
    assert len(rows(alice)) == limits.PUSH_TOKENS_PER_KEY
    assert alice.device().call(registration("one more")) is True


def web_push(**changes: Any) -> str:
    keys = {"p256dh": base64.urlsafe_b64encode(b"\4" * 65).decode().rstrip("="), "auth": "AAAAAAAAAAAAAAAAAAAAAA"}
    return json.dumps({"endpoint": "https://push.example/x", "keys": keys} | changes)


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (web_push(), None),
        ("no json", "WEBPUSH_TOKEN_INVALID"),
        ("[]", "WEBPUSH_TOKEN_INVALID"),
        (web_push(endpoint="http://push.example/x"), "WEBPUSH_TOKEN_INVALID"),
        (web_push(endpoint=5), "WEBPUSH_TOKEN_INVALID"),
        (web_push(keys={"p256dh": "AAAA", "auth": "AAAAAAAAAAAAAAAAAAAAAA"}), "WEBPUSH_KEY_INVALID"),
        (web_push(keys={"p256dh": None, "auth": ""}), "WEBPUSH_KEY_INVALID"),
        (web_push(keys=json.loads(web_push())["keys"] | {"auth": "AA"}), "WEBPUSH_AUTH_INVALID"),
        (web_push(keys=json.loads(web_push())["keys"] | {"auth": "ä"}), "WEBPUSH_AUTH_INVALID"),
    ],
)
def test_web_push(alice: Client, fails: Fails, token: str, error: str | None) -> None:
    request = registration(token, 10)
    if error is None:
        assert alice.call(request) is True
    else:
        fails(error, alice, request)


def test_device_lock(alice: Client, fails: Fails) -> None:
    assert alice.call(api.account.UpdateDeviceLocked(period=60)) is True
    with alice.server.services.database.transaction(writes=False) as db:
        condition = authorizations.c.auth_key_id == alice.auth_key_id
        assert db.scalar(sa.select(authorizations.c.device_lock_period).where(condition)) == 60
    fails("PERIOD_INVALID", alice, api.account.UpdateDeviceLocked(period=-1))
