"""Joining, leaving and inviting: https://core.telegram.org/api/channel."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context, Services
from layers.domain import channel_joining
from layers.domain.channel_joining import leave, put_in
from layers.domain.channel_updates import answer
from layers.domain.chat_access import access_channel, named_channel
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import PRESENT, ChatFlag, ChatKind, Membership, MemberStatus, membership
from layers.domain.join_requests import WITHOUT_LINK, ask
from layers.domain.members import member_rows
from layers.domain.peers import access_user
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.successions import due_successions, may_return, succeed
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function, job
from layers.schema import users
from layers.unit_of_work import run
from tl import api

_FLOOD: Final = FloodLimit(100, 3600)
_INVITED_MAX: Final = 200
_SUCCESSIONS_MAX: Final = 100
_BROADCAST_INVITES_MAX: Final = 200
"""Members up to which people may be put into a broadcast channel; later they join by themselves."""


@function(api.channels.JoinChannel, writes=True, flood=_FLOOD)
def join_channel(ctx: Context, request: api.channels.JoinChannel) -> api.messages.ChatInviteJoinResultOk | RpcError:
    """Join a public channel; where an administrator must agree, INVITE_REQUEST_SENT says that he was asked.

    Raises:
        RpcError: USER_ALREADY_PARTICIPANT, CHANNELS_TOO_MUCH, INVITE_REQUEST_SENT.
    """
    is_back = may_return(ctx, named_channel(ctx, request.channel))
    member = _own_channel(ctx, request.channel) if is_back else access_channel(ctx, request.channel, lock=True)
    if member.is_member:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if member.flags & ChatFlag.JOIN_REQUEST and not is_back:
        ask(ctx, member.key, ctx.user_id, WITHOUT_LINK)
        return bad_request("INVITE_REQUEST_SENT")
    return api.messages.ChatInviteJoinResultOk(updates=channel_joining.join_channel(ctx, member))


def _own_channel(ctx: Context, channel: api.TypeInputChannel) -> Membership:
    """The channel of an owner who left it, which nobody else may need to be able to find."""
    found = membership(ctx, ctx.user_id, named_channel(ctx, channel), lock=True)
    if found is None or found.is_banned or found.flags & ChatFlag.DEACTIVATED:
        raise bad_request("CHANNEL_PRIVATE")
    return found


@function(api.channels.LeaveChannel, writes=True, flood=_FLOOD)
def leave_channel(ctx: Context, request: api.channels.LeaveChannel) -> api.TypeUpdates:
    """Leave a channel; its owner leaves it to somebody, and cannot where there is nobody.

    Raises:
        RpcError: USER_NOT_PARTICIPANT, USER_CREATOR.
    """
    member = access_channel(ctx, request.channel, member_only=True, lock=True)
    return leave(ctx, member)


@job(every_s=60)
def hand_channels_over(services: Services) -> int:
    """Give channels whose owners left a week ago to their new ones; how many."""
    keys, _ = run(services, lambda ctx: due_successions(ctx, _SUCCESSIONS_MAX), writes=False)
    for key in keys:
        run(services, partial(succeed, key=key), writes=True)
    return len(keys)


@function(api.channels.InviteToChannel, writes=True, flood=_FLOOD)
def invite_to_channel(ctx: Context, request: api.channels.InviteToChannel) -> api.messages.InvitedUsers:
    """Put users into a channel; those whose privacy forbids it come back as ``missing_invitees``.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, USERS_TOO_MUCH, USER_KICKED, USER_BOT, USER_ID_INVALID.
    """
    member = access_channel(ctx, request.channel, member_only=True, right=AdminRight.INVITE_USERS, lock=True)
    if not request.users or len(request.users) > _INVITED_MAX:
        raise bad_request("USERS_TOO_MUCH" if request.users else "USER_ID_INVALID")
    wanted = list(dict.fromkeys(access_user(ctx, user) for user in request.users))
    if member.kind is ChatKind.BROADCAST and member.row.members_count + len(wanted) > _BROADCAST_INVITES_MAX:
        raise bad_request("USERS_TOO_MUCH")
    known = member_rows(ctx, member.key, wanted)
    new = [user_id for user_id in wanted if user_id not in known or known[user_id].status not in PRESENT]
    if not new:
        if len(wanted) == 1:
            raise bad_request("USER_ALREADY_PARTICIPANT")
        return api.messages.InvitedUsers(updates=answer(ctx, [], [member.key]), missing_invitees=[])
    _check_invitable(ctx, member, new, known)
    willing = allowed(ctx, new, ctx.user_id, PrivacyKey.CHAT_INVITE) | {ctx.user_id}
    entering = [user_id for user_id in new if user_id in willing]
    missing = [api.MissingInvitee(user_id=user_id) for user_id in new if user_id not in willing]
    return api.messages.InvitedUsers(updates=put_in(ctx, member, entering), missing_invitees=missing)


def _check_invitable(ctx: Context, member: Membership, user_ids: list[int], known: dict[int, Any]) -> None:
    may_unban = bool(member.admin_rights & AdminRight.BAN_USERS)
    for user_id in user_ids:
        row = known.get(user_id)
        if row is not None and row.status == MemberStatus.BANNED and not may_unban:
            raise bad_request("USER_KICKED")
    rows = ctx.db.rows(sa.select(users.c.id, users.c.bot, users.c.deleted).where(users.c.id.in_(user_ids)))
    if len(rows) < len(user_ids):
        raise bad_request("USER_ID_INVALID")
    for row in rows:
        if row.deleted:
            raise bad_request("INPUT_USER_DEACTIVATED")
        if row.bot and member.kind is ChatKind.BROADCAST:
            raise bad_request("USER_BOT")
