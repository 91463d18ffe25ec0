"""Sticker sets, who has installed them, and the lists of stickers and GIFs that accounts keep."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text

sticker_sets = table(
    "sticker_sets",
    big("set_id", primary_key=True, autoincrement=False),
    big("owner_id"),
    integer("kind"),
    text("title", 64),
    text("title_key", 64),
    text("short_name", 64),
    text("short_name_key", 64),
    flag("text_color"),
    integer("count"),
    integer("hash"),
    big("cover_id", nullable=True),
    big("thumb_id", nullable=True),
    integer("thumb_version", default=0),
    text("software", 64, default=""),
    integer("date"),
    sa.Index("uq_sticker_sets_short_name_key", "short_name_key", unique=True),
    sa.Index("ix_sticker_sets_title_key", "title_key"),
    sa.Index("ix_sticker_sets_owner_id_date", "owner_id", "date"),
)
"""``kind`` is a `layers.domain.sticker_sets.Kind`; the keys are folded to be looked up; ``hash`` names a state of the
set; ``cover_id``: its first sticker; ``thumb_id``: a document that stands for it, or None."""

stickers = table(
    "stickers",
    big("set_id", primary_key=True, autoincrement=False),
    big("document_id", primary_key=True, autoincrement=False),
    integer("rank"),
    text("emoji", 255),
    text("keywords", 255, default=""),
    sa.Index("ix_stickers_document_id", "document_id"),
    sa.Index("ix_stickers_set_id_rank", "set_id", "rank"),
)
"""The stickers of a set by rising ``rank``. ``emoji``: those it stands for, with spaces between them."""

sticker_emoji = table(
    "sticker_emoji",
    big("set_id", primary_key=True, autoincrement=False),
    text("emoji", 32, primary_key=True),
    big("document_id", primary_key=True, autoincrement=False),
    sa.Index("ix_sticker_emoji_emoji_document_id", "emoji", "document_id"),
)
"""Stickers by emoji."""

sticker_words = table(
    "sticker_words",
    big("set_id", primary_key=True, autoincrement=False),
    text("word", 32, primary_key=True),
    big("document_id", primary_key=True, autoincrement=False),
    sa.Index("ix_sticker_words_word_document_id", "word", "document_id"),
)
"""Stickers by the folded words of their keywords."""

installed_sets = table(
    "installed_sets",
    big("owner_id", primary_key=True, autoincrement=False),
    big("set_id", primary_key=True, autoincrement=False),
    integer("kind"),
    flag("archived"),
    integer("rank"),
    integer("date"),
    sa.Index("ix_installed_sets_owner_id_kind_archived_rank", "owner_id", "kind", "archived", "rank"),
)
"""The sets that an account has, the higher ``rank`` first."""

kept_documents = table(
    "kept_documents",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("list", primary_key=True, autoincrement=False),
    big("document_id", primary_key=True, autoincrement=False),
    integer("rank"),
    integer("date"),
    sa.Index("ix_kept_documents_owner_id_list_rank", "owner_id", "list", "rank"),
)
"""Favourite and recent stickers and saved GIFs (`layers.domain.kept_documents.Shelf`), the higher ``rank`` first."""
