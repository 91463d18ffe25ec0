"""Accounts that the operator has shut out.

A ban ends every session at once and lets nobody sign in to the account, or make a new one of its number, until it is
lifted or has run out. What the account wrote stays; others are told nothing.
https://core.telegram.org/api/errors: PHONE_NUMBER_BANNED, USER_DEACTIVATED_BAN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits, sessions
from layers.errors import ConfigurationError
from layers.schema import bans, login_codes, users

_REASON_LENGTH: Final = 200


def ban(ctx: Context, user_id: int, *, reason: str = "", days: int | None = None) -> None:
    """Shut an account out, for ``days`` or until `lift`; whoever is banned already has the new reason and end.

    Raises:
        ConfigurationError: there is no such account.
    """
    row = ctx.db.first(sa.select(users.c.phone, users.c.deleted).where(users.c.id == user_id).with_for_update())
    if row is None or row.deleted:
        raise ConfigurationError(f"there is no account {user_id}")
    values = {
        "user_id": user_id,
        "phone": row.phone,
        "reason": reason[:_REASON_LENGTH],
        "banned_at": ctx.now,
        "until": None if days is None else ctx.now + days * limits.DAY_S,
    }
    upsert(ctx.db, bans, values, update=("phone", "reason", "banned_at", "until"))
    if row.phone is not None:
        ctx.db.execute(sa.delete(login_codes).where(login_codes.c.phone == row.phone))
    sessions.end_all(ctx, user_id)


def lift(ctx: Context, user_id: int) -> bool:
    """Let an account in again; False when it was not banned."""
    return bool(ctx.db.execute(sa.delete(bans).where(bans.c.user_id == user_id)).rowcount)


def listed(ctx: Context, limit: int) -> Sequence[Any]:
    """The bans that hold, the newest first."""
    holds = bans.c.until.is_(None) | (bans.c.until > ctx.now)
    return ctx.db.rows(sa.select(bans).where(holds).order_by(bans.c.banned_at.desc(), bans.c.user_id).limit(limit))


def delete_expired(ctx: Context, limit: int) -> int:
    """Forget bans that have run out; how many."""
    due = ctx.db.scalars(sa.select(bans.c.user_id).where(bans.c.until <= ctx.now).limit(limit))
    if due:
        ctx.db.execute(sa.delete(bans).where(bans.c.user_id.in_(due), bans.c.until <= ctx.now))
    return len(due)
