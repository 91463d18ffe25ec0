"""Signing in, up and out: https://core.telegram.org/api/auth."""

from __future__ import annotations

from layers import unit_of_work
from layers.context import Context
from layers.domain import account, login, sessions
from layers.domain.contacts import join_address_books
from layers.domain.entering import authorization, enter, password_needed
from layers.domain.future_tokens import make_token
from layers.domain.joined import tell_joined
from layers.domain.login_email import keep_email
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(30, 60)


@function(api.auth.SignIn, anonymous=True, flood=_FLOOD)
def sign_in(ctx: Context, request: api.auth.SignIn) -> api.auth.TypeAuthorization:
    """Sign in with a code; a number without an account is asked for a name, one with a password for that.

    Writes in units of work of its own: a wrong attempt stays counted although the call fails.
    """
    phone = login.phone_of(request.phone_number)
    code = request.phone_code
    if isinstance(request.email_verification, api.EmailVerificationCode):
        code = request.email_verification.code
    login.verify_code(ctx, phone, request.phone_code_hash, code)

    def work(unit: Context) -> api.auth.TypeAuthorization | None:
        user_id = account.user_by_phone(unit, phone)
        if user_id is None:
            login.keep_verified(unit, phone, request.phone_code_hash)
            return api.auth.AuthorizationSignUpRequired()
        login.use_code(unit, phone, request.phone_code_hash)
        if request.email_verification is not None:
            keep_email(unit, user_id)
        return enter(unit, user_id)

    result, unit = unit_of_work.run(ctx.services, work, writes=True, caller=ctx.caller)
    ctx.auth_changed = unit.auth_changed
    if result is None:
        raise password_needed()
    return result


@function(api.auth.SignUp, anonymous=True, writes=True, flood=_FLOOD)
def sign_up(ctx: Context, request: api.auth.SignUp) -> api.auth.Authorization:
    """Make an account for a number whose code auth.signIn has accepted, and sign in."""
    phone = login.phone_of(request.phone_number)
    first_name = account.first_name(request.first_name)
    last_name = account.last_name(request.last_name)
    login.use_code(ctx, phone, request.phone_code_hash)
    if account.user_by_phone(ctx, phone) is not None:
        raise bad_request("PHONE_NUMBER_OCCUPIED")
    user_id = account.create_user(
        ctx, phone=phone, first_name=first_name, last_name=last_name, lang_code=ctx.origin.lang_code
    )
    sessions.sign_in(ctx, user_id, is_new=True)
    keepers = join_address_books(ctx, user_id, phone)
    if not request.no_joined_notifications:
        tell_joined(ctx, user_id, keepers)
    return authorization(ctx, user_id)


@function(api.auth.LogOut, writes=True)
def log_out(ctx: Context, request: api.auth.LogOut) -> api.auth.LoggedOut:
    """End the calling device's authorization; its next sign-in needs no code."""
    token = None if ctx.origin.is_bot else make_token(ctx, ctx.user_id)
    sessions.sign_out(ctx)
    return api.auth.LoggedOut(future_auth_token=token)
