"""Fact checks of channel posts: https://core.telegram.org/api/factcheck.

A check stands in the post itself, so whoever sees the post has it and forwards leave it behind. The operator names the
accounts that may write them (``FACT_CHECKERS``).
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import tl
from layers.context import Context
from layers.domain import limits
from layers.domain.countries import is_region
from layers.domain.text import normalise
from layers.errors import forbidden
from tl import api

_LINKS: Final = ("https://t.me/", "http://t.me/", "t.me/")


def is_fact_checker(ctx: Context, user_id: int | None) -> bool:
    """Whether the operator lets the account check facts: appConfig's ``can_edit_factcheck``."""
    return user_id in ctx.settings.fact_checker_ids


def require_fact_checker(ctx: Context) -> None:
    """403 CHAT_ACTION_FORBIDDEN for everybody else."""
    if not is_fact_checker(ctx, ctx.user_id):
        raise forbidden("CHAT_ACTION_FORBIDDEN")


def new_fact_check(ctx: Context, given: Any) -> api.FactCheck:
    """A check as it is stored, for the country that the checker's client is set to.

    Of its entities bold and italic text and links to t.me are kept.

    Raises:
        RpcError: MESSAGE_EMPTY, MESSAGE_TOO_LONG; as `layers.domain.text.normalise`.
    """
    text, entities = normalise(ctx, given.text, given.entities, limit=limits.FACT_CHECK_LENGTH)
    country = ctx.origin.system_lang_code.replace("_", "-").partition("-")[2].upper()
    check = api.FactCheck(
        country=country if is_region(country) else "",
        text=api.TextWithEntities(text=text, entities=[item for item in entities or () if _is_allowed(item)]),
        hash=0,
    )
    check.hash = int.from_bytes(hashlib.sha256(tl.encode(check)).digest()[:8], "little", signed=True) or 1
    return check


def _is_allowed(entity: Any) -> bool:
    match entity:
        case api.MessageEntityBold() | api.MessageEntityItalic():
            return True
        case api.MessageEntityTextUrl():
            return bool(entity.url.lower().startswith(_LINKS))
        case _:
            return False
