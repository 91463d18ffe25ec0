"""What the operator's content folder brings in beside `layers.schema.extras.catalog`, and what accounts saw of it."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text

emoji_languages = table(
    "emoji_languages",
    text("lang_code", 32, primary_key=True),
    integer("version"),
    text("suggest_url", 255, default=""),
)
"""Languages that emoji have keywords in; ``version`` rises with each change of them. ``suggest_url``: a page of the
operator where people propose keywords, or empty."""

emoji_keywords = table(
    "emoji_keywords",
    text("lang_code", 32, primary_key=True),
    text("keyword", 64, primary_key=True),
    text("emoji", 32, primary_key=True),
    integer("version"),
    flag("gone"),
    sa.Index("ix_emoji_keywords_lang_code_version", "lang_code", "version"),
)
"""``version``: the language's when the pair came, or went (``gone``)."""

featured_sets = table(
    "featured_sets",
    text("short_name_key", 64, primary_key=True),
    integer("rank"),
    integer("date"),
    sa.Index("ix_featured_sets_rank", "rank"),
)
"""Sticker sets that the operator recommends, the lowest ``rank`` first; a set by that name need not exist yet."""

featured_reads = table(
    "featured_reads",
    big("owner_id", primary_key=True, autoincrement=False),
    big("set_id", primary_key=True, autoincrement=False),
    integer("date"),
)
"""Recommended sets that an account has seen."""
