"""Themes and wallpapers of chats: those of the operator's content folder.

https://core.telegram.org/api/themes, https://core.telegram.org/api/wallpapers
"""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.catalog import read_chat_themes, read_wall_papers
from layers.domain.viewer_media import for_viewer
from layers.domain.wall_papers import find_wall_paper
from layers.errors import bad_request
from layers.registry import function
from tl import api

_WALL_PAPERS_MAX: Final = 100


@function(api.account.GetChatThemes)
def get_chat_themes(ctx: Context, request: api.account.GetChatThemes) -> api.account.TypeThemes:
    """Themes that a chat may have."""
    found = read_chat_themes(ctx)
    if request.hash and request.hash == found.hash:
        return api.account.ThemesNotModified()
    return for_viewer(ctx, ctx.user_id, found)


@function(api.account.GetTheme)
def get_theme(ctx: Context, request: api.account.GetTheme) -> api.TypeTheme:
    """One of them by id or name."""
    given = request.theme
    for theme in read_chat_themes(ctx).themes:
        if isinstance(given, api.InputThemeSlug):
            is_meant = given.slug == theme.slug
        else:
            expected = ctx.keys.access_hash("theme", ctx.user_id, theme.id)
            is_meant = (given.id, given.access_hash) == (theme.id, expected)
        if is_meant:
            return for_viewer(ctx, ctx.user_id, theme)
    raise bad_request("THEME_INVALID")


@function(api.account.GetWallPapers)
def get_wall_papers(ctx: Context, request: api.account.GetWallPapers) -> api.account.TypeWallPapers:
    """Wallpapers to choose from."""
    found = read_wall_papers(ctx)
    if request.hash and request.hash == found.hash:
        return api.account.WallPapersNotModified()
    return for_viewer(ctx, ctx.user_id, found)


@function(api.account.GetWallPaper)
def get_wall_paper(ctx: Context, request: api.account.GetWallPaper) -> api.TypeWallPaper:
    """One wallpaper by id or name."""
    found: api.TypeWallPaper = for_viewer(ctx, ctx.user_id, find_wall_paper(ctx, request.wallpaper))
    return found


@function(api.account.GetMultiWallPapers)
def get_multi_wall_papers(ctx: Context, request: api.account.GetMultiWallPapers) -> list[api.TypeWallPaper]:
    """Several of them."""
    if len(request.wallpapers) > _WALL_PAPERS_MAX:
        raise bad_request("WALLPAPER_INVALID")
    return [for_viewer(ctx, ctx.user_id, find_wall_paper(ctx, item)) for item in request.wallpapers]
