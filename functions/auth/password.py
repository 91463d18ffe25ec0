"""The password of two-step verification at sign-in: https://core.telegram.org/api/srp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers import unit_of_work
from layers.context import Context
from layers.domain import email_codes, password_changes, sessions
from layers.domain.entering import authorization
from layers.domain.password import check_password, prepared_version, require_version
from layers.domain.sessions import claimant
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(30, 60)


def _check(ctx: Context, request: api.auth.CheckPassword) -> Mapping[int, Mapping[str, Any]]:
    user_id = claimant(ctx)
    return prepared_version(user_id, check_password(ctx, user_id, request.password))


@function(api.auth.CheckPassword, anonymous=True, writes=True, flood=_FLOOD, prepare=_check)
def check(ctx: Context, request: api.auth.CheckPassword) -> api.auth.Authorization:
    """Finish a sign-in that answered SESSION_PASSWORD_NEEDED."""
    user_id = claimant(ctx)
    require_version(ctx, user_id, ctx.prepared[user_id]["version"])
    return _enter(ctx, user_id)


@function(api.auth.RequestPasswordRecovery, anonymous=True, writes=True, flood=_FLOOD)
def request_recovery(ctx: Context, request: api.auth.RequestPasswordRecovery) -> api.auth.PasswordRecovery:
    """Send a code to the recovery address."""
    return api.auth.PasswordRecovery(email_pattern=password_changes.request_recovery(ctx, claimant(ctx)))


@function(api.auth.CheckRecoveryPassword, anonymous=True, flood=_FLOOD)
def check_recovery(ctx: Context, request: api.auth.CheckRecoveryPassword) -> bool:
    """Whether auth.recoverPassword would take the code. A wrong one is counted, in a unit of work of its own."""
    _check_recovery_code(ctx, claimant(ctx), request.code)
    return True


@function(api.auth.RecoverPassword, anonymous=True, flood=_FLOOD)
def recover(ctx: Context, request: api.auth.RecoverPassword) -> api.auth.Authorization:
    """Set a new password, or none, with the code that was mailed, and sign in.

    Writes in units of work of its own: a wrong code stays counted although the call fails.
    """
    user_id = claimant(ctx)
    _check_recovery_code(ctx, user_id, request.code)

    def work(unit: Context) -> api.auth.Authorization:
        password_changes.recover(unit, user_id, request.code, request.new_settings)
        return _enter(unit, user_id)

    result, unit = unit_of_work.run(ctx.services, work, writes=True, caller=ctx.caller)
    ctx.auth_changed = unit.auth_changed
    return result


def _check_recovery_code(ctx: Context, user_id: int, code: str) -> None:
    email_codes.check_code(ctx, user_id, password_changes.RECOVERY_CODE, code, expired="PASSWORD_RECOVERY_EXPIRED")


def _enter(ctx: Context, user_id: int) -> api.auth.Authorization:
    if ctx.origin.user_id is None:
        sessions.sign_in(ctx, user_id)
    return authorization(ctx, user_id)
