"""The admin log: what was done in a supergroup or channel, for two days.

https://core.telegram.org/api/recent-actions
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.schema import admin_log
from tl import TLObject, api

KEPT_S: Final = 2 * 86_400


class Kind(enum.IntEnum):
    """What an event is about: the flags of channelAdminLogEventsFilter; stored, so numbers never change."""

    JOIN = 0
    LEAVE = 1
    INVITE = 2
    BAN = 3
    UNBAN = 4
    KICK = 5
    UNKICK = 6
    PROMOTE = 7
    DEMOTE = 8
    INFO = 9
    SETTINGS = 10
    PINNED = 11
    EDIT = 12
    DELETE = 13
    GROUP_CALL = 14
    INVITES = 15
    SEND = 16
    FORUMS = 17


def log_event(ctx: Context, channel_key: int, kind: Kind, action: TLObject) -> None:
    """Write down what the caller did."""
    log_events(ctx, channel_key, kind, [(ctx.user_id, action)])


def log_events(ctx: Context, channel_key: int, kind: Kind, actions: Sequence[tuple[int, TLObject]]) -> None:
    """Write down who did what; one statement."""
    first_id = ctx.random_id()
    ctx.db.execute(
        sa.insert(admin_log),
        [
            {
                "peer_key": channel_key,
                "event_id": first_id + index,
                "date": ctx.now,
                "user_id": user_id,
                "kind": int(kind),
                "action": tl.encode(action),
            }
            for index, (user_id, action) in enumerate(actions)
        ],
    )


def kinds_of(filter: api.ChannelAdminLogEventsFilter | None) -> list[int] | None:
    """The kinds that a filter asks for; None for all."""
    if filter is None:
        return None
    return [int(kind) for kind in Kind if getattr(filter, kind.name.lower(), False)] or None


def prune(ctx: Context, batch: int = 1000) -> int:
    """Drop old events; returns how many."""
    found = ctx.db.rows(
        sa.select(admin_log.c.peer_key, admin_log.c.event_id).where(admin_log.c.date < ctx.now - KEPT_S).limit(batch)
    )
    for row in found:
        key: Any = sa.and_(admin_log.c.peer_key == row.peer_key, admin_log.c.event_id == row.event_id)
        ctx.db.execute(sa.delete(admin_log).where(key))
    return len(found)
