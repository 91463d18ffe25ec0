"""What a basic group is called, looks like and lets its members do: https://core.telegram.org/api/rights."""

from __future__ import annotations

from typing import Any, Final

from functions.messages.private_chats import private_recipient
from layers.context import Context
from layers.domain import limits
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_updates import answer, push_channel
from layers.domain.chat_access import access_any_chat, access_chat
from layers.domain.chat_rights import FOREVER, AdminRight, BannedRight, banned_rights_object, pack_banned_rights
from layers.domain.chats import ChatFlag, ChatKind, MemberStatus
from layers.domain.files import access_photo
from layers.domain.groups import act, clean_title, group_recipient, tell_group
from layers.domain.members import change_chat, member_rows, set_member
from layers.domain.peers import access_user, bare_id, peer_of
from layers.domain.photos import Rows, prepare_profile_photo, profile_photo_of, store_profile_photo
from layers.domain.protection import toggle_protection
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import chats
from tl import api

_CHANGING: Final = FloodLimit(300, 60)
_NO_VIDEO: Final = "videos and emoji markup are refused (VIDEO_FILE_INVALID, EMOJI_MARKUP_INVALID)"


@function(api.messages.EditChatTitle, writes=True, flood=_CHANGING)
def edit_chat_title(ctx: Context, request: api.messages.EditChatTitle) -> api.Updates:
    """Rename a basic group."""
    title = clean_title(request.title)
    member = access_chat(ctx, request.chat_id, right=AdminRight.CHANGE_INFO, lock=True)
    if title == member.row.title:
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, title=title, version=chats.c.version + 1)
    return act(ctx, group_recipient(ctx, member), api.MessageActionChatEditTitle(title=title))


def prepare_chat_photo(ctx: Context, request: Any) -> Rows:
    """Decode and scale the picture before the transaction begins."""
    photo = request.photo
    if not isinstance(photo, api.InputChatUploadedPhoto) or photo.file is None or photo.video is not None:
        return {}
    return prepare_profile_photo(ctx, photo.file)


def chat_photo(ctx: Context, given: api.TypeInputChatPhoto) -> api.Photo | None:
    """The stored photo a client gives a chat, None to take the present one away.

    Raises:
        RpcError: PHOTO_INVALID, VIDEO_FILE_INVALID, EMOJI_MARKUP_INVALID, as `store_profile_photo`.
    """
    match given:
        case api.InputChatPhotoEmpty():
            return None
        case api.InputChatPhoto():
            return profile_photo_of(ctx, access_photo(ctx, given.id))
        case api.InputChatUploadedPhoto():
            if given.video is not None:
                raise bad_request("VIDEO_FILE_INVALID")
            if given.video_emoji_markup is not None:
                raise bad_request("EMOJI_MARKUP_INVALID")
            if given.file is None:
                raise bad_request("PHOTO_INVALID")
            return store_profile_photo(ctx, given.file)
        case _:
            raise bad_request("PHOTO_INVALID")


@function(api.messages.EditChatPhoto, writes=True, flood=_CHANGING, partial=_NO_VIDEO, prepare=prepare_chat_photo)
def edit_chat_photo(ctx: Context, request: api.messages.EditChatPhoto) -> api.Updates:
    """Give a basic group a photo, or take it away."""
    member = access_chat(ctx, request.chat_id, right=AdminRight.CHANGE_INFO, lock=True)
    photo = chat_photo(ctx, request.photo)
    if member.row.photo_id == (None if photo is None else photo.id):
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, photo_id=None if photo is None else photo.id, version=chats.c.version + 1)
    action = api.MessageActionChatDeletePhoto() if photo is None else api.MessageActionChatEditPhoto(photo=photo)
    return act(ctx, group_recipient(ctx, member), action)


@function(api.messages.EditChatAbout, writes=True, flood=_CHANGING)
def edit_chat_about(ctx: Context, request: api.messages.EditChatAbout) -> bool:
    """Describe a group."""
    about = request.about.strip()
    if len(about) > limits.CHAT_ABOUT_LENGTH:
        raise bad_request("CHAT_ABOUT_TOO_LONG")
    member = access_any_chat(ctx, request.peer, right=AdminRight.CHANGE_INFO, lock=True)
    if about == member.row.about:
        raise bad_request("CHAT_ABOUT_NOT_MODIFIED")
    change_chat(ctx, member.key, about=about)
    if member.is_channel:
        action = api.ChannelAdminLogEventActionChangeAbout(prev_value=member.row.about, new_value=about)
        log_event(ctx, member.key, Kind.INFO, action)
        push_channel(ctx, member.key, [api.UpdateChannel(channel_id=bare_id(member.key))])
        return True
    tell_group(ctx, member.key, api.UpdateChat(chat_id=bare_id(member.key)))
    return True


@function(api.messages.EditChatAdmin, writes=True, flood=_CHANGING)
def edit_chat_admin(ctx: Context, request: api.messages.EditChatAdmin) -> bool:
    """The owner of a basic group makes somebody an administrator, or no longer one."""
    user_id = access_user(ctx, request.user_id)
    member = access_chat(ctx, request.chat_id, lock=True)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    row = member_rows(ctx, member.key, [user_id]).get(user_id)
    if row is None or row.status < MemberStatus.MEMBER:
        raise bad_request("USER_NOT_PARTICIPANT")
    if row.status == MemberStatus.CREATOR:
        raise bad_request("USER_ID_INVALID")
    wanted = MemberStatus.ADMIN if request.is_admin else MemberStatus.MEMBER
    if row.status == wanted:
        return True
    set_member(ctx, member.key, user_id, status=int(wanted), promoted_by=ctx.user_id if request.is_admin else 0)
    step = 1 if request.is_admin else -1
    change_chat(ctx, member.key, admins_count=chats.c.admins_count + step, version=chats.c.version + 1)
    told = api.UpdateChatParticipantAdmin(
        chat_id=bare_id(member.key), user_id=user_id, is_admin=request.is_admin, version=member.row.version + 1
    )
    tell_group(ctx, member.key, told)
    return True


@function(api.messages.EditChatDefaultBannedRights, writes=True, flood=_CHANGING)
def edit_chat_default_banned_rights(ctx: Context, request: api.messages.EditChatDefaultBannedRights) -> api.Updates:
    """What members of a group may not do, administrators excepted."""
    if request.banned_rights.until_date not in {0, FOREVER}:
        raise bad_request("UNTIL_DATE_INVALID")
    rights = pack_banned_rights(request.banned_rights)
    if rights & BannedRight.VIEW_MESSAGES:
        raise bad_request("BANNED_RIGHTS_INVALID")
    member = access_any_chat(ctx, request.peer, right=AdminRight.BAN_USERS, lock=True)
    if member.kind is ChatKind.BROADCAST:
        raise bad_request("CHAT_ID_INVALID")
    if rights == member.row.default_banned_rights:
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, default_banned_rights=int(rights), version=chats.c.version + 1)
    told = api.UpdateChatDefaultBannedRights(
        peer=peer_of(member.key), default_banned_rights=banned_rights_object(rights), version=member.row.version + 1
    )
    if member.is_channel:
        action = api.ChannelAdminLogEventActionDefaultBannedRights(
            prev_banned_rights=banned_rights_object(member.row.default_banned_rights),
            new_banned_rights=banned_rights_object(rights),
        )
        log_event(ctx, member.key, Kind.SETTINGS, action)
        return _tell_channel(ctx, member.key, told)
    return tell_group(ctx, member.key, told)


@function(api.messages.ToggleNoForwards, writes=True, flood=_CHANGING)
def toggle_no_forwards(ctx: Context, request: api.messages.ToggleNoForwards) -> api.TypeUpdates:
    """Keep what is said in a chat from being forwarded and saved, or let it: a group's owner, a side of a private chat.

    https://core.telegram.org/api/content-protection
    """
    if isinstance(request.peer, api.InputPeerSelf | api.InputPeerUser | api.InputPeerUserFromMessage):
        return toggle_protection(ctx, private_recipient(ctx, request.peer), request)
    member = access_any_chat(ctx, request.peer, lock=True)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    flags = member.flags | ChatFlag.NOFORWARDS if request.enabled else member.flags & ~ChatFlag.NOFORWARDS
    if flags == member.flags:
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, flags=int(flags), version=chats.c.version + 1)
    if member.is_channel:
        action = api.ChannelAdminLogEventActionToggleNoForwards(new_value=request.enabled)
        log_event(ctx, member.key, Kind.SETTINGS, action)
        return _tell_channel(ctx, member.key, api.UpdateChannel(channel_id=bare_id(member.key)))
    return tell_group(ctx, member.key, api.UpdateChat(chat_id=bare_id(member.key)))


def _tell_channel(ctx: Context, key: int, update: Any) -> api.Updates:
    push_channel(ctx, key, [update])
    return answer(ctx, [update], [key])


@function(api.messages.EditChatParticipantRank, writes=True, flood=_CHANGING)
def edit_chat_participant_rank(ctx: Context, request: api.messages.EditChatParticipantRank) -> api.Updates:
    """The title beside a member's name: one's own unless that is restricted, others' for administrators."""
    rank = request.rank.strip()
    if len(rank) > limits.CHAT_RANK_LENGTH:
        raise bad_request("ADMIN_RANK_INVALID")
    member = access_any_chat(ctx, request.peer, lock=True)
    user_id = access_user(ctx, request.participant, error="PARTICIPANT_ID_INVALID")
    row = member_rows(ctx, member.key, [user_id]).get(user_id)
    if row is None or row.status < MemberStatus.MEMBER:
        raise bad_request("USER_NOT_PARTICIPANT")
    if user_id == ctx.user_id:
        allowed = not member.banned_rights & BannedRight.EDIT_RANK
    else:
        allowed = member.is_creator or (member.is_admin and row.status == MemberStatus.MEMBER)
    if not allowed:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if rank == row.rank:
        raise bad_request("CHAT_NOT_MODIFIED")
    set_member(ctx, member.key, user_id, rank=rank)
    if member.is_channel:
        action = api.ChannelAdminLogEventActionParticipantEditRank(user_id=user_id, prev_rank=row.rank, new_rank=rank)
        log_event(ctx, member.key, Kind.PROMOTE, action)
        return answer(ctx, [api.UpdateChannel(channel_id=bare_id(member.key))], [member.key])
    change_chat(ctx, member.key, version=chats.c.version + 1)
    told = api.UpdateChatParticipantRank(
        chat_id=bare_id(member.key), user_id=user_id, rank=rank, version=member.row.version + 1
    )
    return tell_group(ctx, member.key, told)
