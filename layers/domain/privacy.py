"""Privacy rules: who may see or do what with an account.

https://core.telegram.org/api/privacy. Each key holds an ordered list of rules; the first that matches the other person
decides, and who matches none is refused. Only lists that differ from the default are stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain.peers import bare_id, chat_keys
from layers.errors import bad_request
from layers.schema import chat_members, contacts, privacy_rules, users
from layers.schema.chats import PRESENT_STATUSES
from tl import TLObject, api


class PrivacyKey(StrEnum):
    """The keys, named as TL's privacyKey… constructors; the value is what is stored."""

    STATUS_TIMESTAMP = "status_timestamp"
    CHAT_INVITE = "chat_invite"
    PHONE_CALL = "phone_call"
    PHONE_P2P = "phone_p2p"
    FORWARDS = "forwards"
    PROFILE_PHOTO = "profile_photo"
    PHONE_NUMBER = "phone_number"
    ADDED_BY_PHONE = "added_by_phone"
    VOICE_MESSAGES = "voice_messages"
    ABOUT = "about"
    BIRTHDAY = "birthday"
    STAR_GIFTS_AUTO_SAVE = "star_gifts_auto_save"
    NO_PAID_MESSAGES = "no_paid_messages"
    SAVED_MUSIC = "saved_music"

    @property
    def tl_suffix(self) -> str:
        """'StatusTimestamp': what follows ``PrivacyKey`` and ``InputPrivacyKey`` in class names."""
        return "PhoneP2P" if self is PrivacyKey.PHONE_P2P else self.value.title().replace("_", "")


_CONTACTS_BY_DEFAULT: Final = frozenset(
    {PrivacyKey.PHONE_NUMBER, PrivacyKey.PHONE_P2P, PrivacyKey.BIRTHDAY, PrivacyKey.NO_PAID_MESSAGES}
)

Rules = Sequence[api.TypePrivacyRule]


@dataclass(frozen=True, slots=True)
class Viewer:
    """What the rules ask about the other person, as the owner of the rules sees him."""

    user_id: int
    is_contact: bool = False
    is_close_friend: bool = False
    is_bot: bool = False
    is_premium: bool = False
    chat_ids: frozenset[int] = frozenset()
    """Chats that the rules name and that he is in."""


def default_rules(key: PrivacyKey) -> list[api.TypePrivacyRule]:
    """The rules of an account that never changed them."""
    if key in _CONTACTS_BY_DEFAULT:
        return [api.PrivacyValueAllowContacts(), api.PrivacyValueDisallowAll()]
    return [api.PrivacyValueAllowAll()]


def privacy_key(key: api.TypeInputPrivacyKey) -> PrivacyKey:
    """The key a client names; 400 PRIVACY_KEY_INVALID for one this server does not know."""
    suffix = type(key).__name__.removeprefix("InputPrivacyKey")
    for known in PrivacyKey:
        if known.tl_suffix == suffix:
            return known
    raise bad_request("PRIVACY_KEY_INVALID")


def tl_privacy_key(key: PrivacyKey) -> api.TypePrivacyKey:
    """The PrivacyKey that updatePrivacy carries."""
    return cast("api.TypePrivacyKey", getattr(api, "PrivacyKey" + key.tl_suffix)())


def matches_first(rules: Rules, viewer: Viewer) -> bool:
    """Evaluate the rules in order: the first that matches decides, no match refuses."""
    for rule in rules:
        verdict = _verdict(rule, viewer)
        if verdict is not None:
            return verdict
    return False


def _verdict(rule: api.TypePrivacyRule, viewer: Viewer) -> bool | None:  # one line a rule
    match rule:
        case api.PrivacyValueAllowAll():
            return True
        case api.PrivacyValueDisallowAll():
            return False
        case api.PrivacyValueAllowUsers():
            return True if viewer.user_id in rule.users else None
        case api.PrivacyValueDisallowUsers():
            return False if viewer.user_id in rule.users else None
        case api.PrivacyValueAllowContacts():
            return True if viewer.is_contact else None
        case api.PrivacyValueDisallowContacts():
            return False if viewer.is_contact else None
        case api.PrivacyValueAllowCloseFriends():
            return True if viewer.is_close_friend else None
        case api.PrivacyValueAllowPremium():
            return True if viewer.is_premium else None
        case api.PrivacyValueAllowBots():
            return True if viewer.is_bot else None
        case api.PrivacyValueDisallowBots():
            return False if viewer.is_bot else None
        case api.PrivacyValueAllowChatParticipants():
            return True if viewer.chat_ids.intersection(rule.chats) else None
        case api.PrivacyValueDisallowChatParticipants():
            return False if viewer.chat_ids.intersection(rule.chats) else None


def decode_rules(stored: bytes) -> list[api.TypePrivacyRule]:
    """The rules of a stored row."""
    return list(cast("api.account.PrivacyRules", tl.decode(stored)).rules)


def read_rules(
    ctx: Context, owner_ids: Collection[int], keys: Iterable[PrivacyKey]
) -> dict[tuple[int, PrivacyKey], list[api.TypePrivacyRule]]:
    """Stored rules by (owner, key); what is missing has the default. One statement, none without owners."""
    if not owner_ids:
        return {}
    rows = ctx.db.rows(_RULES, {"owners": list(owner_ids), "keys": [key.value for key in keys]})
    return {(row.user_id, PrivacyKey(row.key)): decode_rules(row.rules) for row in rows}


def get_rules(ctx: Context, owner_id: int, key: PrivacyKey) -> list[api.TypePrivacyRule]:
    """The rules of one key: the stored or the default ones."""
    return read_rules(ctx, [owner_id], [key]).get((owner_id, key)) or default_rules(key)


def set_rules(ctx: Context, owner_id: int, key: PrivacyKey, rules: Rules) -> list[api.TypePrivacyRule]:
    """Store the rules and return them as stored: they end with one that matches everybody."""
    stored = list(rules)
    if not any(isinstance(rule, api.PrivacyValueAllowAll | api.PrivacyValueDisallowAll) for rule in stored):
        stored.append(api.PrivacyValueDisallowAll())
    payload = tl.encode(api.account.PrivacyRules(rules=stored, chats=[], users=[]))
    row = {"user_id": owner_id, "key": key.value, "rules": payload}
    upsert(ctx.db, privacy_rules, row, update=["rules"])
    return stored


def add_exception(ctx: Context, owner_id: int, key: PrivacyKey, user_id: int) -> list[api.TypePrivacyRule] | None:
    """Allow one more user by name; None when the rules already did."""
    # Two devices may each add somebody: the second reads what the first wrote.
    ctx.db.execute(sa.select(users.c.id).where(users.c.id == owner_id).with_for_update())
    rules = get_rules(ctx, owner_id, key)
    if any(isinstance(rule, api.PrivacyValueAllowUsers) and user_id in rule.users for rule in rules):
        return None
    allowed_users = [user_id]
    kept: list[api.TypePrivacyRule] = []
    for rule in rules:
        if isinstance(rule, api.PrivacyValueAllowUsers):
            allowed_users[:0] = rule.users
        elif isinstance(rule, api.PrivacyValueDisallowUsers):
            others = [other for other in rule.users if other != user_id]
            kept += [api.PrivacyValueDisallowUsers(users=others)] if others else []
        else:
            kept.append(rule)
    return set_rules(ctx, owner_id, key, [api.PrivacyValueAllowUsers(users=allowed_users), *kept])


def allowed(ctx: Context, owner_ids: Collection[int], viewer_id: int, key: PrivacyKey) -> set[int]:
    """Those of the owners whose rules allow the viewer; at most four statements whatever the number of owners."""
    others = [owner_id for owner_id in owner_ids if owner_id != viewer_id]
    stored = read_rules(ctx, others, [key])
    rules: dict[int, Rules] = {owner: stored.get((owner, key)) or default_rules(key) for owner in others}
    entries = _book_entries(ctx, others, [viewer_id]) if _ask_address_book(rules.values()) else {}
    is_bot = bool(bots_among(ctx, [viewer_id])) if _ask_bots(rules.values()) else False
    chat_ids = named_chats(ctx, rules.values(), [viewer_id]).get(viewer_id, frozenset())
    result = {owner_id for owner_id in owner_ids if owner_id == viewer_id}
    for owner_id in others:
        entry = entries.get((owner_id, viewer_id))
        viewer = Viewer(viewer_id, entry is not None, bool(entry), is_bot, chat_ids=chat_ids)
        if matches_first(rules[owner_id], viewer):
            result.add(owner_id)
    return result


def allowed_keys(ctx: Context, owner_id: int, viewer_id: int, keys: Collection[PrivacyKey]) -> set[PrivacyKey]:
    """Those of the keys under which one owner's rules allow the viewer; at most four statements."""
    if owner_id == viewer_id:
        return set(keys)
    stored = read_rules(ctx, [owner_id], keys)
    rules: dict[PrivacyKey, Rules] = {key: stored.get((owner_id, key)) or default_rules(key) for key in keys}
    entries = _book_entries(ctx, [owner_id], [viewer_id]) if _ask_address_book(rules.values()) else {}
    entry = entries.get((owner_id, viewer_id))
    is_bot = bool(bots_among(ctx, [viewer_id])) if _ask_bots(rules.values()) else False
    chat_ids = named_chats(ctx, rules.values(), [viewer_id]).get(viewer_id, frozenset())
    viewer = Viewer(viewer_id, entry is not None, bool(entry), is_bot, chat_ids=chat_ids)
    return {key for key in keys if matches_first(rules[key], viewer)}


def allowed_viewers(ctx: Context, owner_id: int, viewer_ids: Collection[int], key: PrivacyKey) -> set[int]:
    """Those of the viewers whom one owner's rules allow; at most four statements."""
    if not viewer_ids:
        return set()
    rules = get_rules(ctx, owner_id, key)
    entries = _book_entries(ctx, [owner_id], viewer_ids) if _ask_address_book([rules]) else {}
    bots = bots_among(ctx, viewer_ids) if _ask_bots([rules]) else set()
    chats = named_chats(ctx, [rules], viewer_ids)
    result = set()
    for viewer_id in viewer_ids:
        entry = entries.get((owner_id, viewer_id))
        chat_ids = chats.get(viewer_id, frozenset())
        viewer = Viewer(viewer_id, entry is not None, bool(entry), viewer_id in bots, chat_ids=chat_ids)
        if viewer_id == owner_id or matches_first(rules, viewer):
            result.add(viewer_id)
    return result


def bots_among(ctx: Context, user_ids: Collection[int]) -> set[int]:
    """Those of the users that are bots; one statement, none without users."""
    return set(ctx.db.scalars(_BOTS, {"ids": list(user_ids)})) if user_ids else set()


def named_chats(ctx: Context, lists: Iterable[Rules], viewer_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each viewer the chats named in the rules that he is in; one statement, none where no rule names a chat."""
    naming = (api.PrivacyValueAllowChatParticipants, api.PrivacyValueDisallowChatParticipants)
    named = {chat_id for rules in lists for rule in rules if isinstance(rule, naming) for chat_id in rule.chats}
    if not named or not viewer_ids:
        return {}
    keys = [key for chat_id in named for key in chat_keys(chat_id)]
    found: dict[int, set[int]] = {}
    for row in ctx.db.rows(_PARTICIPANTS, {"keys": keys, "viewers": list(viewer_ids)}):
        found.setdefault(row.user_id, set()).add(bare_id(row.peer_key))
    return {viewer_id: frozenset(chat_ids) for viewer_id, chat_ids in found.items()}


_PARTICIPANTS: Final = sa.select(chat_members.c.user_id, chat_members.c.peer_key).where(
    chat_members.c.peer_key.in_(sa.bindparam("keys", expanding=True)),
    chat_members.c.user_id.in_(sa.bindparam("viewers", expanding=True)),
    chat_members.c.status.in_(PRESENT_STATUSES),
)

_RULES: Final = sa.select(privacy_rules).where(
    privacy_rules.c.user_id.in_(sa.bindparam("owners", expanding=True)),
    privacy_rules.c.key.in_(sa.bindparam("keys", expanding=True)),
)

_BOOK: Final = sa.select(contacts.c.owner_id, contacts.c.contact_id, contacts.c.close_friend).where(
    contacts.c.owner_id.in_(sa.bindparam("owners", expanding=True)),
    contacts.c.contact_id.in_(sa.bindparam("viewers", expanding=True)),
)

_BOTS: Final = sa.select(users.c.id).where(users.c.id.in_(sa.bindparam("ids", expanding=True)), users.c.bot)


def _book_entries(
    ctx: Context, owner_ids: Collection[int], viewer_ids: Collection[int]
) -> Mapping[tuple[int, int], bool]:
    """(owner, viewer) → is a close friend, for viewers in the owners' address books."""
    rows = ctx.db.rows(_BOOK, {"owners": list(owner_ids), "viewers": list(viewer_ids)})
    return {(row.owner_id, row.contact_id): bool(row.close_friend) for row in rows}


def _ask_address_book(lists: Iterable[Rules]) -> bool:
    asking: Any = (
        api.PrivacyValueAllowContacts,
        api.PrivacyValueDisallowContacts,
        api.PrivacyValueAllowCloseFriends,
    )
    return _any_is(lists, asking)


def _ask_bots(lists: Iterable[Rules]) -> bool:
    return _any_is(lists, (api.PrivacyValueAllowBots, api.PrivacyValueDisallowBots))


def _any_is(lists: Iterable[Rules], kinds: tuple[type[TLObject], ...]) -> bool:
    return any(isinstance(rule, kinds) for rules in lists for rule in rules)
