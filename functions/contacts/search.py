"""Finding people by name, public name, number or token.

https://core.telegram.org/api/search#global-search
"""

from __future__ import annotations

import re
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.chats import peer_objects
from layers.domain.peers import peer_of
from layers.domain.people import find_chats, find_people, username_owner
from layers.domain.phonebook import digits_of
from layers.domain.privacy import PrivacyKey, allowed
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import users
from tl import api

_USERNAME: Final = re.compile(r"[a-z](?:_?[a-z0-9])*", re.IGNORECASE | re.ASCII)


@function(api.contacts.Search, flood=FloodLimit(300, 60))
def search(ctx: Context, request: api.contacts.Search) -> api.contacts.Found:
    """People and chats that the caller knows by their names, and others by their public names."""
    query = request.q[: limits.SEARCH_QUERY_LENGTH].strip().removeprefix("@").strip()
    if not query:
        raise bad_request("SEARCH_QUERY_EMPTY")
    # One ideogram or syllable is a name; one letter of an alphabet is not.
    if len(query) < limits.SEARCH_QUERY_LENGTH_MIN and query.isascii():
        raise bad_request("QUERY_TOO_SHORT")
    limit = min(request.limit if request.limit > 0 else limits.PEOPLE_PER_PAGE, limits.PEOPLE_PER_PAGE)
    mine: list[int] = []
    others: list[int] = []
    if not request.broadcasts or request.bots:
        people = find_people(ctx, ctx.user_id, query, limit, bots_only=request.bots)
        mine, others = people.mine, people.others
    if not request.bots or request.broadcasts:
        found = find_chats(ctx, ctx.user_id, query, limit, broadcasts_only=request.broadcasts)
        mine, others = mine + found.mine, others + found.others
    named = peer_objects(ctx, ctx.user_id, [*mine, *others])
    return api.contacts.Found(
        my_results=[peer_of(key) for key in mine],
        results=[peer_of(key) for key in others],
        chats=named.chats,
        users=named.users,
    )


@function(api.contacts.ResolveUsername, flood=FloodLimit(200, 60))
def resolve_username(ctx: Context, request: api.contacts.ResolveUsername) -> api.contacts.ResolvedPeer:
    """The peer behind a public name."""
    username = request.username.strip().removeprefix("@")
    if len(username) > limits.USERNAME_LENGTH_MAX or not _USERNAME.fullmatch(username):
        raise bad_request("USERNAME_INVALID")
    peer_key = username_owner(ctx, username)
    if peer_key is None:
        raise bad_request("USERNAME_NOT_OCCUPIED")
    return _resolved(ctx, peer_key)


@function(api.contacts.ResolvePhone, flood=FloodLimit(60, 60))
def resolve_phone(ctx: Context, request: api.contacts.ResolvePhone) -> api.contacts.ResolvedPeer:
    """The user with a number, if he lets the caller find him by it."""
    phone = digits_of(request.phone)
    user_id = phone and ctx.db.scalar(sa.select(users.c.id).where(users.c.phone == phone, ~users.c.deleted))
    if not user_id or not allowed(ctx, [user_id], ctx.user_id, PrivacyKey.ADDED_BY_PHONE):
        raise bad_request("PHONE_NOT_OCCUPIED")
    return _resolved(ctx, user_id)


@function(api.contacts.GetSponsoredPeers)
def get_sponsored_peers(ctx: Context, request: api.contacts.GetSponsoredPeers) -> api.contacts.TypeSponsoredPeers:
    """Advertisements in the search: this server has none."""
    if not request.q.strip():
        raise bad_request("SEARCH_QUERY_EMPTY")
    return api.contacts.SponsoredPeersEmpty()


def _resolved(ctx: Context, peer_key: int) -> api.contacts.ResolvedPeer:
    named = peer_objects(ctx, ctx.user_id, [peer_key])
    return api.contacts.ResolvedPeer(peer=peer_of(peer_key), chats=named.chats, users=named.users)
