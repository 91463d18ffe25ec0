"""Gates of signing in that a ban closes (`layers.domain.bans` sets and lifts them)."""

from __future__ import annotations

import sqlalchemy as sa

from layers.context import Context
from layers.errors import RpcError, bad_request
from layers.schema import bans, users


def _holds(ctx: Context) -> sa.ColumnElement[bool]:
    return sa.or_(bans.c.until.is_(None), bans.c.until > ctx.now)


def check_phone(ctx: Context, phone: str) -> None:
    """Gate: 400 PHONE_NUMBER_BANNED while an account that had the number is banned."""
    if ctx.db.first(sa.select(bans.c.user_id).where(bans.c.phone == phone, _holds(ctx)).limit(1)) is not None:
        raise bad_request("PHONE_NUMBER_BANNED")


def check_account(ctx: Context, user_id: int) -> None:
    """Gate: 401 USER_DEACTIVATED_BAN while the account is banned.

    The account's row is locked as `bans.ban` locks it, so that of a ban and a sign-in at once the later sees the other.
    """
    joined = users.outerjoin(bans, (bans.c.user_id == users.c.id) & _holds(ctx))
    row = ctx.db.first(sa.select(bans.c.user_id).select_from(joined).where(users.c.id == user_id).with_for_update())
    if row is not None and row.user_id is not None:
        raise RpcError(401, "USER_DEACTIVATED_BAN")
