"""Users and chats as nobody in particular sees them: https://core.telegram.org/api/min.

A channel's push is the same for all its members, so the peers in it are ``min`` objects: without access_hash, phone,
status or photo, which depend on who looks. A client that knows the peer keeps what it has, one that does not names it
by the message it came with.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chats import ChatFlag, ChatKind
from layers.domain.peers import bare_id, is_channel
from layers.schema import chats, users
from tl import api


def min_user_objects(ctx: Context, user_ids: Collection[int]) -> list[api.TypeUser]:
    """A ``min`` user for each id that exists; one statement, none for none."""
    if not user_ids:
        return []
    columns = (users.c.id, users.c.first_name, users.c.last_name, users.c.username, users.c.bot, users.c.deleted)
    rows = ctx.db.rows(sa.select(*columns, users.c.verified).where(users.c.id.in_(list(user_ids))).order_by(users.c.id))
    return [
        api.User(id=row.id, min=True, deleted=True)
        if row.deleted
        else api.User(
            id=row.id,
            min=True,
            bot=bool(row.bot),
            bot_info_version=1 if row.bot else None,
            verified=bool(row.verified),
            first_name=row.first_name or None,
            last_name=row.last_name or None,
            username=row.username,
        )
        for row in rows
    ]


def min_chat_objects(ctx: Context, keys: Collection[int]) -> list[api.TypeChat]:
    """A ``min`` channel for each key that exists; one statement, none for none. Basic groups have no such form."""
    wanted = [key for key in keys if is_channel(key)]
    if not wanted:
        return []
    rows = ctx.db.rows(sa.select(chats).where(chats.c.peer_key.in_(wanted)).order_by(chats.c.peer_key.desc()))
    return [
        api.Channel(
            id=bare_id(row.peer_key),
            min=True,
            broadcast=row.kind == ChatKind.BROADCAST,
            megagroup=row.kind == ChatKind.SUPERGROUP,
            forum=bool(row.flags & ChatFlag.FORUM),
            noforwards=bool(row.flags & ChatFlag.NOFORWARDS),
            title=row.title,
            username=row.username,
            photo=api.ChatPhotoEmpty(),
            date=row.date,
        )
        for row in rows
    ]


def forbidden_channel(channel_key: int) -> api.ChannelForbidden:
    """A channel that was deleted."""
    return api.ChannelForbidden(id=bare_id(channel_key), access_hash=0, title="")
