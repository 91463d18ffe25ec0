"""Login codes: sending, checking, using up.

https://core.telegram.org/api/auth. A code is five digits from a CSPRNG, kept as a keyed digest, valid five minutes,
five attempts, one use. It leaves the server by the way that `layers.codes` opens for ``--login-code`` (and is sealed in
its row for ``cirrusgram codes``), or it is the fixed one of a test server. A user who is signed in elsewhere also gets
it there, as a message of the service account; one who set a login e-mail gets it there instead of the phone.
"""

from __future__ import annotations

import enum
import hmac
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from layers import measures, unit_of_work
from layers.codes import CodeSender, NotDelivered, open_sender, way_of
from layers.context import Context, Services
from layers.database import upsert
from layers.domain import limits, phones
from layers.domain.account import user_by_phone
from layers.domain.ban_checks import check_phone
from layers.domain.login_email import login_email, mail_login_code, request_reset, sent_type
from layers.domain.service_messages import send_login_code
from layers.domain.sessions import has_sessions
from layers.errors import FloodWait, RpcError, bad_request
from layers.schema import login_codes
from layers.telemetry import get_logger
from tl import api

_HASH_BYTES: Final = 9


class Purpose(enum.StrEnum):
    """What a code may be used for: the first letter of its phone_code_hash, which is hexadecimal for signing in."""

    SIGN_IN = ""
    CHANGE_PHONE = "x"
    CONFIRM_PHONE = "y"


_REPLACED: Final = (
    "phone_code_hash",
    "code_digest",
    "sealed_code",
    "auth_key_id",
    "sent_at",
    "expires_at",
    "attempts",
    "resends",
    "verified",
)

logger = get_logger("login")


def check_application(api_id: int, api_hash: str) -> None:
    """400 API_ID_INVALID for an empty one; a server of one's own knows no list of applications."""
    if api_id <= 0 or not api_hash or len(api_hash) > 128:
        raise bad_request("API_ID_INVALID")


def phone_of(phone_number: str) -> str:
    """The number in stored form; 406 PHONE_NUMBER_INVALID."""
    phone = phones.normalise(phone_number)
    if phone is None:
        raise RpcError(406, "PHONE_NUMBER_INVALID")
    return phone


def send_code(ctx: Context, phone: str, purpose: Purpose = Purpose.SIGN_IN) -> api.auth.SentCode:
    """Send a new code to the number; an earlier one is void. PHONE_NUMBER_FLOOD, FLOOD_WAIT_X, PHONE_NUMBER_BANNED.

    `_deliver` says where it goes.
    """
    _spend(ctx, phone)
    check_phone(ctx, phone)
    phone_code_hash = purpose + ctx.services.random(_HASH_BYTES).hex()
    code = _new_code(ctx.services)
    row = {
        "phone": phone,
        "phone_code_hash": phone_code_hash,
        **_code_columns(ctx, phone_code_hash, code),
        "auth_key_id": ctx.origin.auth_key_id,
        "attempts": 0,
        "resends": 0,
        "verified": False,
    }
    upsert(ctx.db, login_codes, row, update=_REPLACED)
    return _sent_code(phone_code_hash, _deliver(ctx, phone, code, purpose), resends=0)


def resend_code(ctx: Context, phone: str, phone_code_hash: str) -> api.auth.SentCode:
    """Send another code under the same hash; failed attempts stay counted.

    Raises:
        RpcError: PHONE_CODE_HASH_EMPTY, PHONE_CODE_EXPIRED, 406 SEND_CODE_UNAVAILABLE when it was resent too often,
            and the flood errors of `send_code`.
    """
    if not phone_code_hash:
        raise bad_request("PHONE_CODE_HASH_EMPTY")
    row = _pending(ctx, phone, phone_code_hash)
    if row.resends >= limits.LOGIN_CODE_RESENDS:
        raise RpcError(406, "SEND_CODE_UNAVAILABLE")
    _spend(ctx, phone)
    code = _new_code(ctx.services)
    values = {**_code_columns(ctx, phone_code_hash, code), "resends": row.resends + 1, "verified": False}
    ctx.db.execute(sa.update(login_codes).where(login_codes.c.phone == phone).values(**values))
    sent = _deliver(ctx, phone, code, _purpose_of(phone_code_hash), to_app=False)
    return _sent_code(phone_code_hash, sent, resends=row.resends + 1)


def cancel_code(ctx: Context, phone: str, phone_code_hash: str) -> None:
    """Void a pending code; 400 PHONE_CODE_EXPIRED when there is none."""
    _pending(ctx, phone, phone_code_hash)
    ctx.db.execute(sa.delete(login_codes).where(login_codes.c.phone == phone))


def verify_code(
    ctx: Context, phone: str, phone_code_hash: str, code: str | None, purpose: Purpose = Purpose.SIGN_IN
) -> None:
    """Check a code, in a unit of work of its own: a failed attempt stays counted although the call fails.

    Raises:
        RpcError: PHONE_CODE_EMPTY, PHONE_CODE_INVALID, PHONE_CODE_EXPIRED (too late, too often, cancelled, used, or
            never sent), FLOOD_WAIT_X.
    """
    if not code:
        raise bad_request("PHONE_CODE_EMPTY")
    if _purpose_of(phone_code_hash) is not purpose:
        raise bad_request("PHONE_CODE_EXPIRED")
    if ctx.settings.flood_limits:
        _rate(ctx, f"sign_in:ip:{ctx.origin.ip}", limits.SIGN_IN_ATTEMPTS_PER_IP)
    is_right, _ = unit_of_work.run(
        ctx.services, lambda unit: _attempt(unit, phone, phone_code_hash, code), writes=True, caller=ctx.caller
    )
    if not is_right:
        raise bad_request("PHONE_CODE_INVALID")


def use_code(ctx: Context, phone: str, phone_code_hash: str) -> None:
    """Use a verified code up: of two calls at once one gets it; 400 PHONE_CODE_EXPIRED."""
    condition = (
        (login_codes.c.phone == phone)
        & (login_codes.c.phone_code_hash == phone_code_hash)
        & login_codes.c.verified
        & (login_codes.c.expires_at > ctx.now)
    )
    if not ctx.db.execute(sa.delete(login_codes).where(condition)).rowcount:
        raise bad_request("PHONE_CODE_EXPIRED")


def keep_verified(ctx: Context, phone: str, phone_code_hash: str) -> None:
    """Give a new user time to type his name: the verified code counts as sent now."""
    condition = (login_codes.c.phone == phone) & (login_codes.c.phone_code_hash == phone_code_hash)
    expires_at = ctx.now + limits.LOGIN_CODE_LIFE_S
    ctx.db.execute(sa.update(login_codes).where(condition).values(expires_at=expires_at))


def invalidate_codes(ctx: Context, phone: str, codes: Iterable[str]) -> None:
    """Void the pending code of the number when it is one of these."""
    row = ctx.db.first(sa.select(login_codes).where(login_codes.c.phone == phone).with_for_update())
    if row is None:
        return
    if any(hmac.compare_digest(ctx.keys.code_digest(row.phone_code_hash, code), row.code_digest) for code in codes):
        ctx.db.execute(sa.delete(login_codes).where(login_codes.c.phone == phone))


def delete_expired(ctx: Context) -> int:
    """Remove codes that nobody used; returns how many."""
    return ctx.db.execute(sa.delete(login_codes).where(login_codes.c.expires_at <= ctx.now)).rowcount


def pending_codes(services: Services) -> list[dict[str, Any]]:
    """Codes that wait to be typed, newest first, for the operator: phone, code, sent_at, expires_at, attempts."""
    now = int(services.clock())
    with services.database.transaction(writes=False) as db:
        rows = db.rows(
            sa.select(login_codes)
            .where(login_codes.c.expires_at > now, login_codes.c.sealed_code.is_not(None), ~login_codes.c.verified)
            .order_by(login_codes.c.sent_at.desc(), login_codes.c.phone)
        )
    return [
        {
            "phone": row.phone,
            "code": services.keys.unseal(row.sealed_code, _bound_to(row.phone_code_hash)).decode(),
            "sent_at": row.sent_at,
            "expires_at": row.expires_at,
            "attempts": row.attempts,
        }
        for row in rows
    ]


def _purpose_of(phone_code_hash: str) -> Purpose:
    first = phone_code_hash[:1]
    return Purpose(first) if first in {Purpose.CHANGE_PHONE, Purpose.CONFIRM_PHONE} else Purpose.SIGN_IN


def _attempt(ctx: Context, phone: str, phone_code_hash: str, code: str) -> bool:
    row = _pending(ctx, phone, phone_code_hash)
    if row.attempts >= limits.LOGIN_CODE_ATTEMPTS:
        raise bad_request("PHONE_CODE_EXPIRED")
    is_right = hmac.compare_digest(ctx.keys.code_digest(phone_code_hash, code), row.code_digest)
    values = {"verified": True} if is_right else {"attempts": row.attempts + 1}
    ctx.db.execute(sa.update(login_codes).where(login_codes.c.phone == phone).values(**values))
    return is_right


def _pending(ctx: Context, phone: str, phone_code_hash: str) -> sa.Row[Any]:
    row = ctx.db.first(sa.select(login_codes).where(login_codes.c.phone == phone).with_for_update())
    if (
        row is None
        or row.expires_at <= ctx.now
        or not hmac.compare_digest(row.phone_code_hash.encode(), phone_code_hash.encode())
    ):
        raise bad_request("PHONE_CODE_EXPIRED")
    return row


def _new_code(services: Services) -> str:
    fixed = services.settings.fixed_login_code
    if fixed is not None:
        return fixed
    # 64 bits modulo 100,000: the bias is below 10⁻¹⁴.
    number = int.from_bytes(services.random(8), "little") % 10**limits.LOGIN_CODE_LENGTH
    return f"{number:0{limits.LOGIN_CODE_LENGTH}d}"


def _code_columns(ctx: Context, phone_code_hash: str, code: str) -> dict[str, Any]:
    is_read_here = ctx.settings.fixed_login_code is None
    return {
        "code_digest": ctx.keys.code_digest(phone_code_hash, code),
        "sealed_code": ctx.keys.seal(code.encode(), _bound_to(phone_code_hash)) if is_read_here else None,
        "sent_at": ctx.now,
        "expires_at": ctx.now + limits.LOGIN_CODE_LIFE_S,
    }


def _bound_to(phone_code_hash: str) -> bytes:
    return f"login_code|{phone_code_hash}".encode()


def _deliver(
    ctx: Context, phone: str, code: str, purpose: Purpose, *, to_app: bool = True
) -> api.auth.TypeSentCodeType:
    """Send the code on its way, and say which that was.

    A code for signing in goes to the user's devices when he is signed in somewhere (``to_app``), else to his login
    e-mail if he set one; who only holds the phone then gets none.
    """
    user_id = user_by_phone(ctx, phone) if purpose is Purpose.SIGN_IN else None
    address = None if user_id is None else login_email(ctx, user_id)
    if address is None and ctx.settings.fixed_login_code is None:
        ctx.after_commit(lambda: _hand_over(ctx.settings.login_code, phone, code))
    if to_app and user_id is not None and has_sessions(ctx, user_id):
        send_login_code(ctx, user_id, code)
        return api.auth.SentCodeTypeApp(length=len(code))
    if address is not None:
        return mail_login_code(ctx, address, code)
    return api.auth.SentCodeTypeSms(length=len(code))


@cache
def _sender(setting: str) -> CodeSender | None:
    return open_sender(setting)


def _hand_over(setting: str, phone: str, code: str) -> None:
    """Send a code by the way of the setting; whoever got none asks for another."""
    way = way_of(setting)
    sender = _sender(setting)
    outcome = "ok"
    if sender is None:
        # The only place where a code is written out.
        logger.info("login code", phone=phones.mask(phone), code=code)
    else:
        text = f"{code} is your login code. Keep it to yourself: nobody has a reason to ask you for it."
        try:
            sender.send(phone, code, text)
        except NotDelivered as error:
            outcome = "failed"
            logger.error("login code not delivered", way=way, phone=phones.mask(phone), reason=str(error))
    measures.CODES.inc(way, outcome)


def _sent_code(phone_code_hash: str, sent: api.auth.TypeSentCodeType, *, resends: int) -> api.auth.SentCode:
    may_resend = resends < limits.LOGIN_CODE_RESENDS
    return api.auth.SentCode(
        type=sent,
        phone_code_hash=phone_code_hash,
        next_type=api.auth.CodeTypeSms() if may_resend else None,
        timeout=limits.LOGIN_CODE_RESEND_AFTER_S if may_resend else None,
    )


def reset_login_email(ctx: Context, phone: str, phone_code_hash: str) -> api.auth.SentCode:
    """Let login codes go to the phone again in a week; the pending code stays.

    Raises:
        RpcError: PHONE_CODE_EXPIRED, EMAIL_INSTALL_MISSING, TASK_ALREADY_EXISTS.
    """
    _pending(ctx, phone, phone_code_hash)
    user_id = user_by_phone(ctx, phone)
    if user_id is None:
        raise bad_request("EMAIL_INSTALL_MISSING")
    sent = sent_type(ctx, request_reset(ctx, user_id), limits.LOGIN_CODE_LENGTH)
    return _sent_code(phone_code_hash, sent, resends=limits.LOGIN_CODE_RESENDS)


def _spend(ctx: Context, phone: str) -> None:
    if not ctx.settings.flood_limits:
        return
    _rate(ctx, f"send_code:ip:{ctx.origin.ip}", limits.LOGIN_CODES_PER_IP)
    _rate(ctx, f"send_code:key:{ctx.origin.auth_key_id}", limits.LOGIN_CODES_PER_KEY)
    calls, window_s = limits.LOGIN_CODES_PER_PHONE
    if ctx.cache.rate_limit(f"send_code:phone:{phone}", calls, window_s) > 0:
        raise bad_request("PHONE_NUMBER_FLOOD")


def _rate(ctx: Context, key: str, limit: tuple[int, int]) -> None:
    calls, window_s = limit
    wait_s = ctx.cache.rate_limit(key, calls, window_s)
    if wait_s > 0:
        raise FloodWait(int(wait_s) + 1)
