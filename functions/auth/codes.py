"""Login codes: https://core.telegram.org/api/auth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers import unit_of_work
from layers.context import Context
from layers.domain import account, login, sessions
from layers.domain.entering import authorization, password_needed
from layers.domain.future_tokens import use_token
from layers.domain.password import has_password
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(30, 60)


def _use_tokens(ctx: Context, request: api.auth.SendCode) -> Mapping[int, Mapping[str, Any]]:
    """The user whose future auth token came along; 401 SESSION_PASSWORD_NEEDED when only the password is missing.

    In a unit of work of its own: what the device owes stays noted although the call fails.
    """
    login.check_application(request.api_id, request.api_hash)
    phone = login.phone_of(request.phone_number)
    tokens = request.settings.logout_tokens
    user_id = account.user_by_phone(ctx, phone) if tokens else None
    if not tokens or user_id is None:
        return {}

    def work(unit: Context) -> bool:
        is_known = use_token(unit, user_id, tokens)
        if is_known and has_password(unit, user_id):
            sessions.await_password(unit, user_id)
        return is_known

    is_known, _ = unit_of_work.run(ctx.services, work, writes=True, caller=ctx.caller)
    if not is_known:
        return {}
    if has_password(ctx, user_id):
        raise password_needed()
    return {user_id: {}}


@function(api.auth.SendCode, anonymous=True, writes=True, flood=_FLOOD, prepare=_use_tokens)
def send_code(ctx: Context, request: api.auth.SendCode) -> api.auth.TypeSentCode:
    """Send a login code to a number; a device that signed out here before is signed in at once."""
    for user_id in ctx.prepared:
        sessions.sign_in(ctx, user_id)
        return api.auth.SentCodeSuccess(authorization=authorization(ctx, user_id))
    return login.send_code(ctx, login.phone_of(request.phone_number))


@function(api.auth.ResendCode, anonymous=True, writes=True, flood=_FLOOD)
def resend_code(ctx: Context, request: api.auth.ResendCode) -> api.auth.SentCode:
    """Send another code for the same sign-in."""
    return login.resend_code(ctx, login.phone_of(request.phone_number), request.phone_code_hash)


@function(api.auth.CancelCode, anonymous=True, writes=True, flood=_FLOOD)
def cancel_code(ctx: Context, request: api.auth.CancelCode) -> bool:
    """Void a pending code."""
    login.cancel_code(ctx, login.phone_of(request.phone_number), request.phone_code_hash)
    return True


@function(api.auth.ResetLoginEmail, anonymous=True, writes=True, flood=_FLOOD)
def reset_login_email(ctx: Context, request: api.auth.ResetLoginEmail) -> api.auth.SentCode:
    """The user has no access to his login e-mail: in a week codes go to the phone again."""
    return login.reset_login_email(ctx, login.phone_of(request.phone_number), request.phone_code_hash)
