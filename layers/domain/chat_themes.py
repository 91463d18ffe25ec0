"""Themes and wallpapers of chats that the operator offers.

https://core.telegram.org/api/themes, https://core.telegram.org/api/wallpapers. ``wallpapers.json`` of the content
folder is a list of objects with ``slug``, optionally ``file`` (a picture), the flags ``pattern``, ``dark`` and
``default``, and ``settings``; ``chat_themes.json`` one of objects with ``emoticon``, ``title`` and ``settings``. Their
keys are the fields of wallPaper, wallPaperSettings, theme and themeSettings; colours are written ``"#rrggbb"``.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final

from layers.context import Context
from layers.domain.content_folder import Entry, Given, picture_of, text_of, wrong
from tl import api

_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BASES: Final[dict[str, type[Any]]] = {
    "classic": api.BaseThemeClassic,
    "day": api.BaseThemeDay,
    "night": api.BaseThemeNight,
    "tinted": api.BaseThemeTinted,
    "arctic": api.BaseThemeArctic,
}
_BACKGROUNDS: Final = (
    "background_color",
    "second_background_color",
    "third_background_color",
    "fourth_background_color",
)
_MESSAGE_COLORS: Final = 4


def wall_papers(ctx: Context, given: Given) -> api.account.WallPapers:
    """The stored list of wallpapers."""
    found: list[api.TypeWallPaper] = [_wall_paper(ctx, given, entry) for entry in given.entries]
    if len({item.id for item in found}) != len(found):
        raise wrong(given.entries[0], "slug")
    return api.account.WallPapers(hash=given.hash if found else 0, wallpapers=found)


def themes(ctx: Context, given: Given) -> api.account.Themes:
    """The stored list of themes."""
    found: list[api.TypeTheme] = [_theme(ctx, given, entry) for entry in given.entries]
    if len({item.id for item in found}) != len(found):
        raise wrong(given.entries[0], "emoticon")
    return api.account.Themes(hash=given.hash if found else 0, themes=found)


def _id_of(kind: str, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{kind} {name}".encode()).digest()[:8], "little") >> 1 or 1


def _wall_paper(ctx: Context, given: Given, entry: Entry) -> api.TypeWallPaper:
    slug = text_of(entry, "slug")
    if not _SLUG.fullmatch(slug):
        raise wrong(entry, "slug")
    flags = {name: bool(entry.get(name)) for name in ("default", "dark")}
    settings = _wall_paper_settings(entry)
    if "file" not in entry:
        if settings is None or settings.background_color is None:
            raise wrong(entry, "settings")
        return api.WallPaperNoFile(id=_id_of("wallpaper", slug), settings=settings, **flags)
    return api.WallPaper(
        id=_id_of("wallpaper", slug),
        access_hash=0,
        slug=slug,
        pattern=bool(entry.get("pattern")),
        document=picture_of(ctx, given.folder, text_of(entry, "file")),
        settings=settings,
        **flags,
    )


def _wall_paper_settings(entry: Entry) -> api.WallPaperSettings | None:
    given = entry.get("settings")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise wrong(entry, "settings")
    colors: dict[str, Any] = {name: _color(given, name) for name in _BACKGROUNDS if name in given}
    rotation = _number(given, "rotation", 0, 359)
    # A gradient has an angle, and nothing else has.
    if "second_background_color" in colors:
        rotation = rotation or 0
    elif rotation is not None:
        raise wrong(entry, "rotation")
    return api.WallPaperSettings(
        blur=bool(given.get("blur")),
        motion=bool(given.get("motion")),
        intensity=_number(given, "intensity", -100, 100),
        rotation=rotation,
        **colors,
    )


def _theme(ctx: Context, given: Given, entry: Entry) -> api.Theme:
    emoticon = text_of(entry, "emoticon", limit=32).replace("\ufe0f", "")
    shown = entry.get("settings")
    if not isinstance(shown, list) or not shown or not all(isinstance(item, dict) for item in shown):
        raise wrong(entry, "settings")
    theme_id = _id_of("theme", emoticon)
    return api.Theme(
        for_chat=True,
        default=bool(entry.get("default")),
        id=theme_id,
        access_hash=0,
        slug=f"chat_{theme_id:x}",
        title=text_of(entry, "title", limit=64),
        emoticon=emoticon,
        settings=[_theme_settings(ctx, given, item) for item in shown],
    )


def _theme_settings(ctx: Context, given: Given, entry: Entry) -> api.ThemeSettings:
    base = _BASES.get(entry.get("base_theme", ""))
    colors = entry.get("message_colors", [])
    if base is None or not isinstance(colors, list) or len(colors) > _MESSAGE_COLORS:
        raise wrong(entry, "base_theme")
    paper = entry.get("wallpaper")
    if paper is not None and not isinstance(paper, dict):
        raise wrong(entry, "wallpaper")
    return api.ThemeSettings(
        base_theme=base(),
        accent_color=_color(entry, "accent_color"),
        outbox_accent_color=_color(entry, "outbox_accent_color") if "outbox_accent_color" in entry else None,
        message_colors=[_color({"color": color}, "color") for color in colors] or None,
        message_colors_animated=bool(entry.get("message_colors_animated")),
        wallpaper=None if paper is None else _wall_paper(ctx, given, paper),
    )


def _color(entry: Entry, name: str) -> int:
    value = entry.get(name)
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise wrong(entry, name)
    return int(value[1:], 16)


def _number(entry: Entry, name: str, lowest: int, highest: int) -> int | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or not lowest <= value <= highest:
        raise wrong(entry, name)
    return value
