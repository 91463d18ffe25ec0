"""What an operator offers to every client, from a folder of files.

https://core.telegram.org/api/reactions, https://core.telegram.org/api/effects. ``reactions.json`` and ``effects.json``
in the folder of the setting ``content`` are lists of objects whose keys are the fields of availableReaction and
availableEffect, with file names (WebP, TGS or WebM beside them) where those have documents. A periodic job takes the
files in as documents and keeps the finished lists in the database, where each node finds them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import chat_themes, emoji_groups, emoji_keywords, featured_sets
from layers.domain.content_folder import Entry, Given, document_of, entries_of, fingerprint, text_of
from layers.domain.viewer_media import for_viewer
from layers.schema import catalog
from tl import TLObject, api

_REACTIONS: Final = "available_reactions"
_EFFECTS: Final = "available_effects"
_WALL_PAPERS: Final = "wall_papers"
_CHAT_THEMES: Final = "chat_themes"
_REQUIRED: Final = ("static_icon", "appear_animation", "select_animation", "activate_animation", "effect_animation")
_OPTIONAL: Final = ("around_animation", "center_icon")


def read_reactions(ctx: Context) -> api.messages.AvailableReactions | None:
    """The operator's reactions in stored form; None when there are none."""
    value: Any = _read(ctx, _REACTIONS)
    return value  # type: ignore[no-any-return]


def reactions_for(ctx: Context, viewer_id: int) -> api.messages.AvailableReactions:
    """The operator's reactions with documents a viewer can fetch."""
    value = read_reactions(ctx) or api.messages.AvailableReactions(hash=0, reactions=[])
    for item in value.reactions:
        for name in (*_REQUIRED, *_OPTIONAL):
            for_viewer(ctx, viewer_id, getattr(item, name))
    return value


def effects_for(ctx: Context, viewer_id: int) -> api.messages.AvailableEffects:
    """The operator's message effects with documents a viewer can fetch."""
    value: Any = _read(ctx, _EFFECTS) or api.messages.AvailableEffects(hash=0, effects=[], documents=[])
    for document in value.documents:
        for_viewer(ctx, viewer_id, document)
    return value  # type: ignore[no-any-return]


def is_effect(ctx: Context, effect_id: int) -> bool:
    """Whether a message may be sent with this effect."""
    value: Any = _read(ctx, _EFFECTS)
    return value is not None and any(effect.id == effect_id for effect in value.effects)


def groups_for(ctx: Context, use: emoji_groups.Use) -> api.messages.EmojiGroups:
    """The operator's groups of emoji for a use."""
    value: Any = _read(ctx, use.value)
    return value or api.messages.EmojiGroups(hash=0, groups=[])


def read_wall_papers(ctx: Context) -> api.account.WallPapers:
    """The operator's wallpapers in stored form."""
    value: Any = _read(ctx, _WALL_PAPERS)
    return value or api.account.WallPapers(hash=0, wallpapers=[])


def read_chat_themes(ctx: Context) -> api.account.Themes:
    """The operator's themes of chats in stored form."""
    value: Any = _read(ctx, _CHAT_THEMES)
    return value or api.account.Themes(hash=0, themes=[])


def _read(ctx: Context, name: str) -> TLObject | None:
    stored = ctx.db.scalar(sa.select(catalog.c.value).where(catalog.c.name == name))
    return None if stored is None else tl.decode(stored)


def import_folder(ctx: Context, folder: Path) -> list[str]:
    """Take a content folder in; the names of the lists that changed.

    Raises:
        ConfigurationError: a list or a file is not as it should be.
    """
    changed = []
    for name, (file, build) in _LISTS.items():
        path = folder / file
        entries = entries_of(path)
        state = fingerprint(folder, path)
        known = ctx.db.scalar(sa.select(catalog.c.fingerprint).where(catalog.c.name == name))
        if known == state or (known is None and not entries):
            continue
        value = build(ctx, Given(folder, entries, int(state[:7], 16) or 1))
        upsert(
            ctx.db,
            catalog,
            {"name": name, "fingerprint": state, "value": None if value is None else tl.encode(value)},
            update=["fingerprint", "value"],
        )
        changed.append(name)
    return changed


def _reactions(ctx: Context, given: Given) -> api.messages.AvailableReactions:
    found = []
    for entry in given.entries:
        emoji = text_of(entry, "reaction").replace("\ufe0f", "")
        files = {name: document_of(ctx, given.folder, text_of(entry, name), emoji) for name in _REQUIRED}
        files |= {
            name: document_of(ctx, given.folder, text_of(entry, name), emoji) for name in _OPTIONAL if name in entry
        }
        found.append(
            api.AvailableReaction(
                reaction=emoji,
                title=text_of(entry, "title"),
                inactive=bool(entry.get("inactive")),
                premium=bool(entry.get("premium")),
                **files,
            )
        )
    return api.messages.AvailableReactions(hash=given.hash, reactions=list(found))


def _effects(ctx: Context, given: Given) -> api.messages.AvailableEffects:
    found: list[api.TypeAvailableEffect] = []
    files: dict[int, api.TypeDocument] = {}
    for entry in given.entries:
        emoji = text_of(entry, "emoticon")
        named = _effect_files(ctx, given.folder, entry, emoji)
        files |= {document.id: document for document in named.values()}
        ids = {f"{name}_id": document.id for name, document in named.items()}
        found.append(
            api.AvailableEffect(
                id=named["effect_sticker"].id,
                emoticon=emoji,
                premium_required=bool(entry.get("premium_required")),
                **ids,
            )
        )
    return api.messages.AvailableEffects(hash=given.hash, effects=found, documents=list(files.values()))


def _effect_files(ctx: Context, folder: Path, entry: Entry, emoji: str) -> dict[str, api.Document]:
    return {
        name: document_of(ctx, folder, text_of(entry, name), emoji)
        for name in ("effect_sticker", "static_icon", "effect_animation")
        if name in entry or name == "effect_sticker"
    }


_LISTS: Final[dict[str, tuple[str, Callable[[Context, Given], TLObject | None]]]] = {
    _REACTIONS: ("reactions.json", _reactions),
    _EFFECTS: ("effects.json", _effects),
    "emoji_keywords": ("emoji_keywords.json", emoji_keywords.take_in),
    "featured_sets": ("featured_sets.json", featured_sets.take_in),
    _WALL_PAPERS: ("wallpapers.json", chat_themes.wall_papers),
    _CHAT_THEMES: ("chat_themes.json", chat_themes.themes),
    **{use.value: ("emoji_groups.json", emoji_groups.builder(use)) for use in emoji_groups.Use},
}
"""Name in the catalog → the file, and what makes the stored value of it: None where tables of its own hold the list."""
