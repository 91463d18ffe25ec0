"""Presence: an account goes online and offline, and those who may know are told.

https://core.telegram.org/method/account.updateStatus. Nothing of it has a place in the update sequence: a client that
missed an updateUserStatus reads the status with the user.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.users import Seen, statuses_for_viewers
from layers.push import online_users, push_updates
from layers.schema import contacts, dialogs, users
from tl import api

ONLINE_EXPIRES_S: Final = limits.ONLINE_CLOUD_TIMEOUT_MS // 1000
"""An account that says nothing more is offline this long after it said "online"."""
ONLINE_RENEW_S: Final = 60
"""A renewal that moves the expiry by less is neither stored nor told."""
AUDIENCE_MAX: Final = 500
"""So many people at most, of those online, are told."""


def set_presence(ctx: Context, online: bool, *, user_id: int | None = None) -> None:
    """Note that an account (default: the caller's) came online or left, and push updateUserStatus to its audience.

    The audience are the account's other sessions and those online now who have it in their address book or a dialog
    with it. Repeating what is known does nothing; whoever sees no difference is not told.
    """
    user_id = ctx.user_id if user_id is None else user_id
    row = ctx.db.first(sa.select(users.c.online_until, users.c.last_seen).where(users.c.id == user_id))
    if row is None or not _is_news(row.online_until, online, ctx.now):
        return
    before = Seen(row.online_until, row.last_seen)
    after = Seen(ctx.now + ONLINE_EXPIRES_S if online else ctx.now, ctx.now)
    statuses = statuses_for_viewers(ctx, user_id, audience(ctx, user_id), before, after)
    ctx.db.execute(
        sa.update(users).where(users.c.id == user_id).values(online_until=after.online_until, last_seen=after.last_seen)
    )
    for viewer_id, (old, new) in statuses.items():
        if new != old:
            update = api.UpdateUserStatus(user_id=user_id, status=new)
            push_updates(ctx, viewer_id, api.UpdateShort(update=update, date=ctx.now))


def _is_news(online_until: int, online: bool, now: int) -> bool:
    if online:
        return now + ONLINE_EXPIRES_S - online_until >= ONLINE_RENEW_S
    return online_until > now


def audience(ctx: Context, user_id: int) -> list[int]:
    """Who is online now and knows the account, latest dialogs first, then address books."""
    correspondents = ctx.db.scalars(
        sa.select(dialogs.c.peer_key)
        .where(dialogs.c.owner_id == user_id, dialogs.c.folder_id == 0, dialogs.c.peer_key > 0)
        .order_by(dialogs.c.top_message_date.desc())
        .limit(AUDIENCE_MAX)
    )
    having_it = ctx.db.scalars(
        sa.select(contacts.c.owner_id).where(contacts.c.contact_id == user_id).limit(AUDIENCE_MAX)
    )
    known = dict.fromkeys([user_id, *correspondents, *having_it])
    return online_users(ctx.cache, known, ctx.now)[:AUDIENCE_MAX]
