"""Notification settings as they are stored: exceptions for peers and the defaults of three kinds of chats.

https://core.telegram.org/api/push-updates#notification-settings
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.schema import notify_settings
from tl import api


def peer_scope(peer_key: int) -> str:
    """The scope under which a peer's exception is stored."""
    return f"peer:{peer_key}"


def peer_notify_settings(ctx: Context, owner_id: int, peer_key: int) -> api.PeerNotifySettings:
    """The owner's settings for a peer; empty where he follows the defaults."""
    return notify_settings_of(ctx, owner_id, [peer_key])[peer_key]


def notify_settings_of(ctx: Context, owner_id: int, peer_keys: Iterable[int]) -> dict[int, api.PeerNotifySettings]:
    """`peer_notify_settings` for many peers in one statement."""
    keys = list(peer_keys)
    if not keys:
        return {}
    stored = scoped_settings(ctx, owner_id, [peer_scope(key) for key in keys])
    return {key: stored.get(peer_scope(key)) or api.PeerNotifySettings() for key in keys}


def scoped_settings(ctx: Context, owner_id: int, scopes: Iterable[str]) -> dict[str, api.PeerNotifySettings]:
    """What is stored under the scopes ('users', 'chats', 'broadcasts', 'peer:<peer_key>'), by scope."""
    rows = ctx.db.rows(
        sa.select(notify_settings.c.scope, notify_settings.c.settings).where(
            notify_settings.c.owner_id == owner_id, notify_settings.c.scope.in_(list(scopes))
        )
    )
    return {row.scope: cast("api.PeerNotifySettings", tl.decode(row.settings)) for row in rows}
