"""Deleting an account, and cancelling that: https://core.telegram.org/api/account-deletion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from layers import unit_of_work
from layers.context import Context, Services
from layers.domain import account, deletion, login, sessions
from layers.domain.login import Purpose
from layers.domain.password import check_password, has_password, prepared_version, require_version
from layers.domain.sessions import claimant
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function, job
from layers.schema import users
from layers.telemetry import get_logger
from tl import api

_FLOOD = FloodLimit(30, 60)
_REASON_LENGTH: Final = 1024
_BATCH: Final = 200

logger = get_logger("deletion")


def _check(ctx: Context, request: api.account.DeleteAccount) -> Mapping[int, Mapping[str, Any]]:
    if request.password is None:
        return {}
    user_id = claimant(ctx)
    return prepared_version(user_id, check_password(ctx, user_id, request.password))


@function(
    api.account.DeleteAccount,
    anonymous=True,
    flood=_FLOOD,
    prepare=_check,
    partial="messages stay in the chats of others, and in the deleted account's own box, which nobody can open",
)
def delete_account(ctx: Context, request: api.account.DeleteAccount) -> bool:
    """Delete the account; with two-step verification and without its password a week from now.

    Writes in a unit of work of its own: the request stays noted although the call answers 2FA_CONFIRM_WAIT_X.
    """
    if len(request.reason) > _REASON_LENGTH:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    user_id = claimant(ctx)
    prepared = ctx.prepared.get(user_id)

    def work(unit: Context) -> int:
        if prepared is not None:
            require_version(unit, user_id, prepared["version"])
        elif has_password(unit, user_id):
            return deletion.request_deletion(unit, user_id)
        deletion.delete_account(unit, user_id)
        return 0

    wait_s, unit = unit_of_work.run(ctx.services, work, writes=True, caller=ctx.caller)
    ctx.auth_changed = unit.auth_changed
    if wait_s:
        raise RpcError(420, "2FA_CONFIRM_WAIT_X", wait_s)
    return True


@function(api.account.SendConfirmPhoneCode, writes=True, flood=_FLOOD)
def send_confirm_phone_code(ctx: Context, request: api.account.SendConfirmPhoneCode) -> api.auth.SentCode:
    """A code with which the owner cancels the deletion that ``hash`` names."""
    deletion.check_request(ctx, ctx.user_id, request.hash)
    return login.send_code(ctx, _own_phone(ctx), Purpose.CONFIRM_PHONE)


@function(api.account.ConfirmPhone, flood=_FLOOD)
def confirm_phone(ctx: Context, request: api.account.ConfirmPhone) -> bool:
    """Cancel the deletion. A wrong code stays counted although the call fails."""
    phone = _own_phone(ctx)
    login.verify_code(ctx, phone, request.phone_code_hash, request.phone_code, Purpose.CONFIRM_PHONE)

    def work(unit: Context) -> None:
        login.use_code(unit, phone, request.phone_code_hash)
        deletion.cancel_deletion(unit, unit.user_id)

    unit_of_work.run(ctx.services, work, writes=True, caller=ctx.caller)
    return True


@job(every_s=3600)
def enforce_lifetimes(services: Services) -> None:
    """Delete accounts whose time is over, and sign out devices idle for too long."""
    while unit_of_work.run(services, lambda ctx: sessions.end_idle(ctx, _BATCH), writes=True)[0] == _BATCH:
        pass
    due, _ = unit_of_work.run(services, lambda ctx: deletion.due_accounts(ctx, _BATCH), writes=False)
    idle, _ = unit_of_work.run(services, lambda ctx: deletion.idle_accounts(ctx, _BATCH), writes=False)
    for user_id in {*due, *idle}:
        _delete(services, user_id)


def _delete(services: Services, user_id: int) -> None:
    unit_of_work.run(services, lambda ctx: deletion.delete_account(ctx, user_id), writes=True)
    logger.info("account deleted", user_id=user_id)


def _own_phone(ctx: Context) -> str:
    phone: str | None = account.user_row(ctx, ctx.user_id, users.c.phone).phone
    if phone is None:
        raise bad_request("PHONE_NUMBER_INVALID")
    return phone
