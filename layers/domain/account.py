"""Accounts: their creation and their profile.

https://core.telegram.org/api/auth#sign-up, https://core.telegram.org/api/profile.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain import limits
from layers.domain.text import utf16_length
from layers.errors import bad_request
from layers.schema import box_states, users

_ID_BYTES: Final = 8
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINERS: Final = frozenset("\u200c\u200d")


def create_user(ctx: Context, *, phone: str | None, first_name: str, last_name: str, lang_code: str = "") -> int:
    """Insert an account with its message box and return its id, random within the range of `layers.domain.limits`.

    A unique key that is taken (the phone, or by bad luck the id) fails the insert, and the whole call runs again.
    """
    span = limits.LAST_USER_ID - limits.FIRST_USER_ID + 1
    user_id = limits.FIRST_USER_ID + int.from_bytes(ctx.services.random(_ID_BYTES), "little") % span
    ctx.db.execute(
        sa.insert(users),
        {
            "id": user_id,
            "phone": phone,
            "first_name": first_name,
            "last_name": last_name,
            "lang_code": lang_code[:64],
            "created_at": ctx.now,
            "last_seen": ctx.now,
        },
    )
    insert_ignore(ctx.db, box_states, {"owner_id": user_id})
    return user_id


def user_by_phone(ctx: Context, phone: str) -> int | None:
    """The account of a number in stored form, or None."""
    user_id: int | None = ctx.db.scalar(sa.select(users.c.id).where(users.c.phone == phone, ~users.c.deleted))
    return user_id


def first_name(text: str) -> str:
    """A first name as it is stored; 400 FIRSTNAME_INVALID for an empty or overlong one."""
    name = _clean(text)
    if not name or utf16_length(name) > limits.NAME_LENGTH:
        raise bad_request("FIRSTNAME_INVALID")
    return name


def last_name(text: str) -> str:
    """A last name as it is stored, perhaps empty; 400 LASTNAME_INVALID for an overlong one."""
    name = _clean(text)
    if utf16_length(name) > limits.NAME_LENGTH:
        raise bad_request("LASTNAME_INVALID")
    return name


def about(text: str) -> str:
    """A bio as it is stored; 400 ABOUT_TOO_LONG."""
    cleaned = _clean(text)
    if utf16_length(cleaned) > limits.ABOUT_LENGTH:
        raise bad_request("ABOUT_TOO_LONG")
    return cleaned


def change_user(ctx: Context, **values: Any) -> None:
    """Write columns of the caller's row."""
    ctx.db.execute(sa.update(users).where(users.c.id == ctx.user_id).values(**values))


def user_row(ctx: Context, user_id: int, *columns: sa.ColumnElement[Any]) -> sa.Row[Any]:
    """Columns of an account that must exist."""
    row = ctx.db.first(sa.select(*columns).where(users.c.id == user_id))
    if row is None:
        raise bad_request("USER_ID_INVALID")
    return row


def _clean(text: str) -> str:
    """One line without invisible characters (zero-width joiners stay: names and emoji need them), trimmed."""
    visible = (
        character if character in _JOINERS or unicodedata.category(character) not in _INVISIBLE else " "
        for character in text
    )
    return " ".join("".join(visible).split()).strip("".join(_JOINERS))
