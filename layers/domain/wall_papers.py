"""Naming a wallpaper: https://core.telegram.org/api/wallpapers."""

from __future__ import annotations

from typing import Any

from layers.context import Context
from layers.domain.catalog import read_wall_papers
from layers.errors import bad_request
from tl import api


def find_wall_paper(ctx: Context, named: api.TypeInputWallPaper) -> Any:
    """Gate: the stored form of the wallpaper a client names; 400 WALLPAPER_INVALID."""
    for item in read_wall_papers(ctx).wallpapers:
        match named:
            case api.InputWallPaperSlug():
                is_meant = named.slug == getattr(item, "slug", None)
            case api.InputWallPaperNoFile():
                is_meant = isinstance(item, api.WallPaperNoFile) and named.id == item.id
            case api.InputWallPaper():
                expected = ctx.keys.access_hash("wallpaper", ctx.user_id, item.id)
                is_meant = (named.id, named.access_hash) == (item.id, expected)
        if is_meant:
            return item
    raise bad_request("WALLPAPER_INVALID")


def chosen_wall_paper(ctx: Context, named: api.TypeInputWallPaper, settings: api.WallPaperSettings | None) -> Any:
    """The wallpaper a client chose with its own settings; one without a file may be nothing but them.

    Raises:
        RpcError: WALLPAPER_INVALID.
    """
    check_settings(settings)
    if isinstance(named, api.InputWallPaperNoFile) and settings is not None and not named.id:
        if settings.background_color is None:
            raise bad_request("WALLPAPER_INVALID")
        return api.WallPaperNoFile(id=0, settings=settings)
    found = find_wall_paper(ctx, named)
    if settings is not None:
        found.settings = settings
    return found


def check_settings(settings: api.WallPaperSettings | None) -> None:
    """400 WALLPAPER_INVALID: settings that name a theme are for channels, which have none here."""
    if settings is not None and settings.emoticon:
        raise bad_request("WALLPAPER_INVALID")
