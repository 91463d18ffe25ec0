"""What administrators choose for a channel's page: its first tab, a group's own stickers.

https://core.telegram.org/api/profile#tabs, https://core.telegram.org/method/channels.setStickers
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain.sticker_sets import set_objects
from layers.schema import channel_pages, sticker_sets
from tl import api

STICKERS_FROM: Final = 100
"""Members from which on a group may have stickers of its own."""
_TABS: Final[dict[str, type[Any]]] = {
    tab.TL_NAME: tab
    for tab in (
        api.ProfileTabPosts,
        api.ProfileTabGifts,
        api.ProfileTabMedia,
        api.ProfileTabFiles,
        api.ProfileTabMusic,
        api.ProfileTabVoice,
        api.ProfileTabLinks,
        api.ProfileTabGifs,
    )
}


def page_of(ctx: Context, key: int) -> Any:
    """The row of a channel's choices, or None."""
    return ctx.db.first(sa.select(channel_pages).where(channel_pages.c.peer_key == key))


def choose(ctx: Context, key: int, **values: Any) -> None:
    """Note a choice."""
    upsert(ctx.db, channel_pages, {"peer_key": key, **values}, update=tuple(values))


def tab_of(page: Any) -> api.TypeProfileTab | None:
    """The tab that a row names."""
    return _TABS[page.main_tab]() if page is not None and page.main_tab else None


def stickers_of(ctx: Context, page: Any) -> api.StickerSet | None:
    """The set that a row names; None when there is none, or no more."""
    if page is None or not page.sticker_set_id:
        return None
    rows = ctx.db.rows(sa.select(sticker_sets).where(sticker_sets.c.set_id == page.sticker_set_id))
    return set_objects(ctx, ctx.user_id, rows)[0] if rows else None
