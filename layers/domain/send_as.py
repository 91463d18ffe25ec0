"""As whom somebody writes in a supergroup: https://core.telegram.org/api/channel#sending-messages-as-another-peer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatKind, Membership, MemberStatus
from layers.domain.members import member_rows
from layers.domain.peers import access_peer, peer_of
from layers.errors import bad_request
from layers.schema import channel_settings, chats
from tl import api


def possible_senders(ctx: Context, member: Membership) -> list[int]:
    """Keys of the peers as whom the caller may write: himself, the group if he is anonymous, his public channels.

    Own channels speak in public groups and in discussion groups; an anonymous administrator always as the group.
    """
    if member.kind is ChatKind.BROADCAST:
        return [member.key]
    own = [member.key] if member.admin_rights & AdminRight.ANONYMOUS else [ctx.user_id]
    if member.row.username is None and member.row.linked_chat_key is None:
        return own
    mine = own_public_channels(ctx)
    linked = member.row.linked_chat_key
    if linked is not None and linked not in mine:
        creator = ctx.db.scalar(sa.select(chats.c.creator_id).where(chats.c.peer_key == linked))
        if creator == ctx.user_id:
            own.append(linked)
    banned = _banned_among(ctx, member.key, mine)
    return own + [key for key in mine if key not in banned]


def _banned_among(ctx: Context, group_key: int, channel_keys: Sequence[int]) -> set[int]:
    """Those of the channels as which nobody may write in a group."""
    if not channel_keys:
        return set()
    rows = member_rows(ctx, group_key, channel_keys).values()
    return {
        row.user_id for row in rows if row.status == MemberStatus.BANNED and not 0 < (row.until_date or 0) <= ctx.now
    }


def own_public_channels(ctx: Context) -> Sequence[int]:
    """Keys of the broadcast channels that speak for the caller."""
    return ctx.db.scalars(
        sa.select(chats.c.peer_key)
        .where(
            chats.c.creator_id == ctx.user_id,
            chats.c.kind == int(ChatKind.BROADCAST),
            chats.c.username.is_not(None),
        )
        .order_by(chats.c.peer_key)
        .limit(20)
    )


def default_send_as(ctx: Context, member: Membership, settings: Any) -> api.TypePeer | None:
    """The peer as whom the caller's next message goes out; None where there is no choice."""
    if member.kind is ChatKind.BROADCAST or not member.is_member:
        return None
    chosen = settings.send_as if settings is not None else 0
    if chosen:
        return peer_of(chosen)
    return peer_of(member.key) if member.admin_rights & AdminRight.ANONYMOUS else peer_of(ctx.user_id)


def named_sender(ctx: Context, recipient: Any, peer: api.TypeInputPeer | None) -> int | None:
    """Gate: the peer as whom a request sends to a channel; elsewhere only oneself (400 SEND_AS_PEER_INVALID)."""
    if recipient.member is None or not recipient.member.is_channel:
        if peer is not None and not isinstance(peer, api.InputPeerSelf):
            raise bad_request("SEND_AS_PEER_INVALID")
        return None
    return resolve_send_as(ctx, recipient.member, None if peer is None else access_peer(ctx, peer))


def resolve_send_as(ctx: Context, member: Membership, key: int | None) -> int | None:
    """The peer as whom a message goes out: the one that was named, else the saved one; None = the account itself.

    Raises:
        RpcError: 400 SEND_AS_PEER_INVALID.
    """
    if member.kind is ChatKind.BROADCAST:
        if key not in {None, member.key, ctx.user_id}:
            raise bad_request("SEND_AS_PEER_INVALID")
        return None
    if key is None and member.row.username is None and member.row.linked_chat_key is None:
        return None  # there is nobody else to write as
    if key is None:
        key = ctx.db.scalar(
            sa.select(channel_settings.c.send_as).where(
                channel_settings.c.owner_id == ctx.user_id, channel_settings.c.peer_key == member.key
            )
        )
        if not key or key not in possible_senders(ctx, member):
            return None
    elif key not in possible_senders(ctx, member):
        raise bad_request("SEND_AS_PEER_INVALID")
    return None if key == ctx.user_id else int(key)
