"""Login e-mail: https://core.telegram.org/api/auth#email-verification."""

from __future__ import annotations

from layers import unit_of_work
from layers.context import Context
from layers.domain import email_codes, login_email
from layers.domain.mail import check_address
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(30, 60)
_MISSING = "only to change the login e-mail: signing in never demands one, and there is no Passport"


@function(api.account.SendVerifyEmailCode, writes=True, flood=_FLOOD, partial=_MISSING)
def send_verify_email_code(ctx: Context, request: api.account.SendVerifyEmailCode) -> api.account.SentEmailCode:
    """Send a code to the address that shall get login codes."""
    _require_change(request.purpose)
    return login_email.send_change_code(ctx, ctx.user_id, check_address(request.email))


@function(api.account.VerifyEmail, flood=_FLOOD, partial=_MISSING)
def verify_email(ctx: Context, request: api.account.VerifyEmail) -> api.account.TypeEmailVerified:
    """The code came back. A wrong one stays counted although the call fails."""
    _require_change(request.purpose)
    if not isinstance(request.verification, api.EmailVerificationCode):
        raise bad_request("EMAIL_NOT_ALLOWED")
    user_id, code = ctx.user_id, request.verification.code
    email_codes.check_code(ctx, user_id, login_email.CHANGE_CODE, code, expired="EMAIL_VERIFY_EXPIRED")
    address, _ = unit_of_work.run(
        ctx.services, lambda unit: login_email.confirm_change(unit, user_id, code), writes=True, caller=ctx.caller
    )
    return api.account.EmailVerified(email=address)


def _require_change(purpose: api.TypeEmailVerifyPurpose) -> None:
    if not isinstance(purpose, api.EmailVerifyPurposeLoginChange):
        raise bad_request("EMAIL_NOT_ALLOWED")
