"""What accounts have set for single chats, and the stickers that were put on pictures."""

from __future__ import annotations

from layers.schema.base import big, flag, integer, table, text, tl

peer_options = table(
    "peer_options",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    flag("translations_disabled"),
    flag("noforwards_mine"),
    flag("noforwards_peer"),
    text("theme_emoticon", 32, default=""),
    tl("wallpaper", nullable=True),
    tl("own_wallpaper", nullable=True),
    flag("wallpaper_overridden"),
)
"""An account's view of a chat. Those of a private chat that concern both sides stand in both accounts' rows.
``own_wallpaper``: the one that the account chose itself, while ``wallpaper_overridden`` says that the other side's
stands in its place."""

attached_stickers = table(
    "attached_stickers",
    big("media_id", primary_key=True, autoincrement=False),
    integer("position", primary_key=True, autoincrement=False),
    big("document_id"),
)
"""Stickers that were put on a photo or video (``media_id``: the id of either)."""
