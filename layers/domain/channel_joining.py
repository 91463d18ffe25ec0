"""Coming into supergroups and channels: https://core.telegram.org/api/invites, https://core.telegram.org/api/channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.admin_log import Kind, log_event, log_events
from layers.domain.channel_box import ChannelBox, channel_state, open_channel_box
from layers.domain.channel_members import (
    change_member,
    check_channels_limit,
    enter,
    tell_channel_changed,
    tell_channels_changed,
)
from layers.domain.channel_sending import append_joined, append_service
from layers.domain.channel_updates import answer, answer_and_push_channel
from layers.domain.chats import ChatFlag, ChatKind, Membership, MemberStatus
from layers.domain.members import member_rows
from layers.domain.participants import participant_object
from layers.domain.peers import bare_id
from layers.domain.successions import appoint, heir_of, welcome_back
from layers.errors import bad_request
from layers.schema import users
from tl import TLObject, api


def join_channel(
    ctx: Context, member: Membership, *, action: Any = None, event: TLObject | None = None, inviter_id: int = 0
) -> api.Updates:
    """Make the caller a member of a channel whose row is locked; a supergroup says so in a service message.

    ``action``: what the message says, ``event`` what the admin log does, where he did not come by himself.

    Raises:
        RpcError: CHANNELS_TOO_MUCH, USERS_TOO_MUCH.
    """
    check_channels_limit(ctx, ctx.user_id)
    action = action or api.MessageActionChatAddUser(users=[ctx.user_id])
    event = event or api.ChannelAdminLogEventActionParticipantJoin()
    return let_into_channel(ctx, member, {ctx.user_id: event}, action, inviter_id=inviter_id)


def leave(ctx: Context, member: Membership) -> api.Updates:
    """The caller leaves a channel whose row is locked; a supergroup says so in a service message.

    Raises:
        RpcError: USER_CREATOR: its owner cannot while nobody is there to own it.
    """
    actions: list[Any] = [api.MessageActionChatDeleteUser(user_id=ctx.user_id)]
    if member.is_creator:
        heir_id = heir_of(ctx, member.key)
        if heir_id is None:
            raise bad_request("USER_CREATOR")
        appoint(ctx, member.key, heir_id)
        actions.insert(0, api.MessageActionNewCreatorPending(new_creator_id=heir_id))
    values = {"status": int(MemberStatus.LEFT), "date": ctx.now, "admin_rights": 0, "rank": ""}
    box: ChannelBox | None = None
    if member.kind is ChatKind.SUPERGROUP:
        with open_channel_box(ctx, member.key) as box:
            for action in actions:
                append_service(ctx, box, member, action)
    change_member(ctx, member, ctx.user_id, values)
    log_event(ctx, member.key, Kind.LEAVE, api.ChannelAdminLogEventActionParticipantLeave())
    tell_channel_changed(ctx, ctx.user_id, member.key)
    update = api.UpdateChannel(channel_id=bare_id(member.key))
    if box is None:
        return answer(ctx, [update], [member.key])
    return answer_and_push_channel(ctx, box, first=[update])


def put_in(ctx: Context, member: Membership, user_ids: Sequence[int]) -> api.Updates:
    """Make accounts members on the caller's word, and tell them; as many statements for one as for many."""
    if not user_ids:
        return answer(ctx, [], [member.key])
    _enter(ctx, member, user_ids, inviter_id=ctx.user_id)
    rows = member_rows(ctx, member.key, user_ids).values()
    invited = [
        api.ChannelAdminLogEventActionParticipantInvite(participant=participant_object(row, member)) for row in rows
    ]
    log_events(ctx, member.key, Kind.INVITE, [(ctx.user_id, action) for action in invited])
    tell_channels_changed(ctx, user_ids, member.key)
    update = api.UpdateChannel(channel_id=bare_id(member.key))
    if member.kind is ChatKind.BROADCAST:
        return answer(ctx, [update], [member.key])
    with open_channel_box(ctx, member.key) as box:
        append_service(ctx, box, member, api.MessageActionChatAddUser(users=list(user_ids)))
    return answer_and_push_channel(ctx, box, first=[update])


def let_into_channel(
    ctx: Context,
    member: Membership,
    events: Mapping[int, TLObject],
    action: Any,
    *,
    inviter_id: int = 0,
    extra: Sequence[Any] = (),
) -> api.Updates:
    """Make accounts members, each with his entry in the admin log; the number of statements does not depend on theirs.

    ``extra``: updates for the caller alone.
    """
    key, user_ids = member.key, list(events)
    is_group = member.kind is ChatKind.SUPERGROUP
    if is_group and member.row.members_count + len(user_ids) > limits.MEGAGROUP_SIZE:
        raise bad_request("USERS_TOO_MUCH")
    _enter(ctx, member, user_ids, inviter_id=inviter_id)
    log_events(ctx, key, Kind.JOIN, list(events.items()))
    tell_channels_changed(ctx, user_ids, key)
    update = api.UpdateChannel(channel_id=bare_id(key))
    if not is_group:
        return answer(ctx, [update, *extra], [key, *user_ids])
    with open_channel_box(ctx, key) as box:
        append_joined(ctx, box, user_ids, action)
    return answer_and_push_channel(ctx, box, first=[update], extra=extra)


def _enter(ctx: Context, member: Membership, user_ids: Sequence[int], *, inviter_id: int) -> None:
    bots = ctx.db.scalars(sa.select(users.c.id).where(users.c.id.in_(user_ids), users.c.bot))
    enter(
        ctx,
        member.key,
        user_ids,
        known=member_rows(ctx, member.key, user_ids),
        last_message_id=channel_state(ctx, member.key).last_message_id,
        inviter_id=inviter_id,
        hides_history=bool(member.flags & ChatFlag.PREHISTORY_HIDDEN) and member.kind is ChatKind.SUPERGROUP,
        bots=frozenset(bots),
    )
    welcome_back(ctx, member.key, user_ids)
