"""Settings that an account's devices share and the server only keeps: one TL object under each name."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.schema import account_settings


class Setting(StrEnum):
    """Names in the table and the TL types they hold."""

    GLOBAL_PRIVACY = "global_privacy"  # globalPrivacySettings
    DEFAULT_HISTORY_TTL = "default_history_ttl"  # defaultHistoryTTL
    DEFAULT_REACTION = "default_reaction"  # Reaction
    REACTIONS_NOTIFY = "reactions_notify"  # reactionsNotifySettings
    AUTO_DOWNLOAD_LOW = "auto_download_low"  # autoDownloadSettings
    AUTO_DOWNLOAD_MEDIUM = "auto_download_medium"
    AUTO_DOWNLOAD_HIGH = "auto_download_high"
    AUTO_SAVE_USERS = "auto_save_users"  # autoSaveSettings
    AUTO_SAVE_CHATS = "auto_save_chats"
    AUTO_SAVE_BROADCASTS = "auto_save_broadcasts"


def read_settings(ctx: Context, user_id: int, *names: Setting) -> dict[Setting, Any]:
    """The stored ones of the named settings, in one statement."""
    rows = ctx.db.rows(
        sa.select(account_settings.c.name, account_settings.c.value).where(
            account_settings.c.user_id == user_id, account_settings.c.name.in_([name.value for name in names])
        )
    )
    return {Setting(row.name): tl.decode(row.value) for row in rows}


def write_setting(ctx: Context, name: Setting, value: tl.TLObject) -> None:
    """Keep a setting of the caller."""
    row = {"user_id": ctx.user_id, "name": name.value, "value": tl.encode(value)}
    upsert(ctx.db, account_settings, row, update=["value"])
