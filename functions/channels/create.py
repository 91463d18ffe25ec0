"""Making and deleting supergroups and channels: https://core.telegram.org/api/channel."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.channel_box import create_channel_box, open_channel_box
from layers.domain.channel_members import check_channels_limit, enter, tell_channel_changed
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import answer_and_push_channel, push_channel
from layers.domain.chat_access import access_channel
from layers.domain.chats import ChatFlag, ChatKind, Membership, MemberStatus, membership, peer_objects
from layers.domain.peers import bare_id, peer_key
from layers.domain.topics import create_general
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import chat_members, chats, dialogs, usernames
from tl import api

_FLOOD: Final = FloodLimit(50, 3600)
_TITLE_MAX: Final = 128
_ABOUT_MAX: Final = 255


@function(
    api.channels.CreateChannel,
    writes=True,
    flood=_FLOOD,
    partial="geogroups; imported histories",
)
def create_channel(ctx: Context, request: api.channels.CreateChannel) -> api.TypeUpdates:
    """A new supergroup (``megagroup``, ``forum``) or broadcast channel of the caller.

    Raises:
        RpcError: CHAT_TITLE_EMPTY, CHAT_ABOUT_TOO_LONG, CHANNELS_TOO_MUCH, ADDRESS_INVALID.
    """
    if request.geo_point is not None or request.address is not None:
        raise bad_request("ADDRESS_INVALID")
    title = checked_title(request.title)
    about = checked_about(request.about)
    check_channels_limit(ctx, ctx.user_id)
    is_group = request.megagroup or request.forum or request.for_import
    kind = ChatKind.SUPERGROUP if is_group and not request.broadcast else ChatKind.BROADCAST
    member = make_channel(ctx, kind, title, about, forum=request.forum, ttl_period=request.ttl_period or None)
    with open_channel_box(ctx, member.key) as box:
        row = append_service(ctx, box, member, api.MessageActionChannelCreate(title=title))
    tell_channel_changed(ctx, ctx.user_id, member.key)
    first = [
        api.UpdateMessageID(id=row.message_id, random_id=ctx.random_long()),
        api.UpdateChannel(channel_id=bare_id(member.key)),
    ]
    return answer_and_push_channel(ctx, box, first=first)


def make_channel(
    ctx: Context,
    kind: ChatKind,
    title: str,
    about: str,
    *,
    forum: bool = False,
    ttl_period: int | None = None,
    creator_id: int | None = None,
) -> Membership:
    """The rows of a new channel: the chat, its box and its owner."""
    creator_id = ctx.user_id if creator_id is None else creator_id
    key = _new_key(ctx)
    ctx.db.execute(
        sa.insert(chats),
        {
            "peer_key": key,
            "kind": int(kind),
            "title": title,
            "about": about,
            "creator_id": creator_id,
            "date": ctx.now,
            "flags": int(ChatFlag.FORUM) if forum else 0,
            "ttl_period": ttl_period,
        },
    )
    create_channel_box(ctx, key)
    enter(ctx, key, [creator_id], known={}, last_message_id=0, status=MemberStatus.CREATOR)
    ctx.db.execute(sa.update(chats).where(chats.c.peer_key == key).values(admins_count=1))
    if forum:
        create_general(ctx, key, creator_id)
    found = membership(ctx, creator_id, key)
    if found is None:
        raise LookupError(f"channel {key} was not made")
    return found


def _new_key(ctx: Context) -> int:
    """The key of a channel that does not exist: random, so that there is no counter to contend for."""
    spread = limits.LAST_USER_ID - limits.FIRST_USER_ID
    while True:
        channel_id = limits.FIRST_USER_ID + int.from_bytes(ctx.services.random(8), "little") % spread
        key = peer_key(api.PeerChannel(channel_id=channel_id))
        if ctx.db.scalar(sa.select(chats.c.peer_key).where(chats.c.peer_key == key)) is None:
            return key


def checked_title(title: str) -> str:
    """The title, trimmed and cut; 400 CHAT_TITLE_EMPTY."""
    trimmed = " ".join(title.replace("\0", "").split())[:_TITLE_MAX]
    if not trimmed:
        raise bad_request("CHAT_TITLE_EMPTY")
    return trimmed


def checked_about(about: str) -> str:
    """The description; 400 CHAT_ABOUT_TOO_LONG."""
    if len(about) > _ABOUT_MAX:
        raise bad_request("CHAT_ABOUT_TOO_LONG")
    return about.replace("\0", "").strip()


@function(api.channels.DeleteChannel, writes=True, flood=_FLOOD)
def delete_channel(ctx: Context, request: api.channels.DeleteChannel) -> api.TypeUpdates:
    """Delete a channel for everyone; only its owner may. Nobody can read it afterwards.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, CHANNEL_TOO_LARGE above 1000 members.
    """
    member = access_channel(ctx, request.channel, member_only=True, lock=True)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    key = member.key
    if member.row.members_count > _DELETABLE_MEMBERS:
        raise bad_request("CHANNEL_TOO_LARGE")
    linked = member.row.linked_chat_key
    ctx.db.execute(
        sa.update(chats)
        .where(chats.c.peer_key == key)
        .values(
            flags=chats.c.flags.op("|")(int(ChatFlag.DEACTIVATED)),
            username=None,
            linked_chat_key=None,
        )
    )
    if linked is not None:
        ctx.db.execute(sa.update(chats).where(chats.c.peer_key == linked).values(linked_chat_key=None))
    ctx.db.execute(sa.delete(usernames).where(usernames.c.peer_key == key))
    update = api.UpdateChannel(channel_id=bare_id(key))
    push_channel(ctx, key, [update], forbidden=True)
    members = ctx.db.scalars(sa.select(chat_members.c.user_id).where(chat_members.c.peer_key == key))
    for start in range(0, len(members), _BATCH):
        part = members[start : start + _BATCH]
        ctx.db.execute(sa.delete(dialogs).where(dialogs.c.owner_id.in_(part), dialogs.c.peer_key == key))
    named = peer_objects(ctx, ctx.user_id, [key])
    return api.Updates(updates=[update], users=[], chats=named.chats, date=ctx.now, seq=0)


_DELETABLE_MEMBERS: Final = 1000
_BATCH: Final = 500
