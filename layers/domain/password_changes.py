"""Setting, changing, removing and recovering the password of two-step verification.

https://core.telegram.org/api/srp. A new recovery address takes effect, and with it everything set in the same call,
when the code sent to it comes back (EMAIL_UNCONFIRMED_X).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson
import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import email_codes, limits, srp
from layers.domain.future_tokens import forget_tokens
from layers.domain.mail import check_address, pattern_of
from layers.domain.password import (
    SETTINGS_CODE,
    new_algorithm,
    password_row,
    recovery_address,
    require_version,
    seal_address,
    seal_verifier,
)
from layers.domain.text import utf16_length
from layers.errors import bad_request
from layers.schema import passwords
from tl import api

RECOVERY_CODE: Final = "recovery"
_SALT1_ADDED: Final = (16, 64)
"""Bytes that a client adds to salt1 (32 by the documentation)."""
_HINT_LENGTH: Final = 255
_SECURE_SECRET_BYTES: Final = 256


@dataclass(frozen=True, slots=True)
class NewSettings:
    """Checked settings.

    ``secret`` None leaves the password, ``removes`` takes it away; ``email`` None leaves the address.
    """

    secret: srp.Secret | None = None
    removes: bool = False
    hint: str = ""
    email: str | None = None
    secure_settings: bytes | None = None


def check_settings(
    ctx: Context, user_id: int, version: int, settings: api.account.PasswordInputSettings
) -> NewSettings:
    """What a client wants, checked.

    ``version`` is that of the password in force, 0 for none.

    Raises:
        RpcError: NEW_SETTINGS_EMPTY, NEW_SETTINGS_INVALID, NEW_SALT_INVALID, EMAIL_INVALID.
    """
    email = check_address(settings.email) if settings.email else None
    secure = _secure_settings(settings.new_secure_settings)
    if settings.new_algo is None:
        if email is None and secure is None:
            raise bad_request("NEW_SETTINGS_EMPTY")
        if version == 0:
            raise bad_request("NEW_SETTINGS_INVALID")
        return NewSettings(email=email, secure_settings=secure)
    if not settings.new_password_hash:
        if email is not None:
            raise bad_request("NEW_SETTINGS_INVALID")
        return NewSettings(removes=True)
    hint = " ".join((settings.hint or "").split())
    if utf16_length(hint) > _HINT_LENGTH:
        raise bad_request("NEW_SETTINGS_INVALID")
    secret = _new_secret(ctx, user_id, version, settings.new_algo, settings.new_password_hash)
    return NewSettings(secret=secret, hint=hint, email=email, secure_settings=secure)


def change_settings(ctx: Context, user_id: int, version: int, new: NewSettings) -> bool:
    """Put settings into effect; False when they wait for the code that was sent to the new address instead.

    Raises:
        RpcError: SRP_PASSWORD_CHANGED when the password is no longer the one that was checked, FLOOD_WAIT_X.
    """
    row = require_version(ctx, user_id, version)
    is_known = new.email is not None and row is not None and recovery_address(ctx, row) == new.email
    if new.email is None or is_known:
        apply_settings(ctx, user_id, new)
        email_codes.cancel_code(ctx, user_id, SETTINGS_CODE)
        return True
    subject = "Confirm your recovery e-mail"
    email_codes.send_code(ctx, user_id, SETTINGS_CODE, new.email, subject, _packed(version, new))
    return False


def confirm_email(ctx: Context, user_id: int, code: str) -> None:
    """The code came back: put into effect what waited for it; 400 EMAIL_HASH_EXPIRED. `check_code` comes before."""
    waiting = email_codes.use_code(ctx, user_id, SETTINGS_CODE, code, expired="EMAIL_HASH_EXPIRED")
    version, new = _unpacked(waiting.settings or b"")
    row = password_row(ctx, user_id, lock=True)
    if (row.version if row else 0) != version:
        raise bad_request("EMAIL_HASH_EXPIRED")
    apply_settings(ctx, user_id, new)


def resend_email(ctx: Context, user_id: int) -> None:
    """Send another code to the address that waits; 400 EMAIL_HASH_EXPIRED."""
    waiting = email_codes.pending(ctx, user_id, SETTINGS_CODE, error="EMAIL_HASH_EXPIRED")
    subject = "Confirm your recovery e-mail"
    email_codes.send_code(ctx, user_id, SETTINGS_CODE, waiting.address, subject, waiting.settings)


def apply_settings(ctx: Context, user_id: int, new: NewSettings) -> None:
    """Write settings. Devices that signed out lose their tokens when the password changes."""
    if new.removes:
        remove_password(ctx, user_id)
        return
    values: dict[str, Any] = {}
    if new.email is not None:
        values["sealed_email"] = seal_address(ctx, user_id, new.email)
    if new.secure_settings is not None:
        values["secure_settings"] = new.secure_settings
    if new.secret is None:
        ctx.db.execute(sa.update(passwords).where(passwords.c.user_id == user_id).values(**values))
        return
    forget_tokens(ctx, user_id)
    values |= {
        "version": ctx.random_long(),
        "salt1": new.secret.salt1,
        "salt2": new.secret.salt2,
        "sealed_verifier": seal_verifier(ctx, user_id, new.secret.verifier),
        "hint": new.hint,
        "changed_at": ctx.now,
        "reset_at": None,
    }
    upsert(ctx.db, passwords, {"user_id": user_id, **values}, update=tuple(values))


def remove_password(ctx: Context, user_id: int) -> None:
    """Signing in takes the code only from now on."""
    ctx.db.execute(sa.delete(passwords).where(passwords.c.user_id == user_id))
    for purpose in (SETTINGS_CODE, RECOVERY_CODE):
        email_codes.cancel_code(ctx, user_id, purpose)
    forget_tokens(ctx, user_id)


# Recovery by e-mail


def request_recovery(ctx: Context, user_id: int) -> str:
    """Send a recovery code; the address as it may be shown. PASSWORD_EMPTY, PASSWORD_RECOVERY_NA, FLOOD_WAIT_X."""
    row = password_row(ctx, user_id, lock=True)
    if row is None:
        raise bad_request("PASSWORD_EMPTY")
    address = recovery_address(ctx, row)
    if address is None:
        raise bad_request("PASSWORD_RECOVERY_NA")
    email_codes.send_code(ctx, user_id, RECOVERY_CODE, address, "Recover your password", None)
    return pattern_of(address)


def recover(ctx: Context, user_id: int, code: str, settings: api.account.PasswordInputSettings | None) -> None:
    """Replace the password by what ``settings`` say, or remove it; `check_code` comes before.

    Raises:
        RpcError: PASSWORD_RECOVERY_EXPIRED, and the errors of `check_settings`.
    """
    row = password_row(ctx, user_id, lock=True)
    if row is None:
        raise bad_request("PASSWORD_RECOVERY_EXPIRED")
    new = NewSettings(removes=True) if settings is None else check_settings(ctx, user_id, row.version, settings)
    if new.email is not None or (new.secret is None and not new.removes):
        raise bad_request("NEW_SETTINGS_INVALID")
    email_codes.use_code(ctx, user_id, RECOVERY_CODE, code, expired="PASSWORD_RECOVERY_EXPIRED")
    apply_settings(ctx, user_id, new)


# Reset without e-mail


def reset_password(ctx: Context) -> api.account.TypeResetPasswordResult:
    """Ask for the password's removal in seven days, or carry it out when they are over; 400 PASSWORD_EMPTY."""
    row = password_row(ctx, ctx.user_id, lock=True)
    if row is None:
        raise bad_request("PASSWORD_EMPTY")
    if row.reset_at is not None:
        if row.reset_at > ctx.now:
            return api.account.ResetPasswordRequestedWait(until_date=row.reset_at)
        remove_password(ctx, ctx.user_id)
        return api.account.ResetPasswordOk()
    if row.reset_retry_at is not None and row.reset_retry_at > ctx.now:
        return api.account.ResetPasswordFailedWait(retry_date=row.reset_retry_at)
    reset_at = ctx.now + limits.PASSWORD_RESET_S
    _change(ctx, ctx.user_id, reset_at=reset_at, reset_retry_at=None)
    return api.account.ResetPasswordRequestedWait(until_date=reset_at)


def decline_reset(ctx: Context) -> None:
    """Withdraw the request; another takes a while. 400 RESET_REQUEST_MISSING."""
    row = password_row(ctx, ctx.user_id, lock=True)
    if row is None or row.reset_at is None:
        raise bad_request("RESET_REQUEST_MISSING")
    _change(ctx, ctx.user_id, reset_at=None, reset_retry_at=ctx.now + limits.PASSWORD_RESET_RETRY_S)


def _change(ctx: Context, user_id: int, **values: Any) -> None:
    ctx.db.execute(sa.update(passwords).where(passwords.c.user_id == user_id).values(**values))


def _new_secret(
    ctx: Context, user_id: int, version: int, algorithm: api.TypePasswordKdfAlgo, verifier: bytes
) -> srp.Secret:
    if not isinstance(algorithm, api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow):
        raise bad_request("NEW_SETTINGS_INVALID")
    offered = new_algorithm(ctx, user_id, version)
    if algorithm.g != offered.g or algorithm.p != offered.p or not srp.is_in_bounds(verifier):
        raise bad_request("NEW_SETTINGS_INVALID")
    added = len(algorithm.salt1) - len(offered.salt1)
    low, high = _SALT1_ADDED
    if not algorithm.salt1.startswith(offered.salt1) or not low <= added <= high or algorithm.salt2 != offered.salt2:
        raise bad_request("NEW_SALT_INVALID")
    return srp.Secret(algorithm.salt1, algorithm.salt2, srp.pad(verifier))


def _secure_settings(settings: api.SecureSecretSettings | None) -> bytes | None:
    if settings is None:
        return None
    if len(settings.secure_secret) > _SECURE_SECRET_BYTES:
        raise bad_request("NEW_SETTINGS_INVALID")
    encoded = tl.encode(settings)
    if len(encoded) > 2 * _SECURE_SECRET_BYTES:
        raise bad_request("NEW_SETTINGS_INVALID")
    return encoded


def _packed(version: int, new: NewSettings) -> bytes:
    secret = new.secret
    return orjson.dumps(
        {
            "version": version,
            "secret": [part.hex() for part in (secret.salt1, secret.salt2, secret.verifier)] if secret else None,
            "hint": new.hint,
            "email": new.email,
            "secure_settings": new.secure_settings.hex() if new.secure_settings else None,
        }
    )


def _unpacked(data: bytes) -> tuple[int, NewSettings]:
    values = orjson.loads(data)
    secret, secure = values["secret"], values["secure_settings"]
    new = NewSettings(
        secret=srp.Secret(*map(bytes.fromhex, secret)) if secret else None,
        hint=values["hint"],
        email=values["email"],
        secure_settings=bytes.fromhex(secure) if secure else None,
    )
    return values["version"], new
