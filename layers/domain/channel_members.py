"""Who is in a channel: joining, leaving, being removed; the counters and the chat list follow.

https://core.telegram.org/api/channel. A member has a row in `chat_members` and one in `dialogs`, which holds what he
has read and pinned; both are written when he acts, never by a post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context, Services
from layers.database import upsert
from layers.domain.channel_marks import forget_marks
from layers.domain.chats import PRESENT, Membership, MemberStatus, chat_for_viewers, chat_objects
from layers.domain.member_names import note_names
from layers.domain.peers import bare_id
from layers.errors import bad_request
from layers.push import announce_membership, push_updates
from layers.schema import box_states, chat_members, chats, dialogs
from layers.unit_of_work import run
from tl import api

CHANNELS_MAX: Final = 500
"""Supergroups and channels of one account: appConfig's channels_limit_default."""
_CHANNELS_BELOW: Final = -(10**12)


def read_channels(services: Services, user_id: int) -> Sequence[int]:
    """Keys of the channels a user is in, for the connection tier; blocking."""

    def read(ctx: Context) -> Sequence[int]:
        return channels_of(ctx, user_id)

    return run(services, read, writes=False)[0]


def channels_of(ctx: Context, user_id: int) -> Sequence[int]:
    """Keys of the channels a user is in."""
    return ctx.db.scalars(
        sa.select(chat_members.c.peer_key).where(
            chat_members.c.user_id == user_id,
            chat_members.c.status.in_([int(status) for status in PRESENT]),
            chat_members.c.peer_key < _CHANNELS_BELOW,
        )
    )


def channels_changed_since(ctx: Context, date: int) -> Sequence[Any]:
    """The caller's channels in which something happened at or after ``date``: their keys (``owner_id``) and pts."""
    return ctx.db.rows(
        sa.select(box_states.c.owner_id, box_states.c.pts)
        .join(chat_members, chat_members.c.peer_key == box_states.c.owner_id)
        .where(
            chat_members.c.user_id == ctx.user_id,
            chat_members.c.status.in_([int(status) for status in PRESENT]),
            chat_members.c.peer_key < _CHANNELS_BELOW,
            box_states.c.changed_at >= date,
        )
        .order_by(box_states.c.owner_id.desc())
    )


def check_channels_limit(ctx: Context, user_id: int) -> None:
    """400 CHANNELS_TOO_MUCH for an account that is in as many channels as it may be."""
    if len(channels_of(ctx, user_id)) >= CHANNELS_MAX:
        raise bad_request("CHANNELS_TOO_MUCH")


def enter(
    ctx: Context,
    channel_key: int,
    user_ids: Sequence[int],
    *,
    known: Mapping[int, Any],
    last_message_id: int,
    inviter_id: int = 0,
    status: MemberStatus = MemberStatus.MEMBER,
    hides_history: bool = False,
    bots: frozenset[int] = frozenset(),
) -> None:
    """Make users members; ``known`` has the present rows of `chat_members` of those who have one.

    Statements do not depend on the number of users. The chat's row must be locked.
    """
    if not user_ids:
        return
    values = [
        {
            "peer_key": channel_key,
            "user_id": user_id,
            "status": int(status),
            "date": ctx.now,
            "inviter_id": inviter_id,
            "available_min_id": last_message_id if hides_history else 0,
            "kicked_by": 0,
            "bot": user_id in bots,
            "banned_rights": _lasting_restriction(known.get(user_id), ctx.now),
            "until_date": _until(known.get(user_id), ctx.now),
        }
        for user_id in user_ids
    ]
    columns = ("status", "date", "inviter_id", "available_min_id", "kicked_by", "banned_rights", "until_date")
    upsert(ctx.db, chat_members, values, update=columns)
    note_names(ctx, channel_key, user_ids)
    freed = sum(1 for user_id in user_ids if user_id in known and known[user_id].status == MemberStatus.BANNED)
    _count(ctx, channel_key, members=len(user_ids), kicked=-freed)
    rows = [
        {"owner_id": user_id, "peer_key": channel_key, "read_inbox_max_id": last_message_id} for user_id in user_ids
    ]
    upsert(ctx.db, dialogs, rows, update=("read_inbox_max_id",))
    for user_id in user_ids:
        announce_membership(ctx, user_id, channel_key, is_member=True)


def _lasting_restriction(row: Any, now: int) -> int:
    """A member who was restricted and left comes back restricted."""
    if row is None or row.status == MemberStatus.BANNED or 0 < row.until_date <= now:
        return 0
    return int(row.banned_rights)


def _until(row: Any, now: int) -> int:
    return int(row.until_date) if _lasting_restriction(row, now) else 0


def change_member(ctx: Context, member: Membership, user_id: int, values: Mapping[str, Any]) -> None:
    """Change the row of somebody who is or was in the channel (or make one), with the chat's counters.

    ``member`` is what he was; the chat's row must be locked. Whoever is out afterwards loses the chat from his list.
    """
    before, row = _Standing.of(member.row), member.row
    changed = {
        "status": row.status if row.status is not None else int(MemberStatus.LEFT),
        "banned_rights": row.banned_rights or 0,
        **values,
    }
    key = member.key
    if row.status is None:
        defaults = {"peer_key": key, "user_id": user_id, "date": ctx.now}
        ctx.db.execute(sa.insert(chat_members), {**defaults, **changed})
        note_names(ctx, key, [user_id])
    else:
        ctx.db.execute(
            sa.update(chat_members)
            .where(chat_members.c.peer_key == key, chat_members.c.user_id == user_id)
            .values(**changed)
        )
    after = _Standing(changed["status"], changed["banned_rights"])
    _count(
        ctx,
        key,
        members=after.is_present - before.is_present,
        admins=after.is_admin - before.is_admin,
        kicked=after.is_banned - before.is_banned,
        restricted=after.is_restricted - before.is_restricted,
    )
    if before.is_present and not after.is_present:
        ctx.db.execute(sa.delete(dialogs).where(dialogs.c.owner_id == user_id, dialogs.c.peer_key == key))
        forget_marks(ctx, key, user_id)
        announce_membership(ctx, user_id, key, is_member=False)


class _Standing:
    """What counts of a member's row."""

    def __init__(self, status: int | None, banned_rights: int | None) -> None:
        self.is_present = int(status in PRESENT)
        self.is_admin = int(status in {MemberStatus.ADMIN, MemberStatus.CREATOR})
        self.is_banned = int(status == MemberStatus.BANNED)
        self.is_restricted = int(bool(banned_rights) and status != MemberStatus.BANNED)

    @classmethod
    def of(cls, row: Any) -> _Standing:
        """Of the columns of a Membership."""
        return cls(row.status, row.banned_rights)


def _count(ctx: Context, key: int, *, members: int = 0, admins: int = 0, kicked: int = 0, restricted: int = 0) -> None:
    changes = {
        "members_count": members,
        "admins_count": admins,
        "kicked_count": kicked,
        "restricted_count": restricted,
    }
    values = {name: chats.c[name] + number for name, number in changes.items() if number}
    if values:
        ctx.db.execute(sa.update(chats).where(chats.c.peer_key == key).values(**values))


def tell_channels_changed(ctx: Context, user_ids: Sequence[int], channel_key: int) -> None:
    """`tell_channel_changed` for many; one statement."""
    update = api.UpdateChannel(channel_id=bare_id(channel_key))
    for user_id, chat in chat_for_viewers(ctx, channel_key, user_ids).items():
        push_updates(ctx, user_id, api.Updates(updates=[update], users=[], chats=[chat], date=ctx.now, seq=0))


def leave_all(ctx: Context, user_id: int) -> None:
    """A deleted account is in no channel any more; four statements, whatever the number of channels."""
    keys = list(channels_of(ctx, user_id))
    if not keys:
        return
    mine = [chat_members.c.user_id == user_id, chat_members.c.peer_key.in_(keys)]
    staff = chat_members.c.status.in_([int(MemberStatus.ADMIN), int(MemberStatus.CREATOR)])
    administered = sa.select(chat_members.c.peer_key).where(*mine, staff)
    admins = ctx.db.scalars(administered)
    for column, changed in ((chats.c.members_count, keys), (chats.c.admins_count, list(admins))):
        if changed:
            ctx.db.execute(sa.update(chats).where(chats.c.peer_key.in_(changed)).values({column: column - 1}))
    left = {"status": int(MemberStatus.LEFT), "date": ctx.now, "admin_rights": 0, "rank": ""}
    ctx.db.execute(sa.update(chat_members).where(*mine).values(**left))
    ctx.db.execute(sa.delete(dialogs).where(dialogs.c.owner_id == user_id, dialogs.c.peer_key.in_(keys)))


def tell_channel_changed(ctx: Context, user_id: int, channel_key: int) -> None:
    """Show a user's devices the channel anew: he joined, was removed, or his rights changed."""
    update = api.UpdateChannel(channel_id=bare_id(channel_key))
    chat_list = chat_objects(ctx, user_id, [channel_key])
    container = api.Updates(updates=[update], users=[], chats=chat_list, date=ctx.now, seq=0)
    push_updates(ctx, user_id, container)
