"""Login e-mail: an address to which login codes go instead of the phone.

https://core.telegram.org/api/auth#email-verification. Who has lost it waits a week for the phone to take over again.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import email_codes, limits
from layers.domain.mail import Mail, pattern_of, send_mail
from layers.domain.password import open_address, seal_address
from layers.domain.service_messages import tell_email_reset
from layers.errors import bad_request
from layers.schema import login_emails
from tl import api

CHANGE_CODE: Final = "login_email"
"""Purpose of the code that confirms a new login address (`layers.domain.email_codes`)."""


def login_email(ctx: Context, user_id: int) -> sa.Row[Any] | None:
    """The account's row; None when it has no login e-mail, or its reset is due."""
    row = ctx.db.first(sa.select(login_emails).where(login_emails.c.user_id == user_id))
    return None if row is None or (row.reset_at is not None and row.reset_at <= ctx.now) else row


def mail_login_code(ctx: Context, row: Any, code: str) -> api.auth.SentCodeTypeEmailCode:
    """Send a login code to the address."""
    address = open_address(ctx, row.user_id, row.sealed_address)
    text = f"Your login code is {code}.\n\nKeep it to yourself. If you are not signing in anywhere, ignore this mail."
    send_mail(ctx, Mail(address, "Your login code", text))
    return sent_type(ctx, row, len(code))


def sent_type(ctx: Context, row: Any, length: int) -> api.auth.SentCodeTypeEmailCode:
    """What auth.sentCode says of a mailed code: where it went, and when the phone can take over."""
    return api.auth.SentCodeTypeEmailCode(
        email_pattern=pattern_of(open_address(ctx, row.user_id, row.sealed_address)),
        length=length,
        reset_available_period=limits.LOGIN_EMAIL_RESET_S if row.reset_at is None else None,
        reset_pending_date=row.reset_at,
    )


def send_change_code(ctx: Context, user_id: int, address: str) -> api.account.SentEmailCode:
    """Send the code that makes ``address`` the login e-mail; FLOOD_WAIT_X."""
    email_codes.send_code(ctx, user_id, CHANGE_CODE, address, "Confirm your login e-mail", None)
    return api.account.SentEmailCode(email_pattern=pattern_of(address), length=limits.EMAIL_CODE_LENGTH)


def confirm_change(ctx: Context, user_id: int, code: str) -> str:
    """The code came back: the address, which is in force now. 400 EMAIL_VERIFY_EXPIRED; `check_code` comes before."""
    waiting = email_codes.use_code(ctx, user_id, CHANGE_CODE, code, expired="EMAIL_VERIFY_EXPIRED")
    row = {
        "user_id": user_id,
        "sealed_address": seal_address(ctx, user_id, waiting.address),
        "reset_at": None,
    }
    upsert(ctx.db, login_emails, row, update=("sealed_address", "reset_at"))
    return waiting.address


def keep_email(ctx: Context, user_id: int) -> None:
    """The owner has just read a code there: a reset that somebody asked for is off."""
    ctx.db.execute(
        sa.update(login_emails)
        .where(login_emails.c.user_id == user_id, login_emails.c.reset_at.is_not(None))
        .values(reset_at=None)
    )


def request_reset(ctx: Context, user_id: int) -> sa.Row[Any]:
    """Let the phone take over in a week; the row. 400 EMAIL_INSTALL_MISSING, TASK_ALREADY_EXISTS."""
    row = login_email(ctx, user_id)
    if row is None:
        raise bad_request("EMAIL_INSTALL_MISSING")
    if row.reset_at is not None:
        raise bad_request("TASK_ALREADY_EXISTS")
    reset_at = ctx.now + limits.LOGIN_EMAIL_RESET_S
    ctx.db.execute(sa.update(login_emails).where(login_emails.c.user_id == user_id).values(reset_at=reset_at))
    tell_email_reset(ctx, user_id, reset_at)
    changed = login_email(ctx, user_id)
    if changed is None:
        raise bad_request("EMAIL_INSTALL_MISSING")
    return changed
