"""The address book: listing, adding and removing people.

https://core.telegram.org/api/contacts
"""

from __future__ import annotations

from functions.contacts.input import access_contact, clean_name, clean_note
from layers.context import Context
from layers.domain import limits
from layers.domain.contacts import (
    NewContact,
    announce,
    contact_ids,
    contacts_hash,
    mutual_ids,
    peer_settings,
    remove_contacts,
    save_contacts,
    saved_count,
    set_close_friends,
    set_note,
)
from layers.domain.peers import access_user, require_user
from layers.domain.phonebook import digits_of
from layers.domain.privacy import PrivacyKey, add_exception, tl_privacy_key
from layers.domain.users import phone_of, read_relations, user_objects
from layers.errors import bad_request
from layers.push import push_updates
from layers.registry import FloodLimit, function
from tl import api


@function(api.contacts.GetContacts)
def get_contacts(ctx: Context, request: api.contacts.GetContacts) -> api.contacts.TypeContacts:
    """The whole address book, or contactsNotModified when the client's hash is that of it."""
    ids = contact_ids(ctx, ctx.user_id)
    saved = saved_count(ctx, ctx.user_id)
    if request.hash and request.hash == contacts_hash(saved, ids):
        return api.contacts.ContactsNotModified()
    users = user_objects(ctx, ctx.user_id, ids)
    return api.contacts.Contacts(
        contacts=[
            api.Contact(user_id=user.id, mutual=isinstance(user, api.User) and user.mutual_contact) for user in users
        ],
        saved_count=saved,
        users=users,
    )


@function(api.contacts.GetContactIDs, partial="its answer has room for ids below 2^31 only, the others are left out")
def get_contact_ids(ctx: Context, request: api.contacts.GetContactIDs) -> list[int]:
    """Ids of the address book, as far as the declared Vector<int> can hold them."""
    return [user_id for user_id in contact_ids(ctx, ctx.user_id) if user_id < 1 << 31]


@function(api.contacts.GetStatuses)
def get_statuses(ctx: Context, request: api.contacts.GetStatuses) -> list[api.TypeContactStatus]:
    """The last-seen status of every contact that has one."""
    users = user_objects(ctx, ctx.user_id, contact_ids(ctx, ctx.user_id))
    return [
        api.ContactStatus(user_id=user.id, status=user.status)
        for user in users
        if isinstance(user, api.User) and user.status is not None
    ]


@function(api.contacts.AddContact, writes=True, flood=FloodLimit(200, 60))
def add_contact(ctx: Context, request: api.contacts.AddContact) -> api.TypeUpdates:
    """Add a person under a name, or rename a contact."""
    user_id = access_contact(ctx, request.id)
    require_user(ctx, user_id, error="CONTACT_ID_INVALID")
    first_name, last_name = clean_name(request.first_name), clean_name(request.last_name)
    if not first_name and not last_name:
        raise bad_request("CONTACT_NAME_EMPTY")
    if not first_name:
        first_name, last_name = last_name, ""
    relations = read_relations(ctx, ctx.user_id, [user_id])
    if user_id not in relations.mine and len(contact_ids(ctx, ctx.user_id)) >= limits.CONTACTS:
        raise bad_request("USERS_TOO_MUCH")
    # A number counts as known only when it is right: writing any would reveal the real one.
    given = digits_of(request.phone)
    phone = given if given and given == phone_of(ctx, user_id) else ""
    note = None if request.note is None else clean_note(ctx, request.note)
    save_contacts(ctx, ctx.user_id, [NewContact(user_id, first_name, last_name, phone, note)])
    more = _share_phone(ctx, user_id) if request.add_phone_privacy_exception else []
    return announce(ctx, [user_id], counterparts=relations.theirs, more=more)


@function(api.contacts.AcceptContact, writes=True)
def accept_contact(ctx: Context, request: api.contacts.AcceptContact) -> api.TypeUpdates:
    """Share the caller's number with a contact that does not see it yet (the "share my phone number" bar)."""
    user_id = access_contact(ctx, request.id)
    require_user(ctx, user_id, error="CONTACT_ID_INVALID")
    if not contact_ids(ctx, ctx.user_id, [user_id]):
        raise bad_request("CONTACT_ADD_MISSING")
    if not peer_settings(ctx, ctx.user_id, user_id).share_contact:
        raise bad_request("CONTACT_REQ_MISSING")
    more = _share_phone(ctx, user_id)
    update = api.UpdateUserPhone(user_id=ctx.user_id, phone=phone_of(ctx, ctx.user_id) or "")
    push_updates(ctx, user_id, api.UpdateShort(update=update, date=ctx.now))
    return announce(ctx, [user_id], more=more)


@function(api.contacts.DeleteContacts, writes=True)
def delete_contacts(ctx: Context, request: api.contacts.DeleteContacts) -> api.TypeUpdates:
    """Take people out of the address book; who is not in it is passed over."""
    if len(request.id) > limits.CONTACTS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    user_ids = list(dict.fromkeys(access_user(ctx, user, error="CONTACT_ID_INVALID") for user in request.id))
    removed = remove_contacts(ctx, ctx.user_id, user_ids)
    return announce(ctx, user_ids, counterparts=mutual_ids(ctx, ctx.user_id, removed))


@function(api.contacts.UpdateContactNote, writes=True)
def update_contact_note(ctx: Context, request: api.contacts.UpdateContactNote) -> bool:
    """Attach a private note to a contact; an empty one removes it."""
    user_id = access_contact(ctx, request.id)
    if not set_note(ctx, ctx.user_id, user_id, clean_note(ctx, request.note)):
        raise bad_request("CONTACT_MISSING")
    _tell_own_sessions(ctx, [user_id])
    return True


@function(api.contacts.EditCloseFriends, writes=True)
def edit_close_friends(ctx: Context, request: api.contacts.EditCloseFriends) -> bool:
    """Make the close friends exactly these contacts; ids that are none are passed over."""
    if len(request.id) > limits.CONTACTS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    changed = set_close_friends(ctx, ctx.user_id, set(request.id))
    _tell_own_sessions(ctx, changed[: limits.CONTACTS_ANNOUNCED])
    return True


def _tell_own_sessions(ctx: Context, user_ids: list[int]) -> None:
    if not user_ids:
        return
    updates = [api.UpdateUser(user_id=user_id) for user_id in user_ids]
    users = user_objects(ctx, ctx.user_id, user_ids)
    push_updates(ctx, ctx.user_id, api.Updates(updates=updates, users=users, chats=[], date=ctx.now, seq=0))


def _share_phone(ctx: Context, user_id: int) -> list[api.TypeUpdate]:
    """Let one person see the caller's number whatever the other rules say."""
    rules = add_exception(ctx, ctx.user_id, PrivacyKey.PHONE_NUMBER, user_id)
    if rules is None:
        return []
    return [api.UpdatePrivacy(key=tl_privacy_key(PrivacyKey.PHONE_NUMBER), rules=rules)]
