"""Typing and other actions in progress: https://core.telegram.org/method/messages.setTyping.

They have no place in the update sequence: whoever is not online misses nothing.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.channel_updates import push_channel
from layers.domain.chat_rights import AdminRight, BannedRight
from layers.domain.chats import ChatKind, Membership
from layers.domain.peers import bare_id
from layers.domain.sending import Recipient
from layers.errors import bad_request, forbidden
from layers.push import online_sessions, online_users, push_updates
from layers.schema import boxes
from tl import api

_EMOTICON_MAX: Final = 64
_TYPING_MEMBERS_MAX: Final = 500
_INTERACTION_MAX: Final = 8192
_BOT_ACTIONS: Final = (
    api.SendMessageTextDraftAction,
    api.SendMessageRichMessageDraftAction,
    api.SendMessageStopDraftAction,
)
_PROGRESS_ACTIONS: Final = (
    api.SendMessageUploadVideoAction,
    api.SendMessageUploadAudioAction,
    api.SendMessageUploadPhotoAction,
    api.SendMessageUploadDocumentAction,
    api.SendMessageUploadRoundAction,
    api.SendMessageHistoryImportAction,
)


def tell_typing(ctx: Context, peer_key: int, action: Any) -> None:
    """Show the caller's action to the other side of a private chat, if it is online."""
    action = _checked(action)
    if not online_sessions(ctx, peer_key):
        return
    if isinstance(action, api.SendMessageEmojiInteraction):
        message_id = _their_id(ctx, peer_key, action.msg_id)
        if message_id is None:
            return
        action.msg_id = message_id
    update = api.UpdateUserTyping(user_id=ctx.user_id, action=action)
    push_updates(ctx, peer_key, api.UpdateShort(update=update, date=ctx.now))


def tell_group(ctx: Context, recipient: Recipient, action: Any) -> None:
    """Show the caller's action to the members of a group who are online."""
    action = _checked(action)
    if isinstance(action, api.SendMessageEmojiInteraction | api.SendMessageEmojiInteractionSeen):
        return  # of private chats
    if recipient.member is not None and recipient.member.banned_rights & BannedRight.SEND_MESSAGES:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    update = api.UpdateChatUserTyping(
        chat_id=bare_id(recipient.peer_key), from_id=api.PeerUser(user_id=ctx.user_id), action=action
    )
    for user_id in online_users(ctx.cache, recipient.audience, ctx.now):
        push_updates(ctx, user_id, api.UpdateShort(update=update, date=ctx.now))


def tell_channel(ctx: Context, member: Membership, action: Any, top_msg_id: int | None) -> None:
    """Show the caller's action to the members of a supergroup who are online; large ones are spared it."""
    action = _checked(action)
    if isinstance(action, api.SendMessageEmojiInteraction | api.SendMessageEmojiInteractionSeen):
        return
    if member.banned_rights & BannedRight.SEND_MESSAGES:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    if (
        member.kind is ChatKind.BROADCAST
        or member.row.members_count > _TYPING_MEMBERS_MAX
        or member.admin_rights & AdminRight.ANONYMOUS
    ):
        return
    update = api.UpdateChannelUserTyping(
        channel_id=bare_id(member.key),
        top_msg_id=top_msg_id,
        from_id=api.PeerUser(user_id=ctx.user_id),
        action=action,
    )
    push_channel(ctx, member.key, [update], [ctx.user_id])


def _checked(action: Any) -> Any:
    if isinstance(action, _BOT_ACTIONS):
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    if isinstance(action, _PROGRESS_ACTIONS):
        action.progress = min(100, max(0, action.progress))
    elif isinstance(action, api.SendMessageEmojiInteraction | api.SendMessageEmojiInteractionSeen):
        if len(action.emoticon) > _EMOTICON_MAX:
            raise bad_request("MESSAGE_TOO_LONG")
        if isinstance(action, api.SendMessageEmojiInteraction) and len(action.interaction.data) > _INTERACTION_MAX:
            raise bad_request("MESSAGE_TOO_LONG")
    return action


def _their_id(ctx: Context, peer_key: int, message_id: int) -> int | None:
    """The id in the other side's box of a message of the chat, or None when either side does not have it."""
    mine, theirs = boxes.alias(), boxes.alias()
    found = ctx.db.scalar(
        sa.select(theirs.c.message_id)
        .join_from(mine, theirs, theirs.c.content_id == mine.c.content_id)
        .where(
            mine.c.owner_id == ctx.user_id,
            mine.c.message_id == message_id,
            mine.c.peer_key == peer_key,
            theirs.c.owner_id == peer_key,
        )
    )
    return None if found is None else int(found)
