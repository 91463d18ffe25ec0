"""Rights of administrators and restrictions of members as bit masks: https://core.telegram.org/api/rights.

A right's bit is that of its flag in ``chatAdminRights`` or ``chatBannedRights``; what is stored is the mask.
"""

from __future__ import annotations

import enum
from typing import Any, Final

from layers.errors import forbidden
from tl import api

FOREVER: Final = 0x7FFFFFFF
"""``until_date`` of default banned rights, and of bans without an end."""


class AdminRight(enum.IntFlag):
    """What an administrator may do."""

    CHANGE_INFO = 1 << 0
    POST_MESSAGES = 1 << 1
    EDIT_MESSAGES = 1 << 2
    DELETE_MESSAGES = 1 << 3
    BAN_USERS = 1 << 4
    INVITE_USERS = 1 << 5
    PIN_MESSAGES = 1 << 7
    ADD_ADMINS = 1 << 9
    ANONYMOUS = 1 << 10
    MANAGE_CALL = 1 << 11
    OTHER = 1 << 12
    MANAGE_TOPICS = 1 << 13
    POST_STORIES = 1 << 14
    EDIT_STORIES = 1 << 15
    DELETE_STORIES = 1 << 16
    MANAGE_DIRECT_MESSAGES = 1 << 17
    MANAGE_RANKS = 1 << 18
    MANAGE_LINKED_PEERS = 1 << 19
    MANAGE_WELCOME_MESSAGES = 1 << 20


class BannedRight(enum.IntFlag):
    """What a member may not do."""

    VIEW_MESSAGES = 1 << 0
    SEND_MESSAGES = 1 << 1
    SEND_MEDIA = 1 << 2
    SEND_STICKERS = 1 << 3
    SEND_GIFS = 1 << 4
    SEND_GAMES = 1 << 5
    SEND_INLINE = 1 << 6
    EMBED_LINKS = 1 << 7
    SEND_POLLS = 1 << 8
    CHANGE_INFO = 1 << 10
    INVITE_USERS = 1 << 15
    PIN_MESSAGES = 1 << 17
    MANAGE_TOPICS = 1 << 18
    SEND_PHOTOS = 1 << 19
    SEND_VIDEOS = 1 << 20
    SEND_ROUNDVIDEOS = 1 << 21
    SEND_AUDIOS = 1 << 22
    SEND_VOICES = 1 << 23
    SEND_DOCS = 1 << 24
    SEND_PLAIN = 1 << 25
    EDIT_RANK = 1 << 26
    SEND_REACTIONS = 1 << 27
    MANAGE_LINKED_PEERS = 1 << 28


ALL_ADMIN_RIGHTS: Final = AdminRight(sum(AdminRight) - AdminRight.ANONYMOUS)
"""What a creator may do; he is anonymous only if he chose to."""

BASIC_ADMIN_RIGHTS: Final = (
    AdminRight.CHANGE_INFO
    | AdminRight.DELETE_MESSAGES
    | AdminRight.BAN_USERS
    | AdminRight.INVITE_USERS
    | AdminRight.PIN_MESSAGES
    | AdminRight.MANAGE_CALL
    | AdminRight.OTHER
)
"""What every administrator of a basic group may do."""

_MEDIA: Final = (
    BannedRight.SEND_PHOTOS
    | BannedRight.SEND_VIDEOS
    | BannedRight.SEND_ROUNDVIDEOS
    | BannedRight.SEND_AUDIOS
    | BannedRight.SEND_VOICES
    | BannedRight.SEND_DOCS
)

MEMBERS_MAY: Final[dict[AdminRight, BannedRight]] = {
    AdminRight.CHANGE_INFO: BannedRight.CHANGE_INFO,
    AdminRight.INVITE_USERS: BannedRight.INVITE_USERS,
    AdminRight.PIN_MESSAGES: BannedRight.PIN_MESSAGES,
    AdminRight.MANAGE_TOPICS: BannedRight.MANAGE_TOPICS,
    AdminRight.MANAGE_LINKED_PEERS: BannedRight.MANAGE_LINKED_PEERS,
}
"""Rights that members of a group have as well, unless they are restricted."""


def pack_admin_rights(rights: api.ChatAdminRights) -> AdminRight:
    """The mask of chatAdminRights."""
    return AdminRight(_mask(rights))


def admin_rights_object(rights: AdminRight) -> api.ChatAdminRights:
    """chatAdminRights of a mask."""
    return api.ChatAdminRights(**_fields(api.ChatAdminRights, rights))


def pack_banned_rights(rights: api.ChatBannedRights) -> BannedRight:
    """The mask of chatBannedRights; ``send_media`` and the kinds of media are kept in step.

    Clients before layer 150 know ``send_media`` alone.
    """
    mask = BannedRight(_mask(rights))
    if mask & BannedRight.SEND_MEDIA:
        mask |= _MEDIA
    elif mask & _MEDIA == _MEDIA:
        mask |= BannedRight.SEND_MEDIA
    return mask


def banned_rights_object(rights: int, until_date: int = FOREVER) -> api.ChatBannedRights:
    """chatBannedRights of a mask."""
    return api.ChatBannedRights(**_fields(api.ChatBannedRights, rights), until_date=until_date or FOREVER)


def _mask(rights: Any) -> int:
    return sum(
        1 << param.bit for param in rights.COMBINATOR.fields if param.is_true and getattr(rights, param.attribute)
    )


def _fields(kind: Any, mask: int) -> dict[str, Any]:
    return {param.attribute: True for param in kind.COMBINATOR.fields if param.is_true and mask >> param.bit & 1}


_DOCUMENT_KINDS: Final = (
    ("documentAttributeSticker", BannedRight.SEND_STICKERS, "CHAT_SEND_STICKERS_FORBIDDEN"),
    ("documentAttributeAnimated", BannedRight.SEND_GIFS, "CHAT_SEND_GIFS_FORBIDDEN"),
)


def check_may_send(banned: BannedRight, message: Any) -> None:
    """Refuse a stored message of a kind that a member may not send.

    Raises:
        RpcError: 403 CHAT_WRITE_FORBIDDEN, CHAT_SEND_PLAIN_FORBIDDEN, CHAT_SEND_PHOTOS_FORBIDDEN and its siblings.
    """
    if not banned:
        return
    if banned & (BannedRight.SEND_MESSAGES | BannedRight.VIEW_MESSAGES):
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    right, error = _right_for(message)
    if banned & right:
        raise forbidden(error)
    if banned & BannedRight.EMBED_LINKS and _is_preview(message):
        raise forbidden("CHAT_SEND_WEBPAGE_FORBIDDEN")


def _is_preview(message: Any) -> bool:
    return isinstance(message, api.Message) and isinstance(message.media, api.MessageMediaWebPage)


def _right_for(message: Any) -> tuple[BannedRight, str]:
    media = message.media if isinstance(message, api.Message) else None
    match media:
        case api.MessageMediaPhoto():
            return BannedRight.SEND_PHOTOS, "CHAT_SEND_PHOTOS_FORBIDDEN"
        case api.MessageMediaDocument():
            return _right_for_document(media)
        case api.MessageMediaPoll() | api.MessageMediaToDo():
            return BannedRight.SEND_POLLS, "CHAT_SEND_POLL_FORBIDDEN"
        case api.MessageMediaGame() | api.MessageMediaDice():
            return BannedRight.SEND_GAMES, "CHAT_SEND_GAME_FORBIDDEN"
        case _:
            return BannedRight.SEND_PLAIN, "CHAT_SEND_PLAIN_FORBIDDEN"


def _right_for_document(media: api.MessageMediaDocument) -> tuple[BannedRight, str]:
    attributes: Any = media.document.attributes if isinstance(media.document, api.Document) else []
    names = {attribute.TL_NAME for attribute in attributes}
    for name, right, error in _DOCUMENT_KINDS:
        if name in names:
            return right, error
    if media.round:
        return BannedRight.SEND_ROUNDVIDEOS, "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN"
    if media.video:
        return BannedRight.SEND_VIDEOS, "CHAT_SEND_VIDEOS_FORBIDDEN"
    if media.voice:
        return BannedRight.SEND_VOICES, "CHAT_SEND_VOICES_FORBIDDEN"
    if "documentAttributeAudio" in names:
        return BannedRight.SEND_AUDIOS, "CHAT_SEND_AUDIOS_FORBIDDEN"
    return BannedRight.SEND_DOCS, "CHAT_SEND_DOCS_FORBIDDEN"
