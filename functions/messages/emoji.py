"""Emoji keywords, groups, custom emoji and effects: what clients ask for when they start.

https://core.telegram.org/api/custom-emoji, https://core.telegram.org/api/effects. An empty list's hash is 0.
"""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain import emoji_keywords, sticker_search
from layers.domain.catalog import effects_for, groups_for
from layers.domain.emoji_groups import Use
from layers.domain.hashes import vector_hash
from layers.domain.set_kinds import Kind
from layers.domain.sticker_sets import document_objects, is_custom_emoji
from layers.errors import bad_request
from layers.registry import function
from tl import api

_IDS_MAX: Final = 200


def _lang_code(code: str) -> str:
    if not emoji_keywords.LANG_CODE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


# Keywords and groups


@function(api.messages.GetEmojiKeywords)
def get_emoji_keywords(ctx: Context, request: api.messages.GetEmojiKeywords) -> api.EmojiKeywordsDifference:
    """Words by which emoji are suggested in a language: those of the operator's content folder."""
    return _since(ctx, request.lang_code, 0)


@function(api.messages.GetEmojiKeywordsDifference)
def get_emoji_keywords_difference(
    ctx: Context, request: api.messages.GetEmojiKeywordsDifference
) -> api.EmojiKeywordsDifference:
    """What changed of the keywords since a version."""
    return _since(ctx, request.lang_code, max(0, request.from_version))


def _since(ctx: Context, lang_code: str, from_version: int) -> api.EmojiKeywordsDifference:
    version, keywords = emoji_keywords.keywords_since(ctx, _lang_code(lang_code), from_version)
    return api.EmojiKeywordsDifference(
        lang_code=lang_code, from_version=from_version, version=version, keywords=keywords
    )


@function(api.messages.GetEmojiKeywordsLanguages)
def get_emoji_keywords_languages(
    ctx: Context, request: api.messages.GetEmojiKeywordsLanguages
) -> list[api.EmojiLanguage]:
    """Languages whose keywords suit a user who types in the given ones; without any, those themselves."""
    codes = [_lang_code(code) for code in dict.fromkeys(request.lang_codes[:_IDS_MAX])]
    return [api.EmojiLanguage(lang_code=code) for code in emoji_keywords.languages_of(ctx, codes) or codes]


@function(api.messages.GetEmojiURL)
def get_emoji_url(ctx: Context, request: api.messages.GetEmojiURL) -> api.EmojiURL:
    """The operator's page where keywords of a language are proposed; an error where he has none."""
    url = emoji_keywords.suggest_url(ctx, _lang_code(request.lang_code))
    if not url:
        raise bad_request("LANG_CODE_NOT_SUPPORTED")
    return api.EmojiURL(url=url)


_USES: Final[dict[type, Use]] = {
    api.messages.GetEmojiGroups: Use.EMOJI,
    api.messages.GetEmojiStatusGroups: Use.STATUS,
    api.messages.GetEmojiProfilePhotoGroups: Use.PROFILE_PHOTO,
    api.messages.GetEmojiStickerGroups: Use.STICKER,
}


@function(
    api.messages.GetEmojiGroups,
    api.messages.GetEmojiStatusGroups,
    api.messages.GetEmojiProfilePhotoGroups,
    api.messages.GetEmojiStickerGroups,
)
def get_emoji_groups(
    ctx: Context,
    request: api.messages.GetEmojiGroups
    | api.messages.GetEmojiStatusGroups
    | api.messages.GetEmojiProfilePhotoGroups
    | api.messages.GetEmojiStickerGroups,
) -> api.messages.TypeEmojiGroups:
    """Emoji by subject: those of the operator's content folder."""
    found = groups_for(ctx, _USES[type(request)])
    return api.messages.EmojiGroupsNotModified() if request.hash and request.hash == found.hash else found


# Custom emoji


@function(api.messages.GetCustomEmojiDocuments)
def get_custom_emoji_documents(ctx: Context, request: api.messages.GetCustomEmojiDocuments) -> list[api.TypeDocument]:
    """Documents of custom emoji; those that do not exist are left out, as clients expect."""
    if len(request.document_id) > _IDS_MAX:
        raise bad_request("LIMIT_INVALID")
    found = document_objects(ctx, ctx.user_id, request.document_id)
    return [document for document in found if is_custom_emoji(document)]


@function(api.messages.SearchCustomEmoji)
def search_custom_emoji(ctx: Context, request: api.messages.SearchCustomEmoji) -> api.TypeEmojiList:
    """Custom emoji that stand for an emoji: of installed sets, of recommended ones, of all others."""
    if not request.emoticon:
        raise bad_request("EMOTICON_EMPTY")
    document_ids = sticker_search.search(ctx, [request.emoticon], [], Kind.EMOJI, _IDS_MAX)
    hash_ = vector_hash(document_ids)
    if request.hash and request.hash == hash_:
        return api.EmojiListNotModified()
    return api.EmojiList(hash=hash_, document_id=document_ids)


# Effects


@function(api.messages.GetAvailableEffects)
def get_available_effects(ctx: Context, request: api.messages.GetAvailableEffects) -> api.messages.TypeAvailableEffects:
    """Animations that a message may be sent with: those of the operator's content folder."""
    found = effects_for(ctx, ctx.user_id)
    return api.messages.AvailableEffectsNotModified() if request.hash and request.hash == found.hash else found


@function(api.messages.GetEmojiGameInfo, partial="no stakes on dice")
def get_emoji_game_info(_ctx: Context, _request: api.messages.GetEmojiGameInfo) -> api.messages.EmojiGameUnavailable:
    """The game of dice for stakes."""
    return api.messages.EmojiGameUnavailable()
