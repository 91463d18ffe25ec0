"""The user's devices: https://core.telegram.org/api/auth#invalidating-login-sessions."""

from __future__ import annotations

from layers.context import Context
from layers.domain import account, limits, login, sessions
from layers.domain.authorizations import list_authorizations
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import users
from tl import api

_FLOOD = FloodLimit(30, 60)


@function(api.account.GetAuthorizations)
def get_authorizations(ctx: Context, request: api.account.GetAuthorizations) -> api.account.Authorizations:
    """Every signed-in device, the calling one first."""
    row = account.user_row(ctx, ctx.user_id, users.c.authorization_ttl_days)
    return api.account.Authorizations(
        authorization_ttl_days=row.authorization_ttl_days, authorizations=list(list_authorizations(ctx))
    )


@function(api.account.ResetAuthorization, writes=True, flood=_FLOOD)
def reset_authorization(ctx: Context, request: api.account.ResetAuthorization) -> bool:
    """Sign another device out."""
    sessions.end_authorization(ctx, request.hash)
    return True


@function(api.account.ChangeAuthorizationSettings, writes=True, flood=_FLOOD)
def change_authorization_settings(ctx: Context, request: api.account.ChangeAuthorizationSettings) -> bool:
    """Confirm a new device, or say whether it takes requests for secret chats, and calls once there are any."""
    sessions.change_authorization(
        ctx,
        request.hash,
        confirmed=request.confirmed,
        encrypted_requests_disabled=request.encrypted_requests_disabled,
        call_requests_disabled=request.call_requests_disabled,
    )
    return True


@function(api.account.SetAuthorizationTTL, writes=True, flood=_FLOOD)
def set_authorization_ttl(ctx: Context, request: api.account.SetAuthorizationTTL) -> bool:
    """After how many idle days a device is signed out."""
    low, high = limits.AUTHORIZATION_TTL_DAYS
    if not low <= request.authorization_ttl_days <= high:
        raise bad_request("TTL_DAYS_INVALID")
    account.change_user(ctx, authorization_ttl_days=request.authorization_ttl_days)
    return True


@function(api.account.GetAccountTTL)
def get_account_ttl(ctx: Context, request: api.account.GetAccountTTL) -> api.AccountDaysTTL:
    """After how many idle days the account deletes itself."""
    row = account.user_row(ctx, ctx.user_id, users.c.account_ttl_days)
    return api.AccountDaysTTL(days=row.account_ttl_days)


@function(api.account.SetAccountTTL, writes=True, flood=_FLOOD)
def set_account_ttl(ctx: Context, request: api.account.SetAccountTTL) -> bool:
    """Change it: 30 to 730 days."""
    low, high = limits.ACCOUNT_TTL_DAYS
    if not low <= request.ttl.days <= high:
        raise bad_request("TTL_DAYS_INVALID")
    account.change_user(ctx, account_ttl_days=request.ttl.days)
    return True


@function(api.account.InvalidateSignInCodes, writes=True, flood=_FLOOD)
def invalidate_sign_in_codes(ctx: Context, request: api.account.InvalidateSignInCodes) -> bool:
    """Void the user's pending login code when it is among those he is about to give away."""
    if len(request.codes) > limits.INVALIDATED_CODES:
        raise bad_request("LIMIT_INVALID")
    row = account.user_row(ctx, ctx.user_id, users.c.phone)
    if row.phone is not None:
        login.invalidate_codes(ctx, row.phone, request.codes)
    return True


@function(api.account.GetWebAuthorizations)
def get_web_authorizations(ctx: Context, request: api.account.GetWebAuthorizations) -> api.account.WebAuthorizations:
    """Sites the user signed in to by this account: this server offers none to."""
    return api.account.WebAuthorizations(authorizations=[], users=[])


@function(api.account.ResetWebAuthorization)
def reset_web_authorization(ctx: Context, request: api.account.ResetWebAuthorization) -> bool:
    """There are no sites, so no hash of one."""
    raise bad_request("HASH_INVALID")


@function(api.account.ResetWebAuthorizations)
def reset_web_authorizations(ctx: Context, request: api.account.ResetWebAuthorizations) -> bool:
    """All of none."""
    return True
