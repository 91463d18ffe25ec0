"""Who is in a chat: reading and writing rows of `chat_members`.

The chat's row is locked by whoever changes its members, so its counters and version agree with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.chats import PRESENT, MemberStatus
from layers.schema import chat_members, chats
from tl import api

_PRESENT: Final = chat_members.c.status.in_([int(status) for status in PRESENT])
_MEMBER_IDS: Final = sa.select(chat_members.c.user_id).where(chat_members.c.peer_key == sa.bindparam("key"), _PRESENT)
_MEMBERS: Final = (
    sa.select(chat_members)
    .where(chat_members.c.peer_key == sa.bindparam("key"), _PRESENT)
    .order_by(chat_members.c.status.desc(), chat_members.c.date, chat_members.c.user_id)
    .limit(limits.CHAT_SIZE)
)
_ROW: Final = sa.select(chat_members).where(
    chat_members.c.peer_key == sa.bindparam("key"), chat_members.c.user_id.in_(sa.bindparam("ids", expanding=True))
)


def member_ids(ctx: Context, key: int) -> list[int]:
    """Ids of everyone in a basic group."""
    return list(ctx.db.scalars(_MEMBER_IDS, {"key": key}))


def other_members(ctx: Context, key: int, user_id: int) -> list[int]:
    """`member_ids` without one of them."""
    return [member for member in member_ids(ctx, key) if member != user_id]


def member_rows(ctx: Context, key: int, user_ids: Collection[int]) -> dict[int, Any]:
    """Rows of these accounts in the chat, also of those who left or were removed."""
    rows = ctx.db.rows(_ROW, {"key": key, "ids": list(user_ids)}) if user_ids else []
    return {row.user_id: row for row in rows}


def participants(ctx: Context, key: int) -> Sequence[Any]:
    """Rows of everyone in a basic group, its creator first."""
    return ctx.db.rows(_MEMBERS, {"key": key})


def participant_object(row: Any) -> api.TypeChatParticipant:
    """chatParticipant of a row."""
    rank = row.rank or None
    if row.status == MemberStatus.CREATOR:
        return api.ChatParticipantCreator(user_id=row.user_id, rank=rank)
    constructor = api.ChatParticipantAdmin if row.status == MemberStatus.ADMIN else api.ChatParticipant
    return constructor(user_id=row.user_id, inviter_id=row.inviter_id, date=row.date, rank=rank)


def put_members(
    ctx: Context, key: int, user_ids: Iterable[int], *, inviter_id: int, available_min_id: int = 0
) -> list[int]:
    """Make accounts members, with nothing left of what they were before; the chat's count grows.

    Who is a member already is left alone. Returns those who were put in.
    """
    wanted = list(dict.fromkeys(user_ids))
    known = member_rows(ctx, key, wanted)
    added = [user_id for user_id in wanted if user_id not in known or known[user_id].status not in PRESENT]
    if not added:
        return []
    rows = [
        {
            "peer_key": key,
            "user_id": user_id,
            "status": int(MemberStatus.MEMBER),
            "date": ctx.now,
            "inviter_id": inviter_id,
            "admin_rights": 0,
            "banned_rights": 0,
            "until_date": 0,
            "rank": "",
            "promoted_by": 0,
            "kicked_by": 0,
            "available_min_id": available_min_id,
        }
        for user_id in added
    ]
    columns = [name for name in rows[0] if name not in {"peer_key", "user_id"}]
    upsert(ctx.db, chat_members, rows, update=columns)
    change_chat(ctx, key, members_count=chats.c.members_count + len(added), version=chats.c.version + 1)
    return added


def set_member(ctx: Context, key: int, user_id: int, **values: Any) -> None:
    """Change columns of one member's row."""
    ctx.db.execute(
        sa.update(chat_members)
        .where(chat_members.c.peer_key == key, chat_members.c.user_id == user_id)
        .values(**values)
    )


def take_out(ctx: Context, row: Any, status: MemberStatus, *, title: str, kicked_by: int = 0) -> None:
    """A member (his row) of a chat called ``title`` left (`LEFT`) or was removed (`BANNED`); its counts shrink."""
    key, was_admin = row.peer_key, row.status > MemberStatus.MEMBER
    gone = {
        "status": int(status),
        "date": ctx.now,
        "admin_rights": 0,
        "rank": "",
        "promoted_by": 0,
        "last_title": title,
    }
    set_member(ctx, key, row.user_id, **gone, kicked_by=kicked_by)
    change_chat(
        ctx,
        key,
        members_count=chats.c.members_count - 1,
        admins_count=chats.c.admins_count - int(was_admin),
        version=chats.c.version + 1,
    )


def change_chat(ctx: Context, key: int, **values: Any) -> None:
    """Change columns of the chat's row."""
    ctx.db.execute(sa.update(chats).where(chats.c.peer_key == key).values(**values))


def present_among(ctx: Context, key: int, user_ids: Collection[int]) -> set[int]:
    """Those of the accounts who are in the chat; one statement."""
    rows = member_rows(ctx, key, user_ids)
    return {user_id for user_id, row in rows.items() if row.status in PRESENT}


def former_members(key: int) -> sa.Select[Any]:
    """Ids of those who are no longer in the chat, as a subquery."""
    return sa.select(chat_members.c.user_id).where(chat_members.c.peer_key == key, ~_PRESENT)
