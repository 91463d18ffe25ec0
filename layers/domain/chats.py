"""Chat objects, from the viewer's perspective: the only place that builds chat, channel and their forbidden forms.

https://core.telegram.org/api/channel. What a chat shows depends on who looks: whoever left or was removed is shown its
name alone, and rights and access hashes are the viewer's own.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_rights import (
    ALL_ADMIN_RIGHTS,
    BASIC_ADMIN_RIGHTS,
    AdminRight,
    BannedRight,
    admin_rights_object,
    banned_rights_object,
)
from layers.domain.peers import bare_id, is_channel, is_user, user_access_hash
from layers.domain.users import stripped_thumb, user_objects
from layers.schema import chat_members, chats, photos
from layers.schema.chats import PRESENT_STATUSES
from tl import api

_BATCH: Final = 1000


class ChatKind(enum.IntEnum):
    """What `chats.kind` says."""

    BASIC = 1
    SUPERGROUP = 2
    BROADCAST = 3


class ChatFlag(enum.IntFlag):
    """Switches of a chat; stored."""

    NOFORWARDS = 1
    SIGNATURES = 2
    SIGNATURE_PROFILES = 4
    JOIN_TO_SEND = 8
    JOIN_REQUEST = 16
    MEMBERS_HIDDEN = 32
    PREHISTORY_HIDDEN = 64
    FORUM = 128
    FORUM_TABS = 256
    ANTISPAM = 512
    DEACTIVATED = 1024
    VERIFIED = 2048
    AUTOTRANSLATION = 4096


class MemberStatus(enum.IntEnum):
    """What `chat_members.status` says. From `MEMBER` on one is in the chat."""

    LEFT = 0
    BANNED = 1
    MEMBER = 2
    ADMIN = 3
    CREATOR = 4


PRESENT: Final = tuple(MemberStatus(status) for status in PRESENT_STATUSES)
"""Statuses of those who are in a chat."""

_MEMBER_COLUMNS: Final = (
    chat_members.c.user_id,
    chat_members.c.status,
    chat_members.c.date.label("member_date"),
    chat_members.c.inviter_id,
    chat_members.c.admin_rights,
    chat_members.c.banned_rights,
    chat_members.c.until_date,
    chat_members.c.rank,
    chat_members.c.available_min_id,
    chat_members.c.last_sent_at,
    chat_members.c.last_title,
)
_JOINED: Final = sa.and_(chat_members.c.peer_key == chats.c.peer_key, chat_members.c.user_id == sa.bindparam("viewer"))
_WITH_PHOTO: Final = (
    sa.select(chats, photos.c.photo, *_MEMBER_COLUMNS)
    .select_from(chats.outerjoin(photos, photos.c.id == chats.c.photo_id).outerjoin(chat_members, _JOINED))
    .where(chats.c.peer_key.in_(sa.bindparam("keys", expanding=True)))
)
_FOR_VIEWERS: Final = (
    sa.select(chats, photos.c.photo, *_MEMBER_COLUMNS)
    .select_from(
        chats.outerjoin(photos, photos.c.id == chats.c.photo_id).join(
            chat_members,
            sa.and_(
                chat_members.c.peer_key == chats.c.peer_key,
                chat_members.c.user_id.in_(sa.bindparam("viewers", expanding=True)),
            ),
        )
    )
    .where(chats.c.peer_key == sa.bindparam("key"))
)
_WITHOUT_PHOTO: Final = (
    sa.select(chats, *_MEMBER_COLUMNS)
    .select_from(chats.outerjoin(chat_members, _JOINED))
    .where(chats.c.peer_key == sa.bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class Membership:
    """A chat and what one account is in it; ``row`` has the columns of the chat and those of the member, or None."""

    viewer_id: int
    row: Any
    now: int

    @property
    def key(self) -> int:
        """The chat's key."""
        return int(self.row.peer_key)

    @property
    def kind(self) -> ChatKind:
        """Basic group, supergroup or broadcast channel."""
        return ChatKind(self.row.kind)

    @property
    def flags(self) -> ChatFlag:
        """The chat's switches."""
        return ChatFlag(self.row.flags)

    @property
    def is_channel(self) -> bool:
        """Supergroup or broadcast channel: it has a box of its own."""
        return self.kind is not ChatKind.BASIC

    @property
    def is_known(self) -> bool:
        """The account is or was in the chat."""
        return self.row.status is not None

    @property
    def is_member(self) -> bool:
        """In the chat now."""
        return self.row.status in PRESENT and not self.flags & ChatFlag.DEACTIVATED

    @property
    def is_creator(self) -> bool:
        """Its owner."""
        return bool(self.row.status == MemberStatus.CREATOR)

    @property
    def is_admin(self) -> bool:
        """An administrator or the owner."""
        return self.row.status in {MemberStatus.ADMIN, MemberStatus.CREATOR}

    @property
    def is_banned(self) -> bool:
        """Removed, or kept from reading, until a date that has not come."""
        return self.row.status == MemberStatus.BANNED and not self._ban_is_over

    @property
    def _ban_is_over(self) -> bool:
        return 0 < (self.row.until_date or 0) <= self.now

    @property
    def admin_rights(self) -> AdminRight:
        """What the account may do as an administrator."""
        if self.is_creator:
            # The owner's own mask says whether he is anonymous.
            return ALL_ADMIN_RIGHTS | AdminRight(self.row.admin_rights) & AdminRight.ANONYMOUS
        if self.row.status != MemberStatus.ADMIN:
            return AdminRight(0)
        return AdminRight(self.row.admin_rights) if self.is_channel else BASIC_ADMIN_RIGHTS

    @property
    def own_banned_rights(self) -> BannedRight:
        """Restrictions of this account alone."""
        if not self.row.banned_rights or self._ban_is_over:
            return BannedRight(0)
        return BannedRight(self.row.banned_rights)

    @property
    def banned_rights(self) -> BannedRight:
        """What the account may not do here: its own restrictions and those of all members; none for administrators."""
        return BannedRight(0) if self.is_admin else self.restrictions

    @property
    def restrictions(self) -> BannedRight:
        """His own restrictions and those of all members: an administrator too needs a right for what they forbid."""
        return self.own_banned_rights | BannedRight(self.row.default_banned_rights)


def membership(ctx: Context, viewer_id: int, key: int, *, lock: bool = False, share: bool = False) -> Membership | None:
    """A chat and what the account is in it, or None when there is no such chat; one statement.

    ``lock`` holds the chat's row until the unit of work ends: for changes of its members and counters. ``share`` only
    keeps such changes from happening meanwhile.
    """
    if lock and ctx.db.first(_LOCK, {"key": key}) is None:
        return None
    row = ctx.db.first(_SHARED if share else _WITHOUT_PHOTO, {"viewer": viewer_id, "key": key})
    return None if row is None else Membership(viewer_id, row, ctx.now)


def memberships(ctx: Context, viewer_id: int, keys: Collection[int]) -> dict[int, Membership]:
    """`membership` in several chats, by their keys; those that do not exist are left out. One statement."""
    rows = ctx.db.rows(_SEVERAL, {"viewer": viewer_id, "keys": list(keys)}) if keys else []
    return {row.peer_key: Membership(viewer_id, row, ctx.now) for row in rows}


_SEVERAL: Final = (
    sa.select(chats, *_MEMBER_COLUMNS)
    .select_from(chats.outerjoin(chat_members, _JOINED))
    .where(chats.c.peer_key.in_(sa.bindparam("keys", expanding=True)))
)
_SHARED: Final = _WITHOUT_PHOTO.with_for_update(read=True)
_LOCK: Final = sa.select(chats.c.peer_key).where(chats.c.peer_key == sa.bindparam("key")).with_for_update()


def chat_objects(
    ctx: Context, viewer_id: int, keys: Iterable[int], *, shown: Collection[int] = ()
) -> list[api.TypeChat]:
    """A chat or channel for each key as ``viewer_id`` sees it, each once, in the order given.

    One statement for a thousand keys, none for none; chatEmpty for a basic group that does not exist. ``shown``: the
    channels to which a link has led him, whose name he may see before he joins.
    """
    wanted = [key for key in dict.fromkeys(keys) if not is_user(key)]
    result: list[api.TypeChat] = []
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        rows = {row.peer_key: row for row in ctx.db.rows(_WITH_PHOTO, {"viewer": viewer_id, "keys": part})}
        result += [
            _object(ctx, Membership(viewer_id, rows[key], ctx.now), shown=key in shown)
            if key in rows
            else api.ChatEmpty(id=bare_id(key))
            for key in part
        ]
    return result


def chat_for_viewers(ctx: Context, key: int, viewer_ids: Sequence[int]) -> dict[int, api.TypeChat]:
    """One chat as each of many who are or were in it sees it, for pushes; a statement for a thousand viewers."""
    result: dict[int, api.TypeChat] = {}
    for start in range(0, len(viewer_ids), _BATCH):
        part = viewer_ids[start : start + _BATCH]
        for row in ctx.db.rows(_FOR_VIEWERS, {"viewers": part, "key": key}):
            result[row.user_id] = _object(ctx, Membership(row.user_id, row, ctx.now))
    return result


@dataclass(frozen=True, slots=True)
class PeerObjects:
    """The ``users`` and ``chats`` of an answer."""

    users: list[api.TypeUser]
    chats: list[api.TypeChat]


def peer_objects(ctx: Context, viewer_id: int, keys: Iterable[int]) -> PeerObjects:
    """Users and chats for the keys of peers, as the viewer sees them: what every answer names must stand in it."""
    wanted = list(dict.fromkeys(keys))
    return PeerObjects(
        user_objects(ctx, viewer_id, [key for key in wanted if is_user(key)]),
        chat_objects(ctx, viewer_id, [key for key in wanted if not is_user(key)]),
    )


def channel_access_hash(ctx: Context, viewer_id: int, key: int) -> int:
    """The access_hash under which ``viewer_id`` may name the channel."""
    return ctx.keys.access_hash("channel", viewer_id, bare_id(key))


def input_peer(ctx: Context, viewer_id: int, key: int) -> api.TypeInputPeer:
    """The InputPeer under which ``viewer_id`` may name a user, group or channel."""
    if key == viewer_id:
        return api.InputPeerSelf()
    if is_user(key):
        return api.InputPeerUser(user_id=key, access_hash=user_access_hash(ctx, viewer_id, key))
    if is_channel(key):
        return api.InputPeerChannel(channel_id=bare_id(key), access_hash=channel_access_hash(ctx, viewer_id, key))
    return api.InputPeerChat(chat_id=bare_id(key))


def input_channel(ctx: Context, viewer_id: int, key: int) -> api.InputChannel:
    """The InputChannel under which ``viewer_id`` may name the channel."""
    return api.InputChannel(channel_id=bare_id(key), access_hash=channel_access_hash(ctx, viewer_id, key))


def _object(ctx: Context, member: Membership, *, shown: bool = False) -> api.TypeChat:
    return _channel(ctx, member, shown=shown) if member.is_channel else _basic(ctx, member)


def _basic(ctx: Context, member: Membership) -> api.TypeChat:
    row, flags = member.row, member.flags
    if row.status not in PRESENT:
        # Strangers learn nothing, those who were in the group only which one it was.
        return api.ChatForbidden(id=bare_id(row.peer_key), title=_last_title(member))
    return api.Chat(
        creator=member.is_creator,
        deactivated=bool(flags & ChatFlag.DEACTIVATED),
        noforwards=bool(flags & ChatFlag.NOFORWARDS),
        id=bare_id(row.peer_key),
        title=row.title,
        photo=_photo(ctx, row),
        participants_count=row.members_count,
        date=row.date,
        version=row.version,
        migrated_to=input_channel(ctx, member.viewer_id, row.migrated_to) if row.migrated_to else None,
        admin_rights=admin_rights_object(member.admin_rights & BASIC_ADMIN_RIGHTS | _added(member))
        if member.is_admin
        else None,
        default_banned_rights=banned_rights_object(row.default_banned_rights),
    )


def _last_title(member: Membership) -> str:
    """What somebody who may not look into a chat knows of its name."""
    return (member.row.last_title or member.row.title) if member.is_known else ""


def _added(member: Membership) -> AdminRight:
    return AdminRight.ADD_ADMINS if member.is_creator else AdminRight(0)


def _channel(ctx: Context, member: Membership, *, shown: bool) -> api.TypeChat:
    row, flags = member.row, member.flags
    is_broadcast = member.kind is ChatKind.BROADCAST
    access_hash = channel_access_hash(ctx, member.viewer_id, row.peer_key)
    if not is_readable(member) and not shown:
        return api.ChannelForbidden(
            broadcast=is_broadcast,
            megagroup=not is_broadcast,
            id=bare_id(row.peer_key),
            access_hash=access_hash,
            title=_last_title(member),
            until_date=row.until_date or None if member.is_banned else None,
        )
    own = member.own_banned_rights
    return api.Channel(
        creator=member.is_creator,
        left=not member.is_member,
        broadcast=is_broadcast,
        megagroup=not is_broadcast,
        verified=bool(flags & ChatFlag.VERIFIED),
        signatures=bool(flags & ChatFlag.SIGNATURES),
        signature_profiles=bool(flags & ChatFlag.SIGNATURE_PROFILES),
        has_link=row.linked_chat_key is not None,
        slowmode_enabled=row.slowmode_s > 0,
        noforwards=bool(flags & ChatFlag.NOFORWARDS),
        join_to_send=bool(flags & ChatFlag.JOIN_TO_SEND),
        join_request=bool(flags & ChatFlag.JOIN_REQUEST),
        forum=bool(flags & ChatFlag.FORUM),
        forum_tabs=bool(flags & ChatFlag.FORUM_TABS),
        autotranslation=bool(flags & ChatFlag.AUTOTRANSLATION),
        id=bare_id(row.peer_key),
        access_hash=access_hash,
        title=row.title,
        username=row.username,
        photo=_photo(ctx, row),
        date=row.member_date if member.is_member else row.date,
        admin_rights=admin_rights_object(member.admin_rights) if member.is_admin else None,
        banned_rights=banned_rights_object(own, row.until_date) if own else None,
        default_banned_rights=None if is_broadcast else banned_rights_object(row.default_banned_rights),
        participants_count=row.members_count,
    )


def is_readable(member: Membership) -> bool:
    """A channel that the account may look into: as a member, or because it is public; never when banned or deleted."""
    if member.flags & ChatFlag.DEACTIVATED or member.is_banned:
        return False
    if member.own_banned_rights & BannedRight.VIEW_MESSAGES:
        return False
    return member.is_member or member.row.username is not None


def may_see_chat_photo(ctx: Context, viewer_id: int, key: int, photo_id: int) -> bool:
    """Whether the viewer may see this photo of a chat: the present one, where he is in it or may look into it."""
    member = membership(ctx, viewer_id, key)
    if member is None or member.row.photo_id != photo_id:
        return False
    return is_readable(member) if member.is_channel else member.row.status in PRESENT


def _photo(ctx: Context, row: Any) -> api.TypeChatPhoto:
    if row.photo_id is None:
        return api.ChatPhotoEmpty()
    return api.ChatPhoto(photo_id=row.photo_id, dc_id=ctx.settings.dc_id, stripped_thumb=stripped_thumb(row.photo))
