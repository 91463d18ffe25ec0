"""Basic groups and who is in them: https://core.telegram.org/api/channel#basic-groups."""

from __future__ import annotations

from typing import Final

from functions.messages.timers import check_period
from layers.context import Context
from layers.domain import limits
from layers.domain.chat_access import access_any_chat, access_chat, has_right
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import Membership, MemberStatus, chat_objects
from layers.domain.contacts import contact_ids
from layers.domain.groups import (
    add_member,
    clean_title,
    common_chats,
    create_group,
    delete_group,
    remove_member,
)
from layers.domain.invitees import sort_invitees
from layers.domain.members import member_ids, member_rows
from layers.domain.peers import access_user, bare_id, chat_key
from layers.domain.successions import heir_of
from layers.domain.users import user_object
from layers.errors import bad_request, forbidden
from layers.push import online_users
from layers.registry import FloodLimit, function
from tl import api

_CREATING: Final = FloodLimit(60, 3600)
_CHANGING: Final = FloodLimit(300, 60)
_IDS_MAX: Final = 200


@function(api.messages.CreateChat, writes=True, flood=_CREATING)
def create_chat(ctx: Context, request: api.messages.CreateChat) -> api.messages.InvitedUsers:
    """A basic group of the caller and others; who does not let himself be added is named."""
    title = clean_title(request.title)
    timer = check_period(request.ttl_period or 0)
    if len(request.users) >= limits.CHAT_SIZE:
        raise bad_request("USERS_TOO_MUCH")
    invitees = sort_invitees(ctx, [access_user(ctx, user) for user in request.users])
    updates = create_group(ctx, title, invitees.willing, timer=timer)
    return api.messages.InvitedUsers(updates=updates, missing_invitees=list(invitees.missing))


@function(api.messages.AddChatUser, writes=True, flood=_CHANGING)
def add_chat_user(ctx: Context, request: api.messages.AddChatUser) -> api.messages.InvitedUsers:
    """Bring somebody into a basic group, with its last ``fwd_limit`` messages."""
    user_id = access_user(ctx, request.user_id)
    member = access_chat(ctx, request.chat_id, right=AdminRight.INVITE_USERS, lock=True)
    before = member_rows(ctx, member.key, [user_id]).get(user_id)
    if user_id == ctx.user_id or (before is not None and before.status >= MemberStatus.MEMBER):
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if before is not None and before.status == MemberStatus.LEFT and not _is_known_to(ctx, user_id):
        # Who went of his own accord is brought back only by somebody he knows.
        raise forbidden("USER_NOT_MUTUAL_CONTACT")
    invitees = sort_invitees(ctx, [user_id])
    if invitees.missing:
        if request.wire_id != api.messages.AddChatUser.CONSTRUCTOR_ID:
            # The answers of old layers have no place for it.
            raise forbidden("USER_PRIVACY_RESTRICTED")
        nothing = api.Updates(updates=[], users=[], chats=[], date=ctx.now, seq=0)
        return api.messages.InvitedUsers(updates=nothing, missing_invitees=list(invitees.missing))
    updates = add_member(ctx, member, user_id, past=request.fwd_limit)
    return api.messages.InvitedUsers(updates=updates, missing_invitees=[])


def _is_known_to(ctx: Context, user_id: int) -> bool:
    """The other has the caller in his address book."""
    return bool(contact_ids(ctx, user_id, [ctx.user_id]))


@function(api.messages.DeleteChatUser, writes=True, flood=_CHANGING)
def delete_chat_user(ctx: Context, request: api.messages.DeleteChatUser) -> api.Updates:
    """Leave a basic group, or remove somebody from it: administrators anybody below them, others whom they brought."""
    user_id = access_user(ctx, request.user_id)
    member = access_chat(ctx, request.chat_id, lock=True)
    if user_id != ctx.user_id:
        _check_may_remove(ctx, member, user_id)
    return remove_member(ctx, member, user_id, clears_history=request.revoke_history)


@function(api.messages.GetFutureChatCreatorAfterLeave)
def get_future_chat_creator_after_leave(
    ctx: Context, request: api.messages.GetFutureChatCreatorAfterLeave
) -> api.TypeUser:
    """Who will own a chat when its owner, the caller, leaves; userEmpty where there is nobody.

    A basic group has its new owner at once, a channel after a week.
    """
    member = access_any_chat(ctx, request.peer)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    heir_id = heir_of(ctx, member.key)
    return api.UserEmpty(id=0) if heir_id is None else user_object(ctx, ctx.user_id, heir_id)


def _check_may_remove(ctx: Context, member: Membership, user_id: int) -> None:
    """Raises USER_NOT_PARTICIPANT, CHAT_ADMIN_REQUIRED."""
    row = member_rows(ctx, member.key, [user_id]).get(user_id)
    if row is None or row.status < MemberStatus.MEMBER:
        raise bad_request("USER_NOT_PARTICIPANT")
    if member.is_creator:
        return
    is_below = row.status == MemberStatus.MEMBER
    if not is_below or not (has_right(member, AdminRight.BAN_USERS) or row.inviter_id == ctx.user_id):
        raise bad_request("CHAT_ADMIN_REQUIRED")


@function(api.messages.DeleteChat, writes=True)
def delete_chat(ctx: Context, request: api.messages.DeleteChat) -> bool:
    """The owner ends a basic group: nobody is in it any more, and everyone's history of it goes."""
    member = access_chat(ctx, request.chat_id, lock=True)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    delete_group(ctx, member)
    return True


@function(api.messages.GetChats)
def get_chats(ctx: Context, request: api.messages.GetChats) -> api.messages.Chats:
    """Basic groups by id, those that the caller is or was in."""
    if len(request.id) > _IDS_MAX:
        raise bad_request("CHAT_ID_INVALID")
    keys = [chat_key(chat_id) for chat_id in request.id if 0 < chat_id < 10**12]
    objects = chat_objects(ctx, ctx.user_id, keys)
    strangers = [chat for chat in objects if isinstance(chat, api.ChatEmpty) or not getattr(chat, "title", "")]
    if strangers or len(keys) != len(request.id):
        raise bad_request("CHAT_ID_INVALID")
    return api.messages.Chats(chats=objects)


@function(api.messages.GetOnlines)
def get_onlines(ctx: Context, request: api.messages.GetOnlines) -> api.ChatOnlines:
    """How many members of a group are online."""
    member = access_chat(ctx, request.peer)
    return api.ChatOnlines(onlines=len(online_users(ctx.cache, member_ids(ctx, member.key), ctx.now)))


@function(api.messages.GetCommonChats)
def get_common_chats(ctx: Context, request: api.messages.GetCommonChats) -> api.messages.TypeChats:
    """Groups that the caller shares with somebody, by descending id; ``max_id`` goes on below an id."""
    user_id = access_user(ctx, request.user_id)
    keys = [] if user_id == ctx.user_id else common_chats(ctx, ctx.user_id, user_id)
    page = [key for key in keys if not request.max_id or bare_id(key) < request.max_id]
    limit = min(request.limit, limits.COMMON_CHATS) if request.limit > 0 else limits.COMMON_CHATS
    objects = chat_objects(ctx, ctx.user_id, page[:limit])
    if len(page) <= limit and not request.max_id:
        return api.messages.Chats(chats=objects)
    return api.messages.ChatsSlice(count=len(keys), chats=objects)
