"""Importing a telephone's address book, and what was imported.

https://core.telegram.org/method/contacts.importContacts
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from functions.contacts.input import clean_name, clean_note
from layers.context import Context
from layers.domain import limits
from layers.domain.contacts import (
    NewContact,
    announce,
    contact_ids,
    importers_of,
    mutual_ids,
    remove_contacts,
    save_contacts,
    save_numbers,
)
from layers.domain.phonebook import candidates
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.users import phone_of, user_objects
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import contacts, saved_contacts, users
from tl import api

_POPULAR_FROM = 2
"""A number that so many people imported is worth an invitation (``popular_invites``)."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the imported book: ``phones`` are the forms its number may be stored in, the likeliest first."""

    client_id: int
    phones: list[str]
    first_name: str
    last_name: str
    note: api.TextWithEntities | None


@function(api.contacts.ImportContacts, writes=True, flood=FloodLimit(60, 60))
def import_contacts(ctx: Context, request: api.contacts.ImportContacts) -> api.contacts.ImportedContacts:
    """Turn numbers into contacts; those that nobody uses are kept until somebody signs up."""
    taken, later = request.contacts[: limits.CONTACTS_AT_ONCE], request.contacts[limits.CONTACTS_AT_ONCE :]
    entries = _entries(ctx, taken)
    found = _find_people(ctx, entries)
    known = set(contact_ids(ctx, ctx.user_id))
    imported: list[api.TypeImportedContact] = []
    new: dict[int, NewContact] = {}
    unknown: dict[str, _Entry] = {}
    for entry in entries:
        match = next(((phone, found[phone]) for phone in entry.phones if phone in found), None)
        if match is None:
            unknown[entry.phones[0]] = entry
            continue
        phone, user_id = match
        imported.append(api.ImportedContact(user_id=user_id, client_id=entry.client_id))
        if user_id != ctx.user_id:
            new[user_id] = NewContact(user_id, entry.first_name, entry.last_name, phone, entry.note)
    room = max(0, limits.CONTACTS - len(known))
    added = [user_id for user_id in new if user_id not in known]
    refused = set(added[room:])
    save_contacts(ctx, ctx.user_id, [entry for entry in new.values() if entry.user_id not in refused])
    save_numbers(ctx, ctx.user_id, {phone: (item.first_name, item.last_name) for phone, item in unknown.items()})
    importers = importers_of(ctx, list(unknown))
    changed = [user_id for user_id in new if user_id not in refused]
    if changed:
        announce(ctx, changed, counterparts=mutual_ids(ctx, ctx.user_id, added))
    return api.contacts.ImportedContacts(
        imported=[item for item in imported if item.user_id not in refused],
        popular_invites=[
            api.PopularContact(client_id=unknown[phone].client_id, importers=count)
            for phone, count in sorted(importers.items())
            if count >= _POPULAR_FROM
        ],
        retry_contacts=[contact.client_id for contact in later],
        users=user_objects(ctx, ctx.user_id, [item.user_id for item in imported if item.user_id not in refused]),
    )


@function(api.contacts.DeleteByPhones, writes=True)
def delete_by_phones(ctx: Context, request: api.contacts.DeleteByPhones) -> bool:
    """Remove what was imported under these numbers."""
    if len(request.phones) > limits.CONTACTS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    own = phone_of(ctx, ctx.user_id)
    phones = sorted({form for phone in request.phones for form in candidates(phone, own)})
    if not phones:
        return True
    ids = ctx.db.scalars(
        sa.select(contacts.c.contact_id).where(contacts.c.owner_id == ctx.user_id, contacts.c.phone.in_(phones))
    )
    ctx.db.execute(
        sa.delete(saved_contacts).where(saved_contacts.c.owner_id == ctx.user_id, saved_contacts.c.phone.in_(phones))
    )
    removed = remove_contacts(ctx, ctx.user_id, ids)
    if removed:
        announce(ctx, removed, counterparts=mutual_ids(ctx, ctx.user_id, removed))
    return True


@function(api.contacts.GetSaved, partial="answers outside a takeout session too")
def get_saved(ctx: Context, request: api.contacts.GetSaved) -> list[api.TypeSavedContact]:
    """Everything the account imported."""
    forms = [
        sa.select(table.c.phone, table.c.first_name, table.c.last_name, table.c.date)
        .where(table.c.owner_id == ctx.user_id, table.c.phone != "")
        .limit(limits.CONTACTS)
        for table in (saved_contacts, contacts)
    ]
    rows = [row for form in forms for row in ctx.db.rows(form)]
    return [
        api.SavedPhoneContact(phone=row.phone, first_name=row.first_name, last_name=row.last_name, date=row.date)
        for row in sorted(rows, key=lambda row: row.phone)
    ]


@function(api.contacts.ResetSaved, writes=True)
def reset_saved(ctx: Context, request: api.contacts.ResetSaved) -> bool:
    """Forget the imported numbers that nobody uses; contacts stay."""
    ctx.db.execute(sa.delete(saved_contacts).where(saved_contacts.c.owner_id == ctx.user_id))
    return True


def _entries(ctx: Context, items: Sequence[api.TypeInputContact]) -> list[_Entry]:
    """The entries that have a number and a name."""
    own = phone_of(ctx, ctx.user_id)
    result = []
    for item in items:
        phones = candidates(item.phone, own)
        first_name, last_name = clean_name(item.first_name), clean_name(item.last_name)
        if not phones:
            continue
        if not first_name:
            first_name, last_name = last_name or f"+{phones[0]}", ""
        note = None if item.note is None else clean_note(ctx, item.note)
        result.append(_Entry(item.client_id, phones, first_name, last_name, note))
    return result


def _find_people(ctx: Context, entries: Iterable[_Entry]) -> dict[str, int]:
    """phone → user id of those who let the caller find them by their number."""
    phones = sorted({phone for entry in entries for phone in entry.phones})
    if not phones:
        return {}
    rows = ctx.db.rows(sa.select(users.c.id, users.c.phone).where(users.c.phone.in_(phones), ~users.c.deleted))
    findable = allowed(ctx, [row.id for row in rows], ctx.user_id, PrivacyKey.ADDED_BY_PHONE)
    return {row.phone: row.id for row in rows if row.id in findable}
