"""Public names: https://core.telegram.org/api/usernames.

One namespace for users and channels, without regard to case: the table of lower-case names is unique by its key, so of
two who want a name at once one gets it.
"""

from __future__ import annotations

import re
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.errors import bad_request
from layers.schema import usernames, users

_FORM: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_RESERVED_PREFIXES: Final = (
    "admin",
    "cirrusgram",
    "contacts",
    "security",
    "service",
    "settings",
    "support",
    "telegram",
    "telegraph",
)
_RESERVED: Final = frozenset(
    {
        "addemoji",
        "addlist",
        "addstickers",
        "addtheme",
        "boost",
        "confirmphone",
        "giftcode",
        "invoice",
        "joinchat",
        "login",
        "nobody",
        "proxy",
        "setlanguage",
        "share",
        "socks",
        "stickers",
    }
)
"""Words that a t.me link or a client understands otherwise."""


def check_form(username: str, *, is_bot: bool = False) -> None:
    """400 USERNAME_INVALID: 5 to 32 letters, digits and single underscores between them, a letter first, not reserved.

    Names that end in "bot" are for bots.
    """
    lowered = username.lower()
    is_long_enough = limits.USERNAME_LENGTH_MIN <= len(username) <= limits.USERNAME_LENGTH_MAX
    is_reserved = lowered in _RESERVED or lowered.startswith(_RESERVED_PREFIXES)
    is_well_formed = is_long_enough and _FORM.fullmatch(username) is not None
    if not is_well_formed or is_reserved or (lowered.endswith("bot") and not is_bot):
        raise bad_request("USERNAME_INVALID")


def holder(ctx: Context, username: str) -> int | None:
    """The peer key of whoever has the name, or None."""
    key: int | None = ctx.db.scalar(sa.select(usernames.c.peer_key).where(usernames.c.username == username.lower()))
    return key


def change_username(ctx: Context, username: str) -> None:
    """Give the caller another name, or with '' none.

    Raises:
        RpcError: USERNAME_INVALID, USERNAME_OCCUPIED, USERNAME_NOT_MODIFIED.
    """
    user_id = ctx.user_id
    if username:
        check_form(username, is_bot=ctx.origin.is_bot)
    current = ctx.db.scalar(sa.select(users.c.username).where(users.c.id == user_id).with_for_update()) or ""
    if username == current:
        raise bad_request("USERNAME_NOT_MODIFIED")
    if username.lower() != current.lower():
        if username and holder(ctx, username) is not None:
            raise bad_request("USERNAME_OCCUPIED")
        if current:
            ctx.db.execute(
                sa.delete(usernames).where(usernames.c.username == current.lower(), usernames.c.peer_key == user_id)
            )
        if username:
            ctx.db.execute(sa.insert(usernames), {"username": username.lower(), "peer_key": user_id})
    ctx.db.execute(sa.update(users).where(users.c.id == user_id).values(username=username or None))
