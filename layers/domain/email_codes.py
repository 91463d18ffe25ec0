"""Codes sent by e-mail: six digits, kept as a keyed digest, half an hour, five attempts, one use.

https://core.telegram.org/api/srp#email-verification. One code is pending for each purpose of an account; what it is to
put into effect waits with it, encrypted.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers import unit_of_work
from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.mail import Mail, send_mail
from layers.domain.password import open_address, seal_address
from layers.errors import FloodWait, bad_request
from layers.schema import email_codes

_REPLACED: Final = ("code_digest", "sealed_address", "sealed_settings", "sent_at", "expires_at", "attempts")


@dataclass(frozen=True, slots=True)
class Pending:
    """A code that waits: where it was sent, and what it puts into effect."""

    address: str
    settings: bytes | None


def send_code(ctx: Context, user_id: int, purpose: str, address: str, subject: str, settings: bytes | None) -> None:
    """Send a new code; an earlier one of the purpose is void. FLOOD_WAIT_X."""
    spend(ctx, user_id)
    code = _new_code(ctx)
    row = {
        "user_id": user_id,
        "purpose": purpose,
        "code_digest": _digest(ctx, user_id, purpose, code),
        "sealed_address": seal_address(ctx, user_id, address),
        "sealed_settings": None if settings is None else ctx.keys.seal(settings, _bound_to(user_id, purpose)),
        "sent_at": ctx.now,
        "expires_at": ctx.now + limits.EMAIL_CODE_LIFE_S,
        "attempts": 0,
    }
    upsert(ctx.db, email_codes, row, update=_REPLACED)
    text = f"Your code is {code}.\n\nIf you did not ask for it, somebody else tried to use your account: ignore this."
    send_mail(ctx, Mail(address, subject, text))


def pending(ctx: Context, user_id: int, purpose: str, *, error: str) -> Pending:
    """The code that waits; 400 ``error`` when there is none."""
    row = _row(ctx, user_id, purpose, error)
    address = open_address(ctx, user_id, row.sealed_address)
    settings = (
        None if row.sealed_settings is None else ctx.keys.unseal(row.sealed_settings, _bound_to(user_id, purpose))
    )
    return Pending(address, settings)


def check_code(ctx: Context, user_id: int, purpose: str, code: str, *, expired: str) -> None:
    """Check a code, in a unit of work of its own: a failed attempt stays counted although the call fails.

    Raises:
        RpcError: CODE_EMPTY, CODE_INVALID, or ``expired`` when there is no code (any more).
    """
    if not code:
        raise bad_request("CODE_EMPTY")

    def attempt(unit: Context) -> bool:
        row = _row(unit, user_id, purpose, expired)
        if row.attempts >= limits.EMAIL_CODE_ATTEMPTS:
            raise bad_request(expired)
        if hmac.compare_digest(_digest(unit, user_id, purpose, code), row.code_digest):
            return True
        unit.db.execute(sa.update(email_codes).where(*_is(user_id, purpose)).values(attempts=row.attempts + 1))
        return False

    if not unit_of_work.run(ctx.services, attempt, writes=True, caller=ctx.caller)[0]:
        raise bad_request("CODE_INVALID")


def use_code(ctx: Context, user_id: int, purpose: str, code: str, *, expired: str) -> Pending:
    """Take a code that was checked: of two calls at once one gets it; 400 ``expired`` else."""
    waiting = pending(ctx, user_id, purpose, error=expired)
    digest = _digest(ctx, user_id, purpose, code)
    taken = sa.delete(email_codes).where(*_is(user_id, purpose), email_codes.c.code_digest == digest)
    if not ctx.db.execute(taken).rowcount:
        raise bad_request(expired)
    return waiting


def cancel_code(ctx: Context, user_id: int, purpose: str) -> bool:
    """Void a pending code; False when there is none."""
    return ctx.db.execute(sa.delete(email_codes).where(*_is(user_id, purpose))).rowcount > 0


def delete_expired(ctx: Context) -> int:
    """Remove codes that nobody used; returns how many."""
    return ctx.db.execute(sa.delete(email_codes).where(email_codes.c.expires_at <= ctx.now)).rowcount


def spend(ctx: Context, user_id: int) -> None:
    """Count a mail to the account's owner; FLOOD_WAIT_X."""
    if ctx.settings.flood_limits:
        wait_s = ctx.cache.rate_limit(f"email_code:{user_id}", *limits.EMAIL_CODES_PER_USER)
        if wait_s > 0:
            raise FloodWait(int(wait_s) + 1)


def _row(ctx: Context, user_id: int, purpose: str, error: str) -> sa.Row[Any]:
    row = ctx.db.first(sa.select(email_codes).where(*_is(user_id, purpose)).with_for_update())
    if row is None or row.expires_at <= ctx.now:
        raise bad_request(error)
    return row


def _is(user_id: int, purpose: str) -> tuple[sa.ColumnElement[bool], ...]:
    return email_codes.c.user_id == user_id, email_codes.c.purpose == purpose


def _new_code(ctx: Context) -> str:
    number = int.from_bytes(ctx.services.random(8), "little") % 10**limits.EMAIL_CODE_LENGTH
    return f"{number:0{limits.EMAIL_CODE_LENGTH}d}"


def _digest(ctx: Context, user_id: int, purpose: str, code: str) -> bytes:
    return ctx.keys.code_digest(f"email|{purpose}|{user_id}", code)


def _bound_to(user_id: int, purpose: str) -> bytes:
    return f"email_code|{purpose}|{user_id}".encode()
