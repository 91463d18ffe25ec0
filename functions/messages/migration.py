"""A basic group becomes a supergroup: https://core.telegram.org/api/channel#migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from functions.channels.create import make_channel
from layers.context import Context
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_members import check_channels_limit, enter, tell_channels_changed
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import answer_and_push_channel
from layers.domain.chat_access import access_chat
from layers.domain.chat_rights import BASIC_ADMIN_RIGHTS
from layers.domain.chats import ChatFlag, ChatKind, Membership, MemberStatus
from layers.domain.groups import act, group_recipient, refreshed
from layers.domain.members import change_chat, participants
from layers.domain.peers import bare_id
from layers.domain.updates import merged
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import chat_invites, chat_joins, chat_members, chats, users
from tl import api


@function(api.messages.MigrateChat, writes=True, flood=FloodLimit(20, 3600))
def migrate_chat(ctx: Context, request: api.messages.MigrateChat) -> api.Updates:
    """The owner makes a supergroup of a basic group: the same members, links and rights; the old group is closed.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, CHANNELS_TOO_MUCH; as `access_chat`.
    """
    old = access_chat(ctx, request.chat_id, lock=True)
    if not old.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return migrate(ctx, old)[1]


def migrate(ctx: Context, old: Membership) -> tuple[Membership, api.Updates]:
    """Make a supergroup of a group of the caller's whose row is locked; what it is now, and his answer.

    Raises:
        RpcError: CHANNELS_TOO_MUCH.
    """
    check_channels_limit(ctx, ctx.user_id)
    rows = participants(ctx, old.key)
    new = _make_successor(ctx, old, rows)
    change_chat(
        ctx, old.key, flags=int(old.flags | ChatFlag.DEACTIVATED), migrated_to=new.key, version=chats.c.version + 1
    )
    for table in (chat_invites, chat_joins):
        ctx.db.execute(sa.update(table).where(table.c.peer_key == old.key).values(peer_key=new.key))
    left = act(ctx, group_recipient(ctx, old), api.MessageActionChatMigrateTo(channel_id=bare_id(new.key)))
    with open_channel_box(ctx, new.key) as box:
        action = api.MessageActionChannelMigrateFrom(title=old.row.title, chat_id=bare_id(old.key))
        append_service(ctx, box, new, action)
    entered = answer_and_push_channel(ctx, box, first=[api.UpdateChannel(channel_id=bare_id(new.key))])
    tell_channels_changed(ctx, [row.user_id for row in rows], new.key)
    return new, merged(left, entered)


def _make_successor(ctx: Context, old: Membership, rows: Sequence[Any]) -> Membership:
    """The supergroup with everyone in it; statements do not depend on their number."""
    new = make_channel(ctx, ChatKind.SUPERGROUP, old.row.title, old.row.about)
    others = [row.user_id for row in rows if row.user_id != ctx.user_id]
    bots = ctx.db.scalars(sa.select(users.c.id).where(users.c.id.in_(others), users.c.bot))
    enter(ctx, new.key, others, known={}, last_message_id=0, inviter_id=ctx.user_id, bots=frozenset(bots))
    admins = [row.user_id for row in rows if row.status == MemberStatus.ADMIN]
    ctx.db.execute(
        sa.update(chat_members)
        .where(chat_members.c.peer_key == new.key, chat_members.c.user_id.in_(admins))
        .values(status=int(MemberStatus.ADMIN), admin_rights=int(BASIC_ADMIN_RIGHTS), promoted_by=ctx.user_id)
    )
    ranks = [{"user": row.user_id, "given": row.rank} for row in rows if row.rank]
    if ranks:
        whose = (chat_members.c.peer_key == new.key, chat_members.c.user_id == sa.bindparam("user"))
        ctx.db.execute(sa.update(chat_members).where(*whose).values(rank=sa.bindparam("given")), ranks)
    change_chat(
        ctx,
        new.key,
        photo_id=old.row.photo_id,
        default_banned_rights=old.row.default_banned_rights,
        flags=int(new.flags | old.flags & ChatFlag.NOFORWARDS),
        admins_count=1 + len(admins),
        pending_count=old.row.pending_count,
        migrated_from=old.key,
    )
    return refreshed(ctx, new)
