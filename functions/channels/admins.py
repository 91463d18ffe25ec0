"""Administrators, restrictions and bans: https://core.telegram.org/api/rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from layers.context import Context
from layers.domain import limits
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_joining import put_in
from layers.domain.channel_members import change_member, tell_channel_changed
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import answer, answer_and_push_channel
from layers.domain.chat_access import access_channel, named_channel
from layers.domain.chat_rights import (
    ALL_ADMIN_RIGHTS,
    AdminRight,
    BannedRight,
    pack_admin_rights,
    pack_banned_rights,
)
from layers.domain.chats import PRESENT, ChatKind, Membership, MemberStatus, membership
from layers.domain.members import change_chat, member_rows
from layers.domain.participants import participant_object
from layers.domain.password import check_password, prepared_version, require_version
from layers.domain.peers import access_user, bare_id, peer_of, require_user
from layers.domain.privacy import PrivacyKey, allowed
from layers.errors import RpcError, bad_request, forbidden
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(300, 3600)
_ADMINS_MAX: Final = 50
_SHORTEST_BAN_S: Final = 30
_LONGEST_BAN_S: Final = 366 * 86_400
"""A ban shorter or longer than these is for ever."""
_GROUP_ONLY: Final = AdminRight.BAN_USERS | AdminRight.PIN_MESSAGES | AdminRight.ANONYMOUS | AdminRight.MANAGE_TOPICS
_BROADCAST_ONLY: Final = AdminRight.POST_MESSAGES | AdminRight.EDIT_MESSAGES


@function(api.channels.EditBanned, writes=True, flood=_FLOOD)
def edit_banned(ctx: Context, request: api.channels.EditBanned) -> api.TypeUpdates:
    """Remove somebody (``view_messages``), restrict what he may send, or lift that; until a date or for ever.

    A channel as which somebody writes can be banned too: nobody writes as it then.

    Raises:
        RpcError: 400 CHAT_ADMIN_REQUIRED, USER_ADMIN_INVALID for the owner and administrators one may not edit,
            USER_ID_INVALID, PARTICIPANT_ID_INVALID; 406 BANNED_RIGHTS_INVALID for less than a ban of a channel.
    """
    member = access_channel(ctx, request.channel, member_only=True, right=AdminRight.BAN_USERS, lock=True)
    if isinstance(request.participant, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        return _ban_channel(ctx, member, named_channel(ctx, request.participant), request.banned_rights)
    user_id = access_user(ctx, request.participant, error="PARTICIPANT_ID_INVALID")
    if user_id == ctx.user_id:
        raise bad_request("USER_ID_INVALID")
    require_user(ctx, user_id, error="PARTICIPANT_ID_INVALID")
    target = _target(ctx, member, user_id)
    if target.is_creator or (target.is_admin and not _may_edit_admin(ctx, member, user_id)):
        raise bad_request("USER_ADMIN_INVALID")
    rights = pack_banned_rights(request.banned_rights)
    if not rights and not target.is_known:
        return answer(ctx, [], [member.key])  # nothing to lift
    before = _participant(ctx, member, user_id)
    was_present = target.is_member
    change_member(ctx, target, user_id, _ban_values(ctx, target, rights, request.banned_rights.until_date))
    after = _participant(ctx, member, user_id)
    action = api.ChannelAdminLogEventActionParticipantToggleBan(prev_participant=before, new_participant=after)
    log_event(ctx, member.key, _kind(target, rights), action)
    tell_channel_changed(ctx, user_id, member.key)
    is_removed = was_present and bool(rights & BannedRight.VIEW_MESSAGES)
    if not is_removed or member.kind is ChatKind.BROADCAST:
        return answer(ctx, [api.UpdateChannel(channel_id=bare_id(member.key))], [member.key, user_id])
    with open_channel_box(ctx, member.key) as box:
        append_service(ctx, box, member, api.MessageActionChatDeleteUser(user_id=user_id))
    return answer_and_push_channel(ctx, box, first=[api.UpdateChannel(channel_id=bare_id(member.key))])


def _ban_channel(ctx: Context, member: Membership, key: int, banned_rights: api.ChatBannedRights) -> api.TypeUpdates:
    """Let nobody write as a channel in a supergroup any more, or lift that."""
    channel = membership(ctx, ctx.user_id, key)
    is_writer = channel is not None and channel.kind is ChatKind.BROADCAST and key != member.row.linked_chat_key
    if not is_writer or member.kind is not ChatKind.SUPERGROUP:
        raise bad_request("PARTICIPANT_ID_INVALID")
    rights = pack_banned_rights(banned_rights)
    if rights and not rights & BannedRight.VIEW_MESSAGES:
        raise RpcError(406, "BANNED_RIGHTS_INVALID")
    target = _target(ctx, member, key)
    if not rights and not target.is_known:
        return answer(ctx, [], [member.key])
    before = _participant(ctx, member, key)
    change_member(ctx, target, key, _ban_values(ctx, target, rights, banned_rights.until_date))
    action = api.ChannelAdminLogEventActionParticipantToggleBan(
        prev_participant=before, new_participant=_participant(ctx, member, key)
    )
    log_event(ctx, member.key, _kind(target, rights), action)
    return answer(ctx, [api.UpdateChannel(channel_id=bare_id(member.key))], [member.key, key])


def _ban_values(ctx: Context, target: Membership, rights: BannedRight, until_date: int) -> Mapping[str, Any]:
    is_for_ever = not _SHORTEST_BAN_S <= until_date - ctx.now <= _LONGEST_BAN_S
    values: dict[str, Any] = {
        "banned_rights": int(rights),
        "until_date": 0 if is_for_ever or not rights else until_date,
        "kicked_by": ctx.user_id if rights else 0,
        "date": ctx.now,
    }
    if rights & BannedRight.VIEW_MESSAGES:
        return {**values, "status": int(MemberStatus.BANNED), "admin_rights": 0, "rank": "", "promoted_by": 0}
    if target.row.status == MemberStatus.BANNED:
        values["status"] = int(MemberStatus.LEFT)
    elif target.is_admin:
        values |= {"status": int(MemberStatus.MEMBER), "admin_rights": 0, "rank": "", "promoted_by": 0}
    if target.is_member:
        values["date"] = target.row.member_date
    return values


def _kind(target: Membership, rights: BannedRight) -> Kind:
    if rights & BannedRight.VIEW_MESSAGES:
        return Kind.KICK
    if rights:
        return Kind.BAN
    return Kind.UNKICK if target.row.status == MemberStatus.BANNED else Kind.UNBAN


def _target(ctx: Context, member: Membership, user_id: int) -> Membership:
    found = membership(ctx, user_id, member.key)
    if found is None:
        raise bad_request("CHANNEL_INVALID")
    return found


def _participant(ctx: Context, viewer: Membership, user_id: int) -> Any:
    row = member_rows(ctx, viewer.key, [user_id]).get(user_id)
    if row is None:
        return api.ChannelParticipantLeft(peer=peer_of(user_id))
    return participant_object(row, viewer)


def _may_edit_admin(ctx: Context, member: Membership, user_id: int) -> bool:
    """The owner edits every administrator, others those whom they made."""
    if member.is_creator:
        return True
    row = member_rows(ctx, member.key, [user_id]).get(user_id)
    return row is not None and row.promoted_by == ctx.user_id


@function(api.channels.EditAdmin, writes=True, flood=_FLOOD)
def edit_admin(ctx: Context, request: api.channels.EditAdmin) -> api.TypeUpdates:
    """Give somebody rights (he joins if need be), change them, or with none of them make him a member again.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, 403 RIGHT_FORBIDDEN for rights one does not have, USER_CREATOR, ADMINS_TOO_MUCH,
            ADMIN_RANK_INVALID, ADMIN_RANK_EMOJI_NOT_ALLOWED, USER_NOT_PARTICIPANT, 403 USER_PRIVACY_RESTRICTED.
    """
    member = access_channel(ctx, request.channel, member_only=True, right=AdminRight.ADD_ADMINS, lock=True)
    user_id = access_user(ctx, request.user_id)
    require_user(ctx, user_id)
    target = _target(ctx, member, user_id)
    rank = _checked_rank(request.rank or "")
    rights = pack_admin_rights(request.admin_rights)
    if target.is_creator:
        if user_id != ctx.user_id:
            raise bad_request("USER_CREATOR")
        anonymous = int(rights & AdminRight.ANONYMOUS)
        change_member(ctx, target, user_id, {"admin_rights": anonymous, "rank": rank})
        tell_channel_changed(ctx, user_id, member.key)
        return answer(ctx, [api.UpdateChannel(channel_id=bare_id(member.key))], [member.key])
    rights &= ~(_GROUP_ONLY & ~AdminRight.BAN_USERS if member.kind is ChatKind.BROADCAST else _BROADCAST_ONLY)
    if rights & ~member.admin_rights & ~AdminRight.ANONYMOUS or (
        rights & AdminRight.ANONYMOUS and not (member.is_creator or member.admin_rights & AdminRight.ANONYMOUS)
    ):
        raise forbidden("RIGHT_FORBIDDEN")
    if target.is_admin and not _may_edit_admin(ctx, member, user_id):
        raise bad_request("CHAT_ADMIN_REQUIRED")
    first: list[Any] = []
    if rights and not target.is_member:
        first = _bring_in(ctx, member, target, user_id)
        target = _target(ctx, member, user_id)
    if not rights and not target.is_admin:
        raise bad_request("USER_NOT_PARTICIPANT" if not target.is_member else "CHAT_NOT_MODIFIED")
    if rights and not target.is_admin and member.row.admins_count >= _ADMINS_MAX:
        raise bad_request("ADMINS_TOO_MUCH")
    before = _participant(ctx, member, user_id)
    values = {
        "status": int(MemberStatus.ADMIN if rights else MemberStatus.MEMBER),
        "admin_rights": int(rights),
        "rank": rank if rights else "",
        "promoted_by": ctx.user_id if rights else 0,
        "banned_rights": 0,
        "until_date": 0,
    }
    change_member(ctx, target, user_id, values)
    after = _participant(ctx, member, user_id)
    action = api.ChannelAdminLogEventActionParticipantToggleAdmin(prev_participant=before, new_participant=after)
    log_event(ctx, member.key, Kind.PROMOTE if rights else Kind.DEMOTE, action)
    tell_channel_changed(ctx, user_id, member.key)
    return answer(ctx, [*first, api.UpdateChannel(channel_id=bare_id(member.key))], [member.key, user_id])


def _bring_in(ctx: Context, member: Membership, target: Membership, user_id: int) -> list[Any]:
    """Whoever becomes an administrator joins."""
    if not member.admin_rights & AdminRight.INVITE_USERS:
        raise bad_request("USER_NOT_PARTICIPANT")
    if target.is_banned and not member.admin_rights & AdminRight.BAN_USERS:
        raise bad_request("USER_KICKED")
    if user_id not in allowed(ctx, [user_id], ctx.user_id, PrivacyKey.CHAT_INVITE):
        raise forbidden("USER_PRIVACY_RESTRICTED")
    updates: Any = put_in(ctx, member, [user_id])
    return [update for update in updates.updates if not isinstance(update, api.UpdateChannel)]


def _checked_rank(rank: str) -> str:
    cleaned = rank.strip()
    if len(cleaned) > limits.CHAT_RANK_LENGTH:
        raise bad_request("ADMIN_RANK_INVALID")
    if any(ord(character) >= 0x1F000 or 0x2600 <= ord(character) <= 0x27BF for character in cleaned):
        raise bad_request("ADMIN_RANK_EMOJI_NOT_ALLOWED")
    return cleaned


def check_owner_password(ctx: Context, request: api.messages.EditChatCreator) -> Mapping[int, Mapping[str, Any]]:
    """Check the owner's password before the transaction begins."""
    return prepared_version(ctx.user_id, check_password(ctx, ctx.user_id, request.password))


@function(api.messages.EditChatCreator, writes=True, flood=FloodLimit(20, 3600), prepare=check_owner_password)
def edit_chat_creator(ctx: Context, request: api.messages.EditChatCreator) -> api.TypeUpdates:
    """Hand a channel over to another member; needs the password of two-step verification.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, PASSWORD_MISSING, PASSWORD_HASH_INVALID, USER_NOT_PARTICIPANT, USER_ID_INVALID.
    """
    version = int(ctx.prepared[ctx.user_id]["version"])
    require_version(ctx, ctx.user_id, version)
    member = access_channel(ctx, request.peer, member_only=True, lock=True)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if not version:
        raise bad_request("PASSWORD_MISSING")
    user_id = access_user(ctx, request.user_id)
    if user_id == ctx.user_id or require_user(ctx, user_id).bot:
        raise bad_request("USER_ID_INVALID")
    target = _target(ctx, member, user_id)
    if target.row.status not in PRESENT:
        raise bad_request("USER_NOT_PARTICIPANT")
    old = {"status": int(MemberStatus.ADMIN), "admin_rights": int(ALL_ADMIN_RIGHTS), "promoted_by": user_id}
    new = {"status": int(MemberStatus.CREATOR), "admin_rights": 0, "banned_rights": 0, "until_date": 0}
    change_member(ctx, member, ctx.user_id, old)
    change_member(ctx, target, user_id, new)
    change_chat(ctx, member.key, creator_id=user_id)
    for changed in (ctx.user_id, user_id):
        tell_channel_changed(ctx, changed, member.key)
    return answer(ctx, [api.UpdateChannel(channel_id=bare_id(member.key))], [member.key, user_id])
