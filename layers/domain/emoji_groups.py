"""Groups of emoji that clients show above lists of emoji and stickers: https://core.telegram.org/api/emoji-categories.

``emoji_groups.json`` of the content folder: a list of objects with ``title``, ``icon`` (a file), ``emoticons`` and
``for``, where the group is shown; ``"greeting": true`` marks the stickers offered in an empty chat, ``"premium": true``
a group of premium stickers, which has no emoticons.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from layers.context import Context
from layers.domain.content_folder import Entry, Given, document_of, text_of, texts_of, wrong
from tl import api

_TITLE_LENGTH: Final = 64
_EMOJI_LENGTH: Final = 32


class Use(StrEnum):
    """Where groups are shown: names in the catalog."""

    EMOJI = "emoji_groups"
    STATUS = "emoji_status_groups"
    PROFILE_PHOTO = "emoji_profile_photo_groups"
    STICKER = "emoji_sticker_groups"


_NAMES: Final = {Use.EMOJI: "emoji", Use.STATUS: "status", Use.PROFILE_PHOTO: "profile_photo", Use.STICKER: "sticker"}


def builder(use: Use) -> Callable[[Context, Given], api.messages.EmojiGroups]:
    """What makes the stored list of a use."""

    def build(ctx: Context, given: Given) -> api.messages.EmojiGroups:
        groups = [_group(ctx, given, entry) for entry in given.entries if _NAMES[use] in _uses(entry)]
        # The hash of an empty list is 0, as everywhere.
        return api.messages.EmojiGroups(hash=given.hash if groups else 0, groups=groups)

    return build


def _uses(entry: Entry) -> list[str]:
    uses = texts_of(entry, "for")
    if not set(uses) <= set(_NAMES.values()):
        raise wrong(entry, "for")
    return uses


def _group(ctx: Context, given: Given, entry: Entry) -> api.TypeEmojiGroup:
    title = text_of(entry, "title", limit=_TITLE_LENGTH)
    premium = bool(entry.get("premium"))
    emoticons = [] if premium else texts_of(entry, "emoticons", limit=_EMOJI_LENGTH)
    if not premium and not emoticons:
        raise wrong(entry, "emoticons")
    icon = document_of(
        ctx, given.folder, text_of(entry, "icon"), emoticons[0] if emoticons else "⭐", custom_emoji=True
    )
    if premium:
        return api.EmojiGroupPremium(title=title, icon_emoji_id=icon.id)
    kind = api.EmojiGroupGreeting if entry.get("greeting") else api.EmojiGroup
    return kind(title=title, icon_emoji_id=icon.id, emoticons=emoticons)
