"""What contacts.* take from a client, checked."""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain import limits
from layers.domain.peers import access_user
from layers.domain.text import normalise
from layers.errors import bad_request
from tl import api

_JOINERS: Final = "\u200c\u200d"
"""Zero-width joiners: names of some scripts and many emoji need them."""


def access_contact(ctx: Context, user: api.TypeInputUser) -> int:
    """Gate: the id of another person; 400 CONTACT_ID_INVALID for the caller himself."""
    user_id = access_user(ctx, user, error="CONTACT_ID_INVALID")
    if user_id == ctx.user_id:
        raise bad_request("CONTACT_ID_INVALID")
    return user_id


def clean_name(name: str) -> str:
    """A name without invisible characters, its spaces collapsed, cut to what is stored."""
    visible = "".join(sign if sign.isprintable() or sign in _JOINERS else " " for sign in name)
    return " ".join(visible.split()).strip(_JOINERS)[: limits.NAME_LENGTH]


def clean_note(ctx: Context, note: api.TextWithEntities) -> api.TextWithEntities:
    """A contact's note with checked entities; 400 MESSAGE_TOO_LONG."""
    text, entities = normalise(ctx, note.text, note.entities, limit=limits.CONTACT_NOTE_LENGTH, may_be_empty=True)
    return api.TextWithEntities(text=text, entities=entities or [])
