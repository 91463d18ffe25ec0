"""Two-step verification of one's own account: https://core.telegram.org/api/srp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers import unit_of_work
from layers.context import Context
from layers.domain import email_codes, limits, password_changes, tokens
from layers.domain.password import (
    SETTINGS_CODE,
    check_password,
    password_settings,
    password_state,
    prepared_version,
    require_version,
)
from layers.domain.sessions import awaiting_password
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(30, 60)


def _check(
    ctx: Context,
    request: api.account.GetPasswordSettings | api.account.UpdatePasswordSettings | api.account.GetTmpPassword,
) -> Mapping[int, Mapping[str, Any]]:
    return prepared_version(ctx.user_id, check_password(ctx, ctx.user_id, request.password))


@function(api.account.GetPassword, anonymous=True, flood=FloodLimit(60, 60))
def get_password(ctx: Context, request: api.account.GetPassword) -> api.account.Password:
    """What a client needs to prove the password, or to set one; also for a device that owes it at sign-in.

    Whoever is nobody yet has no password: https://core.telegram.org/api/auth lists the method among those he may call.
    """
    user_id = ctx.origin.user_id or awaiting_password(ctx)
    return password_state(ctx, user_id or 0)


@function(api.account.GetPasswordSettings, flood=_FLOOD, prepare=_check)
def get_password_settings(ctx: Context, request: api.account.GetPasswordSettings) -> api.account.PasswordSettings:
    """The recovery address and the Passport secret."""
    return password_settings(ctx, ctx.user_id)


@function(api.account.UpdatePasswordSettings, flood=_FLOOD, prepare=_check)
def update_password_settings(ctx: Context, request: api.account.UpdatePasswordSettings) -> bool:
    """Set, change or remove the password, its hint and the recovery address.

    Writes in a unit of work of its own: settings that wait for a code stay although the call answers
    EMAIL_UNCONFIRMED_X.
    """
    user_id, version = ctx.user_id, ctx.prepared[ctx.user_id]["version"]
    new = password_changes.check_settings(ctx, user_id, version, request.new_settings)
    is_done, _ = unit_of_work.run(
        ctx.services,
        lambda unit: password_changes.change_settings(unit, user_id, version, new),
        writes=True,
        caller=ctx.caller,
    )
    if not is_done:
        raise RpcError(400, "EMAIL_UNCONFIRMED_X", limits.EMAIL_CODE_LENGTH)
    return True


@function(api.account.ConfirmPasswordEmail, flood=_FLOOD)
def confirm_password_email(ctx: Context, request: api.account.ConfirmPasswordEmail) -> bool:
    """The code that was mailed: what waited for it takes effect. A wrong one stays counted although the call fails."""
    user_id = ctx.user_id
    email_codes.check_code(ctx, user_id, SETTINGS_CODE, request.code, expired="EMAIL_HASH_EXPIRED")
    unit_of_work.run(
        ctx.services,
        lambda unit: password_changes.confirm_email(unit, user_id, request.code),
        writes=True,
        caller=ctx.caller,
    )
    return True


@function(api.account.ResendPasswordEmail, writes=True, flood=_FLOOD)
def resend_password_email(ctx: Context, request: api.account.ResendPasswordEmail) -> bool:
    """Another code for the address that waits."""
    password_changes.resend_email(ctx, ctx.user_id)
    return True


@function(api.account.CancelPasswordEmail, writes=True, flood=_FLOOD)
def cancel_password_email(ctx: Context, request: api.account.CancelPasswordEmail) -> bool:
    """Give up what waits for a code."""
    if not email_codes.cancel_code(ctx, ctx.user_id, SETTINGS_CODE):
        raise bad_request("EMAIL_HASH_EXPIRED")
    return True


@function(api.account.ResetPassword, writes=True, flood=_FLOOD)
def reset_password(ctx: Context, request: api.account.ResetPassword) -> api.account.TypeResetPasswordResult:
    """Remove a forgotten password a week from now; called again then, it is done."""
    return password_changes.reset_password(ctx)


@function(api.account.DeclinePasswordReset, writes=True, flood=_FLOOD)
def decline_password_reset(ctx: Context, request: api.account.DeclinePasswordReset) -> bool:
    """Keep it after all."""
    password_changes.decline_reset(ctx)
    return True


@function(
    api.account.GetTmpPassword, flood=_FLOOD, prepare=_check, partial="nothing asks for it: there are no payments"
)
def get_tmp_password(ctx: Context, request: api.account.GetTmpPassword) -> api.account.TmpPassword:
    """A token that stands for the password for a while."""
    low, high = limits.TMP_PASSWORD_LIFE_S
    if not low <= request.period <= high:
        raise bad_request("PERIOD_INVALID")
    if require_version(ctx, ctx.user_id, ctx.prepared[ctx.user_id]["version"]) is None:
        raise bad_request("TMP_PASSWORD_DISABLED")
    valid_until = ctx.now + request.period
    return api.account.TmpPassword(tmp_password=tokens.make_tmp_password(ctx, valid_until), valid_until=valid_until)


@function(api.account.GetPasskeys)
def get_passkeys(ctx: Context, request: api.account.GetPasskeys) -> api.account.Passkeys:
    """No passkeys: none can be registered."""
    return api.account.Passkeys(passkeys=[])


@function(api.account.GetAllSecureValues)
def get_all_secure_values(ctx: Context, request: api.account.GetAllSecureValues) -> list[api.TypeSecureValue]:
    """No Passport documents: none can be saved."""
    return []
