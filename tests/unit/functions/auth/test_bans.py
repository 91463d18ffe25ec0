"""A ban ends the sessions of an account and closes every way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from layers import unit_of_work
from layers.context import Context
from layers.domain import bans
from layers.errors import ConfigurationError, RpcError
from tests.harness import Client, Harness
from tests.unit.functions.auth.conftest import PHONE, send_code
from tl import api

Fails = Callable[..., RpcError]

_DAY_S = 86_400


def do(server: Harness, work: Callable[[Context], Any]) -> Any:
    """Something the operator does."""
    return unit_of_work.run(server.services, work, writes=True)[0]


def test_sessions_end_and_no_code_is_sent(server: Harness, alice: Client, fails: Fails) -> None:
    laptop = alice.device()
    other = server.user("Bob")
    do(server, lambda ctx: bans.ban(ctx, alice.id, reason="spam"))
    assert {alice.auth_key_id, laptop.auth_key_id} <= set(server.auth_keys_changed), "nodes read the keys again"
    assert other.auth_key_id not in server.auth_keys_changed
    assert fails("PHONE_NUMBER_BANNED", send_code, server.device(None)).code == 400


def test_a_code_from_before_opens_nothing(server: Harness, alice: Client, fails: Fails) -> None:
    entering = send_code(server.device(None))
    code = entering.code
    do(server, lambda ctx: bans.ban(ctx, alice.id))
    fails("PHONE_CODE_EXPIRED", entering.sign_in, code)


def test_the_gate_of_signing_in_is_closed(server: Harness, alice: Client, fails: Fails) -> None:
    from layers.domain import sessions

    device = server.device(None)
    do(server, lambda ctx: bans.ban(ctx, alice.id))
    for enter in (sessions.sign_in, sessions.await_password):
        assert (
            fails(
                "USER_DEACTIVATED_BAN",
                do,
                server,
                lambda ctx, enter=enter: enter(ctx, alice.id, device=_device(device)),
            ).code
            == 401
        )


def _device(client: Client) -> Any:
    from layers.domain.sessions import Device

    return Device(client.auth_key_id, "127.0.0.1", "PC", "1")


def test_the_number_of_an_account_that_is_gone_stays_banned(server: Harness, alice: Client, fails: Fails) -> None:
    from layers.domain.deletion import delete_account

    do(server, lambda ctx: bans.ban(ctx, alice.id))
    do(server, lambda ctx: delete_account(ctx, alice.id))
    fails("PHONE_NUMBER_BANNED", send_code, server.device(None))


def test_a_ban_runs_out_or_is_lifted(server: Harness, alice: Client, fails: Fails) -> None:
    do(server, lambda ctx: bans.ban(ctx, alice.id, days=2))
    fails("PHONE_NUMBER_BANNED", send_code, server.device(None))
    server.clock.advance(2 * _DAY_S + 1)
    assert send_code(server.device(None)).sign_in().user.id == alice.id
    assert do(server, lambda ctx: bans.listed(ctx, 10)) == []
    assert do(server, lambda ctx: bans.delete_expired(ctx, 10)) == 1
    do(server, lambda ctx: bans.ban(ctx, alice.id, reason="again"))
    [row] = do(server, lambda ctx: bans.listed(ctx, 10))
    assert (row.user_id, row.phone, row.reason, row.until) == (alice.id, PHONE, "again", None)
    assert do(server, lambda ctx: bans.lift(ctx, alice.id))
    assert not do(server, lambda ctx: bans.lift(ctx, alice.id))
    assert send_code(server.device(None)).sign_in().user.id == alice.id


def test_nobody_to_ban(server: Harness) -> None:
    with pytest.raises(ConfigurationError, match="no account 5"):
        do(server, lambda ctx: bans.ban(ctx, 5))


def test_a_number_that_is_changed_to_must_not_be_banned(server: Harness, alice: Client, fails: Fails) -> None:
    from layers.domain.deletion import delete_account

    bob = server.user("Bob")
    do(server, lambda ctx: bans.ban(ctx, alice.id))
    do(server, lambda ctx: delete_account(ctx, alice.id))
    request = api.account.SendChangePhoneCode(phone_number=PHONE, settings=api.CodeSettings())
    assert fails("PHONE_NUMBER_BANNED", bob.call, request)
