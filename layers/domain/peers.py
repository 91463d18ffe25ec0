"""Peers and the gates to them.

https://core.telegram.org/api/peers. Inside, a peer is one signed integer, its *key*: a user by its id, a basic group by
its negated id, a channel by ``-(10**12 + id)``. Whoever takes an InputPeer or InputUser from a client passes it through
a gate here, which checks access_hash and existence; no handler reads a peer without one.
"""

from __future__ import annotations

import hmac
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.errors import RpcError, bad_request
from layers.schema import users
from tl import api

_CHANNEL_OFFSET: Final = 10**12
SERVICE_USER_ID: Final = 777000
"""The account that sends login codes and service notifications."""


def peer_key(peer: api.TypePeer) -> int:
    """The key of a Peer."""
    if isinstance(peer, api.PeerUser):
        return peer.user_id
    if isinstance(peer, api.PeerChat):
        return -peer.chat_id
    return -(_CHANNEL_OFFSET + peer.channel_id)


def peer_of(key: int) -> api.TypePeer:
    """The Peer of a key."""
    if key > 0:
        return api.PeerUser(user_id=key)
    if key > -_CHANNEL_OFFSET:
        return api.PeerChat(chat_id=-key)
    return api.PeerChannel(channel_id=-key - _CHANNEL_OFFSET)


def chat_key(chat_id: int) -> int:
    """The key of a basic group."""
    return -chat_id


def chat_keys(chat_id: int) -> tuple[int, int]:
    """The keys of the basic group and of the channel with this id, where either may be meant."""
    return -chat_id, -(_CHANNEL_OFFSET + chat_id)


def is_channel(key: int) -> bool:
    """True for the key of a supergroup or broadcast channel."""
    return key < -_CHANNEL_OFFSET


def bare_id(key: int) -> int:
    """The id inside the Peer of a key, as pagination hashes count it."""
    if key > -_CHANNEL_OFFSET:
        return abs(key)
    return -key - _CHANNEL_OFFSET


def is_user(key: int) -> bool:
    """True for the key of a user."""
    return key > 0


def user_access_hash(ctx: Context, viewer_id: int, user_id: int) -> int:
    """The access_hash under which ``viewer_id`` may name the user."""
    return ctx.keys.access_hash("user", viewer_id, user_id)


def access_user(ctx: Context, user: api.TypeInputUser | api.TypeInputPeer, *, error: str = "USER_ID_INVALID") -> int:
    """Gate: the id of the user a client names; ``error`` (400) when the name is no good.

    inputUserFromMessage and inputPeerUserFromMessage are accepted when the caller's box holds that message.
    """
    match user:
        case api.InputUserSelf() | api.InputPeerSelf():
            return ctx.user_id
        case api.InputUser() | api.InputPeerUser():
            user_id = user.user_id
            if user_id == ctx.user_id:
                return user_id
            expected = user_access_hash(ctx, ctx.user_id, user_id)
            if not _same(expected, user.access_hash) and not (user.access_hash == 0 and ctx.origin.is_bot):
                raise bad_request(error)
            return user_id
        case api.InputUserFromMessage() | api.InputPeerUserFromMessage():
            from layers.domain.messages import message_mentions  # the box module uses peers

            owner_peer = access_peer(ctx, user.peer)
            if not message_mentions(ctx, ctx.user_id, owner_peer, user.msg_id, user.user_id):
                raise bad_request(error)
            return user.user_id
        case _:
            raise bad_request(error)


def access_peer(ctx: Context, peer: api.TypeInputPeer) -> int:
    """Gate: the key of the peer a client names, which he may read.

    A basic group that he left stays open to him: his box holds what he saw there.

    Raises:
        RpcError: 400 PEER_ID_INVALID, CHAT_ID_INVALID, CHANNEL_INVALID, CHANNEL_PRIVATE.
    """
    match peer:
        case api.InputPeerSelf() | api.InputPeerUser() | api.InputPeerUserFromMessage():
            return access_user(ctx, peer, error="PEER_ID_INVALID")
        case api.InputPeerChat() | api.InputPeerChannel() | api.InputPeerChannelFromMessage():
            from layers.domain.chat_access import access_chat_peer  # the chats' module uses peers

            return access_chat_peer(ctx, peer)
        case _:
            raise bad_request("PEER_ID_INVALID")


def require_user(ctx: Context, user_id: int, *, error: str = "USER_ID_INVALID") -> sa.Row[tuple[int, str]]:
    """The row (id, first_name, deleted, bot) of a user that must exist and not be deleted; 400 otherwise."""
    row = ctx.db.first(
        sa.select(users.c.id, users.c.first_name, users.c.deleted, users.c.bot).where(users.c.id == user_id)
    )
    if row is None:
        raise bad_request(error)
    if row.deleted:
        raise RpcError(400, "INPUT_USER_DEACTIVATED")
    return row


def _same(expected: int, given: int) -> bool:
    return hmac.compare_digest(expected.to_bytes(8, "little", signed=True), given.to_bytes(8, "little", signed=True))
