"""Words by which emoji are suggested while somebody types: https://core.telegram.org/api/custom-emoji#emoji-keywords.

``emoji_keywords.json`` of the content folder: a list of objects with ``lang_code``, ``keywords`` (word → list of emoji)
and optionally ``suggest_url``, a page where people propose keywords. A change of the file is a new version of the
languages it concerns; clients fetch what changed since theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain.content_folder import Entry, Given, text_of, texts_of, wrong
from layers.schema import emoji_keywords, emoji_languages
from tl import api

LANG_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,31}")
FIRST_VERSION: Final = 1
"""The version of a language without keywords."""
_KEYWORD_LENGTH: Final = 64
_EMOJI_LENGTH: Final = 32
_KEYWORDS_MAX: Final = 20_000
_BATCH: Final = 1_000

Pair: TypeAlias = tuple[str, str]
"""A keyword and an emoji."""


def take_in(ctx: Context, given: Given) -> None:
    """Bring the tables up to date with the file."""
    wanted: dict[str, tuple[set[Pair], str]] = {}
    for entry in given.entries:
        code, pairs, url = _language(entry)
        if code in wanted:
            raise wrong(entry, "lang_code")
        wanted[code] = (pairs, url)
    known = {row.lang_code: row for row in ctx.db.rows(sa.select(emoji_languages))}
    for code in sorted({*wanted, *known}):
        pairs, url = wanted.get(code, (set(), ""))
        _change(ctx, code, known.get(code), pairs, url)


def _language(entry: Entry) -> tuple[str, set[Pair], str]:
    code = text_of(entry, "lang_code", limit=32)
    keywords = entry.get("keywords")
    if not LANG_CODE.fullmatch(code) or not isinstance(keywords, dict) or len(keywords) > _KEYWORDS_MAX:
        raise wrong(entry, "keywords")
    pairs = set()
    for keyword in keywords:
        folded = " ".join(keyword.casefold().split())
        if not 0 < len(folded) <= _KEYWORD_LENGTH:
            raise wrong({"keyword": keyword}, "keyword")
        pairs |= {(folded, emoji) for emoji in texts_of(keywords, keyword, limit=_EMOJI_LENGTH)}
    url = text_of(entry, "suggest_url") if "suggest_url" in entry else ""
    if url and not url.startswith(("https://", "http://")):
        raise wrong(entry, "suggest_url")
    return code, pairs, url


def _change(ctx: Context, code: str, known: Any, wanted: set[Pair], url: str) -> None:
    present = {
        (row.keyword, row.emoji)
        for row in ctx.db.rows(
            sa.select(emoji_keywords.c.keyword, emoji_keywords.c.emoji).where(
                emoji_keywords.c.lang_code == code, emoji_keywords.c.gone.is_(False)
            )
        )
    }
    version = FIRST_VERSION if known is None else known.version
    if wanted != present:
        version += 1
        changed = [(pair, False) for pair in sorted(wanted - present)]
        changed += [(pair, True) for pair in sorted(present - wanted)]
        _write(ctx, code, version, changed)
    row = {"lang_code": code, "version": version, "suggest_url": url}
    upsert(ctx.db, emoji_languages, row, update=["version", "suggest_url"])


def _write(ctx: Context, code: str, version: int, changed: Sequence[tuple[Pair, bool]]) -> None:
    for start in range(0, len(changed), _BATCH):
        rows = [
            {"lang_code": code, "keyword": keyword, "emoji": emoji, "version": version, "gone": gone}
            for (keyword, emoji), gone in changed[start : start + _BATCH]
        ]
        upsert(ctx.db, emoji_keywords, rows, update=["version", "gone"])


# Asking


def keywords_since(ctx: Context, code: str, from_version: int) -> tuple[int, list[api.TypeEmojiKeyword]]:
    """The version of a language, and what changed after another; from 0 on, the keywords that there are."""
    version = ctx.db.scalar(sa.select(emoji_languages.c.version).where(emoji_languages.c.lang_code == code))
    if version is None or from_version >= version:
        return version or FIRST_VERSION, []
    statement = sa.select(emoji_keywords.c.keyword, emoji_keywords.c.emoji, emoji_keywords.c.gone).where(
        emoji_keywords.c.lang_code == code, emoji_keywords.c.version > from_version
    )
    if from_version <= 0:
        statement = statement.where(emoji_keywords.c.gone.is_(False))
    added: dict[str, list[str]] = {}
    gone: dict[str, list[str]] = {}
    for row in ctx.db.rows(statement.order_by(emoji_keywords.c.keyword, emoji_keywords.c.emoji)):
        (gone if row.gone else added).setdefault(row.keyword, []).append(row.emoji)
    changes: list[api.TypeEmojiKeyword] = [
        api.EmojiKeywordDeleted(keyword=keyword, emoticons=emoticons) for keyword, emoticons in gone.items()
    ]
    changes += [api.EmojiKeyword(keyword=keyword, emoticons=emoticons) for keyword, emoticons in added.items()]
    return version, changes


def languages_of(ctx: Context, codes: Sequence[str]) -> list[str]:
    """The languages with keywords that suit the given ones: those themselves, and what they are variants of."""
    related = dict.fromkeys(name for code in codes for name in (code, re.split("[-_]", code)[0]))
    known = set(
        ctx.db.scalars(sa.select(emoji_languages.c.lang_code).where(emoji_languages.c.lang_code.in_(list(related))))
    )
    return [code for code in related if code in known]


def suggest_url(ctx: Context, code: str) -> str:
    """The page where keywords of a language are proposed, or an empty text."""
    url = ctx.db.scalar(sa.select(emoji_languages.c.suggest_url).where(emoji_languages.c.lang_code == code))
    return url or ""


def emoji_of_words(ctx: Context, text: str, codes: Iterable[str], limit: int) -> list[str]:
    """Emoji with a keyword that begins with a text, in any of these languages; exact keywords first."""
    folded = " ".join(text.casefold().split())[:_KEYWORD_LENGTH]
    if not folded:
        return []
    keyword = emoji_keywords.c.keyword
    statement = (
        sa.select(emoji_keywords.c.emoji)
        .where(
            emoji_keywords.c.lang_code.in_(list(codes)),
            keyword >= folded,
            keyword < folded + "\U0010ffff",
            emoji_keywords.c.gone.is_(False),
        )
        .order_by(keyword, emoji_keywords.c.emoji)
        .limit(limit)
    )
    return list(dict.fromkeys(ctx.db.scalars(statement)))
