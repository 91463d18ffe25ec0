"""Privacy rules as a client sets them, and telling the user's other devices.

https://core.telegram.org/api/privacy. Storage and evaluation are in `layers.domain.privacy`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.chats import peer_objects
from layers.domain.peers import access_user, chat_keys
from layers.domain.privacy import PrivacyKey, get_rules, named_chats, set_rules, tl_privacy_key
from layers.errors import bad_request
from layers.push import push_updates
from layers.schema import chats
from tl import api

_PLAIN: Final[dict[type[Any], type[Any]]] = {
    api.InputPrivacyValueAllowContacts: api.PrivacyValueAllowContacts,
    api.InputPrivacyValueAllowAll: api.PrivacyValueAllowAll,
    api.InputPrivacyValueDisallowContacts: api.PrivacyValueDisallowContacts,
    api.InputPrivacyValueDisallowAll: api.PrivacyValueDisallowAll,
    api.InputPrivacyValueAllowCloseFriends: api.PrivacyValueAllowCloseFriends,
    api.InputPrivacyValueAllowPremium: api.PrivacyValueAllowPremium,
    api.InputPrivacyValueAllowBots: api.PrivacyValueAllowBots,
    api.InputPrivacyValueDisallowBots: api.PrivacyValueDisallowBots,
}
_WITH_USERS: Final[dict[type[Any], type[Any]]] = {
    api.InputPrivacyValueAllowUsers: api.PrivacyValueAllowUsers,
    api.InputPrivacyValueDisallowUsers: api.PrivacyValueDisallowUsers,
}
_WITH_CHATS: Final[dict[type[Any], type[Any]]] = {
    api.InputPrivacyValueAllowChatParticipants: api.PrivacyValueAllowChatParticipants,
    api.InputPrivacyValueDisallowChatParticipants: api.PrivacyValueDisallowChatParticipants,
}


def read(ctx: Context, key: PrivacyKey) -> api.account.PrivacyRules:
    """The caller's rules with the users and chats they name."""
    return _answer(ctx, get_rules(ctx, ctx.user_id, key))


def change(ctx: Context, key: PrivacyKey, rules: Sequence[api.TypeInputPrivacyRule]) -> api.account.PrivacyRules:
    """Replace the caller's rules of a key.

    Raises:
        RpcError: PRIVACY_TOO_LONG for too many rules or people, PRIVACY_VALUE_INVALID for a rule that repeats another
            kind, names chats the caller is not in, or people he may not name.
    """
    if len(rules) > limits.PRIVACY_RULES:
        raise bad_request("PRIVACY_TOO_LONG")
    kinds = [type(rule) for rule in rules]
    if len(set(kinds)) != len(kinds):
        raise bad_request("PRIVACY_VALUE_INVALID")
    people = sum(
        len(rule.users)
        for rule in rules
        if isinstance(rule, api.InputPrivacyValueAllowUsers | api.InputPrivacyValueDisallowUsers)
    )
    if people > limits.PRIVACY_RULE_PEERS:
        raise bad_request("PRIVACY_TOO_LONG")
    stored = set_rules(ctx, ctx.user_id, key, [_stored_form(ctx, rule) for rule in rules])
    answer = _answer(ctx, stored)
    update = api.UpdatePrivacy(key=tl_privacy_key(key), rules=stored)
    container = api.Updates(updates=[update], users=answer.users, chats=answer.chats, date=ctx.now, seq=0)
    push_updates(ctx, ctx.user_id, container)
    return answer


def _stored_form(ctx: Context, rule: api.TypeInputPrivacyRule) -> Any:
    plain = _PLAIN.get(type(rule))
    if plain is not None:
        return plain()
    named: Any = rule
    with_chats = _WITH_CHATS.get(type(rule))
    if with_chats is not None:
        return with_chats(chats=_own_chats(ctx, named.chats))
    with_users = _WITH_USERS.get(type(rule))
    if with_users is None:
        raise bad_request("PRIVACY_VALUE_INVALID")
    user_ids = dict.fromkeys(access_user(ctx, user, error="PRIVACY_VALUE_INVALID") for user in named.users)
    return with_users(users=[user_id for user_id in user_ids if user_id != ctx.user_id])


def _own_chats(ctx: Context, chat_ids: Sequence[int]) -> list[int]:
    """Ids of chats that the caller is in; 400 PRIVACY_VALUE_INVALID for others."""
    wanted = list(dict.fromkeys(chat_ids))
    if len(wanted) > limits.PRIVACY_RULE_PEERS:
        raise bad_request("PRIVACY_TOO_LONG")
    rules = [[api.PrivacyValueAllowChatParticipants(chats=wanted)]]
    if not named_chats(ctx, rules, [ctx.user_id]).get(ctx.user_id, frozenset()).issuperset(wanted):
        raise bad_request("PRIVACY_VALUE_INVALID")
    return wanted


def _chat_keys(ctx: Context, rules: Sequence[api.TypePrivacyRule]) -> list[int]:
    """Keys of the chats that the caller's rules name; an id may be that of a group or of a channel."""
    naming = (api.PrivacyValueAllowChatParticipants, api.PrivacyValueDisallowChatParticipants)
    candidates = [key for rule in rules if isinstance(rule, naming) for id_ in rule.chats for key in chat_keys(id_)]
    if not candidates:
        return []
    statement = sa.select(chats.c.peer_key).where(chats.c.peer_key.in_(candidates))
    return sorted(ctx.db.scalars(statement), reverse=True)


def _answer(ctx: Context, rules: list[api.TypePrivacyRule]) -> api.account.PrivacyRules:
    named = [
        user_id
        for rule in rules
        if isinstance(rule, api.PrivacyValueAllowUsers | api.PrivacyValueDisallowUsers)
        for user_id in rule.users
    ]
    shown = peer_objects(ctx, ctx.user_id, [*named, *_chat_keys(ctx, rules)])
    return api.account.PrivacyRules(rules=rules, users=shown.users, chats=shown.chats)
