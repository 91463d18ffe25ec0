"""The gates to groups and channels: existence, access_hash, membership, bans and rights.

https://core.telegram.org/api/channel, https://core.telegram.org/api/rights. Whoever takes an InputChannel, a chat id or
an InputPeer of a chat from a client passes it through a gate here.
"""

from __future__ import annotations

import hmac
from typing import Any, Final

from layers.context import Context
from layers.domain.chat_rights import MEMBERS_MAY, AdminRight
from layers.domain.chats import ChatFlag, ChatKind, Membership, channel_access_hash, is_readable, membership
from layers.domain.peers import chat_key, peer_key
from layers.errors import bad_request, forbidden
from tl import api

CHAT_ID_MAX: Final = 10**12 - 1


def access_chat(
    ctx: Context,
    chat: int | api.TypeInputPeer,
    *,
    right: AdminRight | None = None,
    former: bool = False,
    lock: bool = False,
) -> Membership:
    """Gate: the basic group a client names, with what the caller is in it.

    ``right``: what he must be allowed to do there. ``former`` also lets in who left or was removed. ``lock`` as for
    `layers.domain.chats.membership`.

    Raises:
        RpcError: 400 CHAT_ID_INVALID for a group he never was in, 403 CHAT_WRITE_FORBIDDEN for one he is no longer in,
            400 CHAT_ADMIN_REQUIRED without the right.
    """
    if isinstance(chat, api.InputPeerChat):
        chat = chat.chat_id
    if not isinstance(chat, int):
        raise bad_request("PEER_ID_INVALID")
    member = membership(ctx, ctx.user_id, chat_key(chat), lock=lock) if 0 < chat <= CHAT_ID_MAX else None
    if member is None or not member.is_known or member.is_channel:
        raise bad_request("CHAT_ID_INVALID")
    if not former and not member.is_member:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    if right is not None:
        require_right(member, right)
    return member


def access_channel(
    ctx: Context,
    channel: api.TypeInputChannel | api.TypeInputPeer,
    *,
    right: AdminRight | None = None,
    member_only: bool = False,
    lock: bool = False,
) -> Membership:
    """Gate: the supergroup or channel a client names, which the caller may read, with what he is in it.

    ``right`` as for `access_chat`; ``member_only``: he must have joined.

    Raises:
        RpcError: 400 CHANNEL_INVALID for a wrong id or access_hash, CHANNEL_PRIVATE for one he may not read,
            USER_NOT_PARTICIPANT, CHAT_ADMIN_REQUIRED.
    """
    key = named_channel(ctx, channel)
    found = membership(ctx, ctx.user_id, key, lock=lock)
    if found is None or not found.is_channel:
        raise bad_request("CHANNEL_INVALID")
    if not is_readable(found):
        raise bad_request("CHANNEL_PRIVATE")
    if member_only and not found.is_member:
        raise bad_request("USER_NOT_PARTICIPANT")
    if right is not None:
        require_right(found, right)
    return found


def channel_membership(ctx: Context, key: int) -> Membership:
    """What the caller is in a channel to which a gate has let him; 400 CHANNEL_INVALID when it is no more."""
    found = membership(ctx, ctx.user_id, key)
    if found is None:
        raise bad_request("CHANNEL_INVALID")
    return found


def access_any_chat(
    ctx: Context, peer: api.TypeInputPeer, *, right: AdminRight | None = None, lock: bool = False
) -> Membership:
    """Gate: the group or channel behind an InputPeer, of which the caller must be a member.

    Raises:
        RpcError: PEER_ID_INVALID for users; as `access_chat` and `access_channel`.
    """
    match peer:
        case api.InputPeerChat():
            return access_chat(ctx, peer, right=right, lock=lock)
        case api.InputPeerChannel() | api.InputPeerChannelFromMessage():
            return access_channel(ctx, peer, right=right, member_only=True, lock=lock)
        case _:
            raise bad_request("PEER_ID_INVALID")


def require_right(member: Membership, right: AdminRight) -> None:
    """The member must hold the right, as an administrator or, where members have it too, unrestricted.

    Raises:
        RpcError: 400 CHAT_ADMIN_REQUIRED.
    """
    if not has_right(member, right):
        raise bad_request("CHAT_ADMIN_REQUIRED")


def has_right(member: Membership, right: AdminRight) -> bool:
    """Whether `require_right` would let him."""
    if not member.is_member:
        return False
    if member.is_admin and member.admin_rights & right == right:
        return True
    if member.kind is ChatKind.BROADCAST:
        return False
    restriction = MEMBERS_MAY.get(right)
    return restriction is not None and not member.restrictions & restriction


def access_chat_peer(ctx: Context, peer: Any) -> int:
    """The part of `layers.domain.peers.access_peer` for chats: the key of one that the caller may read."""
    if isinstance(peer, api.InputPeerChat):
        return access_chat(ctx, peer, former=True).key
    return access_channel(ctx, peer).key


def is_deactivated(member: Membership) -> bool:
    """The chat was deleted, or became a supergroup."""
    return bool(member.flags & ChatFlag.DEACTIVATED)


def named_channel(ctx: Context, channel: Any) -> int:
    """The key of the channel a client names, whether it exists and may be read or not; 400 CHANNEL_INVALID."""
    match channel:
        case api.InputChannel() | api.InputPeerChannel():
            key = _key_of(channel.channel_id)
            expected = channel_access_hash(ctx, ctx.user_id, key)
            if not _same(expected, channel.access_hash) and not (channel.access_hash == 0 and ctx.origin.is_bot):
                raise bad_request("CHANNEL_INVALID")
            return key
        case api.InputChannelFromMessage() | api.InputPeerChannelFromMessage():
            from layers.domain.messages import message_mentions  # the box module uses peers
            from layers.domain.peers import access_peer

            key = _key_of(channel.channel_id)
            if not message_mentions(ctx, ctx.user_id, access_peer(ctx, channel.peer), channel.msg_id, key):
                raise bad_request("CHANNEL_INVALID")
            return key
        case _:
            raise bad_request("CHANNEL_INVALID")


def _key_of(channel_id: int) -> int:
    if not 0 < channel_id <= CHAT_ID_MAX:
        raise bad_request("CHANNEL_INVALID")
    return peer_key(api.PeerChannel(channel_id=channel_id))


def _same(expected: int, given: int) -> bool:
    return hmac.compare_digest(expected.to_bytes(8, "little", signed=True), given.to_bytes(8, "little", signed=True))
