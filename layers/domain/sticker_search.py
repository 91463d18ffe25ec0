"""Searching all stickers and custom emoji: https://core.telegram.org/method/messages.searchStickers.

By emoji and by the words that their makers gave them. What stands in sets that the caller has comes first, then what
the operator recommends, then everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.emoji_keywords import emoji_of_words, languages_of
from layers.domain.set_kinds import Kind
from layers.domain.tags import words
from layers.schema import featured_sets, installed_sets, sticker_emoji, sticker_sets, sticker_words

_FOUND_MAX: Final = 500
"""A search finds at most so many, however it is paged."""
_CANDIDATES_MAX: Final = 2_000
"""Index entries looked at for one emoji or word."""
_EMOJI_MAX: Final = 30
_WORDS_MAX: Final = 8
_LANGUAGES_MAX: Final = 10


def search_text(ctx: Context, text: str, emoji: Sequence[str], lang_codes: Sequence[str], kind: Kind) -> list[int]:
    """Documents for emoji, or for a text: by words of the stickers, and by emoji whose keywords begin with it."""
    found_words = words(text)[:_WORDS_MAX]
    named = list(lang_codes[:_LANGUAGES_MAX])
    languages = languages_of(ctx, named) if text.strip() and named else []
    meant = emoji_of_words(ctx, text, languages, _EMOJI_MAX) if languages else []
    return search(ctx, [*emoji, *meant][:_EMOJI_MAX], found_words, kind, _FOUND_MAX)


def search(ctx: Context, emoji: Sequence[str], found_words: Sequence[str], kind: Kind, limit: int) -> list[int]:
    """Documents of a kind of set that stand for any of the emoji or are called by any of the words, in this order."""
    folded = list(dict.fromkeys(item.replace("\ufe0f", "")[:32] for item in emoji))
    asked = [(sticker_emoji, sticker_emoji.c.emoji, folded), (sticker_words, sticker_words.c.word, list(found_words))]
    branches = [
        sa.select(
            sa.select(
                table.c.document_id,
                table.c.set_id,
                sa.case({value: place for place, value in enumerate(values)}, value=column).label("place"),
            )
            .where(column.in_(values))
            .order_by(table.c.document_id.desc())
            .limit(_CANDIDATES_MAX)
            .subquery()
        )
        for table, column, values in asked
        if values
    ]
    if not branches:
        return []
    found = sa.union(*branches).subquery()
    had = sa.and_(
        installed_sets.c.owner_id == ctx.user_id,
        installed_sets.c.set_id == found.c.set_id,
        installed_sets.c.archived.is_(False),
    )
    first = sa.case((installed_sets.c.set_id.is_not(None), 0), (featured_sets.c.rank.is_not(None), 1), else_=2)
    rows = ctx.db.scalars(
        sa.select(found.c.document_id)
        .join(sticker_sets, sticker_sets.c.set_id == found.c.set_id)
        .outerjoin(installed_sets, had)
        .outerjoin(featured_sets, featured_sets.c.short_name_key == sticker_sets.c.short_name_key)
        .where(sticker_sets.c.kind == int(kind))
        .order_by(first, found.c.place, installed_sets.c.rank.desc(), featured_sets.c.rank, found.c.document_id.desc())
        .limit(limit)
    )
    return list(dict.fromkeys(rows))
