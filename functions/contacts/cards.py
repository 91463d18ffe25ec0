"""Contact links for accounts without a public name, and birthdays of contacts.

https://core.telegram.org/api/links#temporary-profile-links, https://core.telegram.org/api/profile#birthday
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.birthdays import days_around, unpack_birthday
from layers.domain.peers import require_user
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.users import user_object, user_objects
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import contacts, users
from tl import api

_PAYLOAD: Final = struct.Struct("<qI")
_PURPOSE: Final = "contact"


@function(api.contacts.ExportContactToken)
def export_contact_token(ctx: Context, request: api.contacts.ExportContactToken) -> api.ExportedContactToken:
    """A link that leads to the caller's profile for a day, without a public name."""
    expires = ctx.now + limits.CONTACT_TOKEN_LIFE_S
    payload = _PAYLOAD.pack(ctx.user_id, expires)
    token = base64.urlsafe_b64encode(payload + ctx.keys.token_mac(_PURPOSE, payload)).decode().rstrip("=")
    return api.ExportedContactToken(url=f"tg://contact?token={token}", expires=expires)


@function(api.contacts.ImportContactToken, flood=FloodLimit(60, 60))
def import_contact_token(ctx: Context, request: api.contacts.ImportContactToken) -> api.TypeUser:
    """The user behind a link of contacts.exportContactToken."""
    user_id = _open_token(ctx, request.token)
    if user_id is None:
        raise bad_request("IMPORT_TOKEN_INVALID")
    require_user(ctx, user_id, error="IMPORT_TOKEN_INVALID")
    return user_object(ctx, ctx.user_id, user_id)


@function(api.contacts.GetBirthdays)
def get_birthdays(ctx: Context, request: api.contacts.GetBirthdays) -> api.contacts.ContactBirthdays:
    """Contacts whose birthday is yesterday, today or tomorrow, as far as they show it to the caller."""
    rows = ctx.db.rows(
        sa.select(users.c.id, users.c.birthday)
        .join_from(contacts, users, users.c.id == contacts.c.contact_id)
        .where(
            contacts.c.owner_id == ctx.user_id,
            (users.c.birthday % 10_000).in_(sorted(days_around(ctx.now))),
            ~users.c.deleted,
        )
        .order_by(users.c.id)
    )
    shown = allowed(ctx, [row.id for row in rows], ctx.user_id, PrivacyKey.BIRTHDAY)
    birthdays = {row.id: unpack_birthday(row.birthday) for row in rows if row.id in shown}
    return api.contacts.ContactBirthdays(
        contacts=[
            api.ContactBirthday(contact_id=user_id, birthday=birthday)
            for user_id, birthday in birthdays.items()
            if birthday is not None
        ],
        users=user_objects(ctx, ctx.user_id, birthdays),
    )


def _open_token(ctx: Context, token: str) -> int | None:
    """The user id of a good token."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    payload, mac = raw[: _PAYLOAD.size], raw[_PAYLOAD.size :]
    if len(payload) != _PAYLOAD.size or not hmac.compare_digest(mac, ctx.keys.token_mac(_PURPOSE, payload)):
        return None
    user_id, expires = _PAYLOAD.unpack(payload)
    return int(user_id) if expires > ctx.now else None
