"""Two-step verification: what is stored of a password, account.getPassword, and checking one.

https://core.telegram.org/api/srp. The server keeps the SRP verifier, encrypted, never the password. Each
account.password carries a challenge that may be answered once: its secret exponent waits in the cache, encrypted, under
the srp_id.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import limits, srp
from layers.domain.mail import pattern_of
from layers.errors import FloodWait, bad_request
from layers.schema import email_codes, login_emails, passwords
from tl import api

SRP_G: Final = srp.G
SRP_P: Final = srp.P

_SALT_BYTES: Final = 8
_SALT2_BYTES: Final = 16
_SECURE_RANDOM_BYTES: Final = 256
_CHALLENGE: Final = struct.Struct("<qq256s")
SETTINGS_CODE: Final = "password"
"""Purpose of the code that confirms a recovery address (`layers.domain.email_codes`)."""


def has_password(ctx: Context, user_id: int) -> bool:
    """Whether signing in takes a password besides the code."""
    return ctx.db.first(sa.select(passwords.c.user_id).where(passwords.c.user_id == user_id)) is not None


def password_row(ctx: Context, user_id: int, *, lock: bool = False) -> sa.Row[Any] | None:
    """The account's row of ``passwords``, or None when it has no password."""
    statement = sa.select(passwords).where(passwords.c.user_id == user_id)
    return ctx.db.first(statement.with_for_update() if lock else statement)


def new_algorithm(
    ctx: Context, user_id: int, version: int
) -> api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow:
    """The parameters of the next password; the client extends ``salt1``.

    The salts are a keyed hash of the account and the password now in force, so that a new password can be checked to
    use them although nothing was stored.
    """
    payload = b"%d|%d" % (user_id, version)
    return api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
        salt1=ctx.keys.token_mac("password_salt1", payload)[:_SALT_BYTES],
        salt2=ctx.keys.token_mac("password_salt2", payload)[:_SALT2_BYTES],
        g=srp.G,
        p=srp.P,
    )


def password_state(ctx: Context, user_id: int) -> api.account.Password:
    """``account.password`` with a new challenge when there is a password."""
    row = password_row(ctx, user_id)
    random = ctx.services.random
    password = api.account.Password(
        email_unconfirmed_pattern=_unconfirmed_pattern(ctx, user_id),
        login_email_pattern=_login_email_pattern(ctx, user_id),
        new_algo=new_algorithm(ctx, user_id, row.version if row else 0),
        new_secure_algo=api.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000(salt=random(_SALT_BYTES)),
        secure_random=random(_SECURE_RANDOM_BYTES),
    )
    if row is None:
        return password
    srp_id = ctx.random_long()
    b, srp_b = srp.make_challenge(stored_secret(ctx, row).verifier, random)
    sealed = ctx.keys.seal(_CHALLENGE.pack(user_id, row.version, b), _challenge_name(srp_id).encode())
    ctx.cache.set(_challenge_name(srp_id), sealed, ttl_s=limits.SRP_LIFE_S)
    password.has_password = True
    password.has_recovery = row.sealed_email is not None
    password.has_secure_values = False
    password.current_algo = api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
        salt1=row.salt1, salt2=row.salt2, g=srp.G, p=srp.P
    )
    password.srp_B, password.srp_id = srp_b, srp_id
    password.hint = row.hint or None
    if row.reset_at is not None:
        password.pending_reset_date = row.reset_at
    return password


def check_password(ctx: Context, user_id: int, password: api.TypeInputCheckPasswordSRP) -> int:
    """Check a password and return the version it is; 0 when the account has none and none was given.

    Call it from a function's ``prepare``: the challenge is used up, which must not happen again when the transaction is
    repeated. A transaction that relies on it checks the version again (`require_version`).

    Raises:
        RpcError: SRP_ID_INVALID (no such challenge, or used, or too old), SRP_PASSWORD_CHANGED (since the challenge),
            SRP_A_INVALID, PASSWORD_HASH_INVALID, FLOOD_WAIT_X after too many wrong ones.
    """
    row = password_row(ctx, user_id)
    if row is None:
        if isinstance(password, api.InputCheckPasswordSRP):
            raise bad_request("SRP_PASSWORD_CHANGED")
        return 0
    if not isinstance(password, api.InputCheckPasswordSRP):
        raise bad_request("PASSWORD_HASH_INVALID")
    b = _take_challenge(ctx, user_id, row.version, password.srp_id)
    if not srp.is_in_bounds(password.A):
        raise bad_request("SRP_A_INVALID")
    failures = _count_attempt(ctx, user_id)
    if not srp.is_proof(stored_secret(ctx, row), b, password.A, password.M1):
        raise bad_request("PASSWORD_HASH_INVALID")
    ctx.cache.delete(failures)
    return int(row.version)


def prepared_version(user_id: int, version: int) -> Mapping[int, Mapping[str, Any]]:
    """What a ``prepare`` that called `check_password` hands on."""
    return {user_id: {"version": version}}


def require_version(ctx: Context, user_id: int, version: int) -> sa.Row[Any] | None:
    """The locked row of the password that was checked before; 400 SRP_PASSWORD_CHANGED when it is another now."""
    row = password_row(ctx, user_id, lock=True)
    if (row.version if row else 0) != version:
        raise bad_request("SRP_PASSWORD_CHANGED")
    return row


def stored_secret(ctx: Context, row: Any) -> srp.Secret:
    """The decrypted verifier of a row."""
    return srp.Secret(row.salt1, row.salt2, ctx.keys.unseal(row.sealed_verifier, _verifier_name(row.user_id)))


def seal_verifier(ctx: Context, user_id: int, verifier: bytes) -> bytes:
    """A verifier as it is stored."""
    return ctx.keys.seal(verifier, _verifier_name(user_id))


def recovery_address(ctx: Context, row: Any) -> str | None:
    """The decrypted recovery address of a row."""
    if row.sealed_email is None:
        return None
    return open_address(ctx, row.user_id, row.sealed_email)


def open_address(ctx: Context, user_id: int, sealed: bytes) -> str:
    """Inverse of `seal_address`."""
    return ctx.keys.unseal(sealed, _address_name(user_id)).decode()


def seal_address(ctx: Context, user_id: int, address: str) -> bytes:
    """An e-mail address of the user as it is stored."""
    return ctx.keys.seal(address.encode(), _address_name(user_id))


def password_settings(ctx: Context, user_id: int) -> api.account.PasswordSettings:
    """What only who knows the password may see."""
    row = password_row(ctx, user_id)
    if row is None:
        return api.account.PasswordSettings()
    secure = None if row.secure_settings is None else tl.decode(row.secure_settings)
    return api.account.PasswordSettings(email=recovery_address(ctx, row), secure_settings=secure)


def _take_challenge(ctx: Context, user_id: int, version: int, srp_id: int) -> bytes:
    sealed = ctx.cache.getdel(_challenge_name(srp_id))
    if sealed is None:
        raise bad_request("SRP_ID_INVALID")
    owner_id, challenged, b = _CHALLENGE.unpack(ctx.keys.unseal(sealed, _challenge_name(srp_id).encode()))
    if owner_id != user_id:
        raise bad_request("SRP_ID_INVALID")
    if challenged != version:
        raise bad_request("SRP_PASSWORD_CHANGED")
    return bytes(b)


def _count_attempt(ctx: Context, user_id: int) -> str:
    """Count the attempt before it is judged, so that many at once do not pass; the counter's name.

    Signed-in devices and those that sign in are counted apart: who only has the code cannot lock the owner out.
    """
    side = "in" if ctx.origin.user_id == user_id else "out"
    name = f"password_failures:{user_id}:{side}"
    if not ctx.settings.flood_limits:
        return name
    attempts, window_s = limits.PASSWORD_ATTEMPTS
    if ctx.cache.incr(name, ttl_s=window_s) > attempts:
        raise FloodWait(int(ctx.cache.ttl(name) or 0) + 1)
    return name


def _unconfirmed_pattern(ctx: Context, user_id: int) -> str | None:
    sealed = ctx.db.scalar(
        sa.select(email_codes.c.sealed_address).where(
            email_codes.c.user_id == user_id,
            email_codes.c.purpose == SETTINGS_CODE,
            email_codes.c.expires_at > ctx.now,
        )
    )
    return None if sealed is None else pattern_of(open_address(ctx, user_id, sealed))


def _login_email_pattern(ctx: Context, user_id: int) -> str | None:
    sealed = ctx.db.scalar(sa.select(login_emails.c.sealed_address).where(login_emails.c.user_id == user_id))
    return None if sealed is None else pattern_of(open_address(ctx, user_id, sealed))


def _challenge_name(srp_id: int) -> str:
    return f"srp:{srp_id}"


def _verifier_name(user_id: int) -> bytes:
    return b"password|%d" % user_id


def _address_name(user_id: int) -> bytes:
    return b"email|%d" % user_id
