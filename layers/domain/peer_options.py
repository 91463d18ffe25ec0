"""What an account has set for one chat, and what both sides of a private chat share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import outbox
from layers.domain.boxes import Box
from layers.domain.peers import peer_of
from layers.domain.viewer_media import for_viewer
from layers.schema import peer_options
from tl import api


def options_of(ctx: Context, owner_id: int, peer_key: int) -> Any:
    """The row of an account's chat, or None."""
    return ctx.db.first(
        sa.select(peer_options).where(peer_options.c.owner_id == owner_id, peer_options.c.peer_key == peer_key)
    )


def set_options(ctx: Context, owner_id: int, peer_key: int, **values: Any) -> None:
    """Set columns of an account's chat."""
    upsert(ctx.db, peer_options, {"owner_id": owner_id, "peer_key": peer_key, **values}, update=list(values))


def is_protected(options: Any) -> bool:
    """Whether one of the sides keeps a private chat's messages from being forwarded."""
    return options is not None and bool(options.noforwards_mine or options.noforwards_peer)


def add_options(ctx: Context, full: api.UserFull) -> None:
    """What the caller set for a private chat, on the other's page; wallpapers in stored form."""
    options = options_of(ctx, ctx.user_id, full.id)
    if options is None:
        return
    full.translations_disabled = bool(options.translations_disabled)
    full.noforwards_my_enabled = bool(options.noforwards_mine)
    full.noforwards_peer_enabled = bool(options.noforwards_peer)
    full.theme = api.ChatTheme(emoticon=options.theme_emoticon) if options.theme_emoticon else None
    wallpaper: Any = None if options.wallpaper is None else tl.decode(options.wallpaper)
    full.wallpaper = wallpaper
    full.wallpaper_overridden = bool(options.wallpaper_overridden)


def wallpaper_update(
    ctx: Context, viewer_id: int, peer_key: int, wallpaper: bytes | None, *, overridden: bool = False
) -> api.UpdatePeerWallpaper:
    """A chat has another wallpaper, for an account's devices."""
    shown: Any = None if wallpaper is None else tl.decode(wallpaper)
    update = api.UpdatePeerWallpaper(peer=peer_of(peer_key), wallpaper=shown, wallpaper_overridden=overridden)
    return for_viewer(ctx, viewer_id, update)


def take_look(ctx: Context, box: Box, look: outbox.Look) -> None:
    """Bring an account's side of a private chat up to date with what the other side did."""
    values: dict[str, Any] = {}
    if look.theme is not None:
        values["theme_emoticon"] = look.theme
    if look.noforwards is not None:
        values["noforwards_peer"] = look.noforwards
    if look.ends_protection:
        values["noforwards_mine"] = False
    if look.wallpaper is not None:
        values["wallpaper"] = bytes.fromhex(look.wallpaper)
        values["wallpaper_overridden"] = True
        present = options_of(ctx, box.owner_id, look.peer_key)
        if present is not None and not present.wallpaper_overridden:
            values["own_wallpaper"] = present.wallpaper
        box.announce(wallpaper_update(ctx, box.owner_id, look.peer_key, values["wallpaper"], overridden=True))
    set_options(ctx, box.owner_id, look.peer_key, **values)
