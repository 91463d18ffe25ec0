"""When the owner of a supergroup or channel leaves: https://core.telegram.org/api/channel#leaving-groups-channels.

Somebody else becomes its owner after a week, unless he comes back. Basic groups change hands at once
(`layers.domain.groups.hand_over`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_members import change_member, tell_channel_changed
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import push_channel_box
from layers.domain.chats import ChatKind, Membership, MemberStatus, membership
from layers.domain.members import change_chat, set_member
from layers.schema import chat_members, chats, successions, users
from tl import api

RETURN_S: Final = 7 * limits.DAY_S
"""How long an owner who left may come back as the owner."""


def heir_of(ctx: Context, key: int) -> int | None:
    """Who owns a chat when its owner leaves: the administrator, else the member, who has been in it the longest."""
    for status in (MemberStatus.ADMIN, MemberStatus.MEMBER):
        heir: int | None = ctx.db.scalar(
            sa.select(chat_members.c.user_id)
            .join(users, users.c.id == chat_members.c.user_id)
            .where(
                chat_members.c.peer_key == key,
                chat_members.c.status == int(status),
                users.c.bot.is_(False),
                users.c.deleted.is_(False),
            )
            .order_by(chat_members.c.date, chat_members.c.user_id)
            .limit(1)
        )
        if heir is not None:
            return heir
    return None


def appoint(ctx: Context, key: int, heir_id: int) -> None:
    """The caller, the owner of a channel, leaves it to somebody."""
    row = {
        "peer_key": key,
        "old_owner_id": ctx.user_id,
        "new_owner_id": heir_id,
        "due_at": ctx.now + RETURN_S,
    }
    upsert(ctx.db, successions, row, update=["old_owner_id", "new_owner_id", "due_at"])


def may_return(ctx: Context, key: int) -> bool:
    """Whether the caller is the owner of a channel who left it."""
    return _old_owner(ctx, key) == ctx.user_id


def _old_owner(ctx: Context, key: int) -> int | None:
    owner_id: int | None = ctx.db.scalar(sa.select(successions.c.old_owner_id).where(successions.c.peer_key == key))
    return owner_id


def welcome_back(ctx: Context, key: int, user_ids: Collection[int]) -> None:
    """If its old owner is among those who just came into a channel, he owns it again; its row must be locked."""
    owner_id = _old_owner(ctx, key)
    if owner_id is not None and owner_id in user_ids:
        ctx.db.execute(sa.delete(successions).where(successions.c.peer_key == key))
        set_member(ctx, key, owner_id, status=int(MemberStatus.CREATOR), banned_rights=0, until_date=0)
        change_chat(ctx, key, admins_count=chats.c.admins_count + 1)


def due_successions(ctx: Context, limit: int) -> Sequence[int]:
    """Channels whose owners did not come back in time."""
    statement = sa.select(successions.c.peer_key).where(successions.c.due_at <= ctx.now)
    return ctx.db.scalars(statement.order_by(successions.c.due_at).limit(limit))


def succeed(ctx: Context, key: int) -> None:
    """A channel gets its new owner: the one who was named, or if he is gone too, whoever is next."""
    row: Any = ctx.db.first(
        sa.select(successions).where(successions.c.peer_key == key, successions.c.due_at <= ctx.now).with_for_update()
    )
    if row is None:
        return
    ctx.db.execute(sa.delete(successions).where(successions.c.peer_key == key))
    heir = _present(ctx, key, row.new_owner_id) or _present(ctx, key, heir_of(ctx, key))
    if heir is None:
        return
    owns = {"status": int(MemberStatus.CREATOR), "admin_rights": 0, "banned_rights": 0, "until_date": 0}
    change_member(ctx, heir, heir.viewer_id, owns)
    change_chat(ctx, key, creator_id=heir.viewer_id)
    if heir.kind is ChatKind.SUPERGROUP:
        with open_channel_box(ctx, key) as box:
            action = api.MessageActionChangeCreator(new_creator_id=heir.viewer_id)
            append_service(ctx, box, heir, action, sender_id=heir.viewer_id)
        push_channel_box(ctx, box)
    tell_channel_changed(ctx, heir.viewer_id, key)


def _present(ctx: Context, key: int, user_id: int | None) -> Membership | None:
    found = None if user_id is None else membership(ctx, user_id, key, lock=True)
    return found if found is not None and found.is_member else None
