"""Address books: who has whom as a contact, and what an account may do about a person it does not know.

https://core.telegram.org/api/contacts. A contact is a row of its owner alone; two people who have each other are mutual
contacts. Numbers that nobody uses yet are kept and become contacts when somebody signs up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore, upsert
from layers.domain import limits
from layers.domain.blocks import blocked_among
from layers.domain.hashes import vector_hash
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.phonebook import country_of
from layers.domain.privacy import PrivacyKey, Viewer, get_rules, matches_first
from layers.domain.users import Relations, read_relations, user_for_viewers, user_objects
from layers.push import online_users, push_updates
from layers.schema import boxes, contacts, dialogs, saved_contacts, users
from tl import api

SIGN_UP_OWNERS_MAX: Final = 1000
"""So many address books at most turn a saved number into a contact when its owner signs up."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """An entry to write: ``phone`` only when the owner of the book knows it; ``note`` None keeps the old one."""

    user_id: int
    first_name: str
    last_name: str
    phone: str = ""
    note: api.TextWithEntities | None = None


def save_contacts(ctx: Context, owner_id: int, entries: Iterable[NewContact]) -> None:
    """Write entries of an address book; a known number stays known. At most four statements."""
    batches: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        row = {
            "owner_id": owner_id,
            "contact_id": entry.user_id,
            "phone": entry.phone,
            "first_name": entry.first_name,
            "last_name": entry.last_name,
            "note": _stored_note(entry.note),
            "date": ctx.now,
        }
        given = ["phone"] if entry.phone else []
        given += ["note"] if entry.note is not None else []
        batches[("first_name", "last_name", *given)].append(row)
    for update, rows in batches.items():
        upsert(ctx.db, contacts, rows, update=update)


def set_note(ctx: Context, owner_id: int, contact_id: int, note: api.TextWithEntities) -> bool:
    """Attach a note to a contact (an empty text removes it); False when there is no such contact."""
    statement = (
        sa.update(contacts)
        .where(contacts.c.owner_id == owner_id, contacts.c.contact_id == contact_id)
        .values(note=_stored_note(note))
    )
    # A row that already holds the note counts as unchanged on MySQL.
    return bool(ctx.db.execute(statement).rowcount) or contact_ids(ctx, owner_id, [contact_id]) != []


def set_close_friends(ctx: Context, owner_id: int, user_ids: Collection[int]) -> list[int]:
    """Make the close friends exactly those of the users who are contacts; returns whose mark changed."""
    rows = ctx.db.rows(
        sa.select(contacts.c.contact_id, contacts.c.close_friend).where(
            contacts.c.owner_id == owner_id, sa.or_(contacts.c.close_friend, contacts.c.contact_id.in_(user_ids))
        )
    )
    changed = []
    for close in (True, False):
        turned = [row.contact_id for row in rows if (row.contact_id in user_ids) is close is not bool(row.close_friend)]
        if turned:
            ctx.db.execute(
                sa.update(contacts)
                .where(contacts.c.owner_id == owner_id, contacts.c.contact_id.in_(turned))
                .values(close_friend=close)
            )
            changed += turned
    return changed


def _stored_note(note: api.TextWithEntities | None) -> bytes | None:
    return tl.encode(note) if note is not None and note.text else None


def note_of(ctx: Context, owner_id: int, contact_id: int) -> api.TextWithEntities | None:
    """The owner's note about a contact."""
    note = ctx.db.scalar(
        sa.select(contacts.c.note).where(contacts.c.owner_id == owner_id, contacts.c.contact_id == contact_id)
    )
    return None if note is None else cast("api.TextWithEntities", tl.decode(note))


def contact_ids(ctx: Context, owner_id: int, among: Collection[int] | None = None) -> list[int]:
    """Ids of an address book in rising order, all or those ``among`` others."""
    statement = sa.select(contacts.c.contact_id).where(contacts.c.owner_id == owner_id)
    if among is not None:
        statement = statement.where(contacts.c.contact_id.in_(among))
    return list(ctx.db.scalars(statement.order_by(contacts.c.contact_id).limit(limits.CONTACTS)))


def mutual_ids(ctx: Context, owner_id: int, among: Collection[int]) -> set[int]:
    """Those of the users who have ``owner_id`` in their address books."""
    if not among:
        return set()
    return set(
        ctx.db.scalars(
            sa.select(contacts.c.owner_id).where(contacts.c.contact_id == owner_id, contacts.c.owner_id.in_(among))
        )
    )


def saved_count(ctx: Context, owner_id: int) -> int:
    """``saved_count``: numbers the account imported, of people here and not here."""
    here = ctx.db.scalar(
        sa.select(sa.func.count()).select_from(contacts).where(contacts.c.owner_id == owner_id, contacts.c.phone != "")
    )
    elsewhere = ctx.db.scalar(
        sa.select(sa.func.count()).select_from(saved_contacts).where(saved_contacts.c.owner_id == owner_id)
    )
    return int(here) + int(elsewhere)


def contacts_hash(saved: int, ids: Iterable[int]) -> int:
    """The hash of an address book: over ``saved_count`` and the ids in rising order."""
    return vector_hash([saved, *ids])


def remove_contacts(ctx: Context, owner_id: int, user_ids: Collection[int]) -> list[int]:
    """Take people out of an address book; returns those who were in it."""
    present = contact_ids(ctx, owner_id, user_ids) if user_ids else []
    if present:
        ctx.db.execute(sa.delete(contacts).where(contacts.c.owner_id == owner_id, contacts.c.contact_id.in_(present)))
    return present


def save_numbers(ctx: Context, owner_id: int, entries: Mapping[str, tuple[str, str]]) -> None:
    """Keep imported numbers that nobody uses: phone → (first name, last name)."""
    if entries:
        rows = [
            {"owner_id": owner_id, "phone": phone, "first_name": first, "last_name": last, "date": ctx.now}
            for phone, (first, last) in entries.items()
        ]
        upsert(ctx.db, saved_contacts, rows, update=["first_name", "last_name"])


def importers_of(ctx: Context, phones: Collection[str]) -> dict[str, int]:
    """How many accounts keep each of the numbers."""
    if not phones:
        return {}
    rows = ctx.db.rows(
        sa.select(saved_contacts.c.phone, sa.func.count().label("importers"))
        .where(saved_contacts.c.phone.in_(phones))
        .group_by(saved_contacts.c.phone)
    )
    return {row.phone: int(row.importers) for row in rows}


def join_address_books(ctx: Context, user_id: int, phone: str) -> list[int]:
    """Somebody signed up: make him a contact of those who keep his number, tell them, and return them.

    Called by auth.signUp in its transaction; the caller decides who also gets messageActionContactSignUp.
    """
    kept = ctx.db.rows(
        sa.select(saved_contacts.c.owner_id, saved_contacts.c.first_name, saved_contacts.c.last_name)
        .where(saved_contacts.c.phone == phone, saved_contacts.c.owner_id != user_id)
        .limit(SIGN_UP_OWNERS_MAX)
    )
    if not kept:
        return []
    rows = [
        {
            "owner_id": row.owner_id,
            "contact_id": user_id,
            "phone": phone,
            "first_name": row.first_name,
            "last_name": row.last_name,
            "date": ctx.now,
        }
        for row in kept
    ]
    insert_ignore(ctx.db, contacts, rows)
    owner_ids = [row.owner_id for row in kept]
    ctx.db.execute(
        sa.delete(saved_contacts).where(saved_contacts.c.phone == phone, saved_contacts.c.owner_id.in_(owner_ids))
    )
    tell_about_user(ctx, user_id, owner_ids)
    return owner_ids


def tell_about_user(ctx: Context, user_id: int, viewer_ids: Collection[int]) -> None:
    """Push the user as each of the viewers now sees him to those who are online."""
    online = online_users(ctx.cache, viewer_ids, ctx.now)[:SIGN_UP_OWNERS_MAX]
    for viewer_id, user in user_for_viewers(ctx, user_id, online).items() if online else ():
        updates = [api.UpdateUser(user_id=user_id)]
        push_updates(ctx, viewer_id, api.Updates(updates=updates, users=[user], chats=[], date=ctx.now, seq=0))


def announce(
    ctx: Context,
    user_ids: Sequence[int],
    *,
    counterparts: Collection[int] = (),
    more: Sequence[api.TypeUpdate] = (),
) -> api.Updates:
    """The caller's answer after his address book changed; his other sessions are pushed the same.

    ``counterparts``: people for whom the caller became or ceased to be a mutual contact; they are told.
    """
    owner_id = ctx.user_id
    if len(user_ids) > limits.CONTACTS_ANNOUNCED:
        updates: list[Any] = [api.UpdateContactsReset()]
        shown: list[api.TypeUser] = []
    else:
        settings = peer_settings_of(ctx, owner_id, user_ids)
        updates = [
            api.UpdatePeerSettings(peer=api.PeerUser(user_id=user_id), settings=settings[user_id])
            for user_id in user_ids
        ]
        shown = user_objects(ctx, owner_id, user_ids)
    answer = api.Updates(updates=[*updates, *more], users=shown, chats=[], date=ctx.now, seq=0)
    push_updates(ctx, owner_id, answer)
    tell_about_user(ctx, owner_id, [other for other in counterparts if other != owner_id])
    return answer


def peer_settings(ctx: Context, viewer_id: int, user_id: int) -> api.PeerSettings:
    """What the viewer is offered above the chat with a user (https://core.telegram.org/api/action-bar)."""
    return peer_settings_of(ctx, viewer_id, [user_id])[user_id]


def peer_settings_of(ctx: Context, viewer_id: int, user_ids: Collection[int]) -> dict[int, api.PeerSettings]:
    """`peer_settings` for several users, in five statements."""
    result = {user_id: api.PeerSettings() for user_id in user_ids}
    asked = [user_id for user_id in user_ids if user_id not in {viewer_id, SERVICE_USER_ID}]
    if not asked:
        return result
    rows = ctx.db.rows(
        sa.select(users.c.id, users.c.phone, users.c.created_at, users.c.bot).where(
            users.c.id.in_(asked), ~users.c.deleted
        )
    )
    chats = {row.peer_key: row for row in ctx.db.rows(_chats(viewer_id, asked))}
    offered = [row for row in rows if row.id not in chats or not chats[row.id].hidden_peer_settings]
    if not offered:
        return result
    relations = read_relations(ctx, viewer_id, asked)
    blocked = blocked_among(ctx, viewer_id, asked)
    phone_rules = get_rules(ctx, viewer_id, PrivacyKey.PHONE_NUMBER)
    for row in offered:
        chat = chats.get(row.id)
        wrote_first = chat is not None and chat.first_sender_id == row.id
        # Once he is a contact: would he see the number without an exception of his own?
        shares = matches_first(phone_rules, Viewer(row.id, is_contact=True, is_bot=bool(row.bot)))
        result[row.id] = _settings(row, relations, row.id in blocked, wrote_first=wrote_first, shares_phone=shares)
    return result


def _settings(
    row: sa.Row[Any], relations: Relations, blocked: bool, *, wrote_first: bool, shares_phone: bool
) -> api.PeerSettings:
    if row.bot:
        return api.PeerSettings(report_spam=wrote_first and not blocked)
    if row.id in relations.mine:
        return api.PeerSettings(share_contact=row.id not in relations.theirs and not shares_phone)
    unknown = wrote_first and not blocked
    return api.PeerSettings(
        report_spam=unknown,
        add_contact=True,
        block_contact=not blocked,
        need_contacts_exception=not shares_phone,
        registration_month=datetime.fromtimestamp(row.created_at, UTC).strftime("%m.%Y") if unknown else None,
        phone_country=country_of(row.phone or "") if unknown else None,
    )


def _chats(viewer_id: int, user_ids: Collection[int]) -> sa.Select[Any]:
    """For each chat: whether its bar was closed, and who wrote the first message that is left."""
    first_sender = (
        sa.select(boxes.c.sender_id)
        .where(boxes.c.owner_id == dialogs.c.owner_id, boxes.c.peer_key == dialogs.c.peer_key)
        .order_by(boxes.c.message_id)
        .limit(1)
        .scalar_subquery()
    )
    return sa.select(dialogs.c.peer_key, dialogs.c.hidden_peer_settings, first_sender.label("first_sender_id")).where(
        dialogs.c.owner_id == viewer_id, dialogs.c.peer_key.in_(user_ids)
    )
