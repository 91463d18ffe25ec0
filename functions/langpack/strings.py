"""Texts of clients' interfaces: https://core.telegram.org/api/translations."""

from __future__ import annotations

from layers.context import Context
from layers.domain import langpacks, limits
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.langpack.GetLangPack, anonymous=True)
def get_lang_pack(ctx: Context, request: api.langpack.GetLangPack) -> api.LangPackDifference:
    """The whole pack."""
    pack = _pack(ctx, request.lang_pack, request.lang_code)
    return api.LangPackDifference(
        lang_code=pack.lang_code, from_version=0, version=pack.version, strings=pack.all_strings()
    )


@function(api.langpack.GetDifference, anonymous=True)
def get_difference(ctx: Context, request: api.langpack.GetDifference) -> api.LangPackDifference:
    """Nothing when the client's version is the present one, else the whole pack: files keep no history."""
    pack = _pack(ctx, request.lang_pack, request.lang_code)
    return api.LangPackDifference(
        lang_code=pack.lang_code,
        from_version=request.from_version,
        version=pack.version,
        strings=[] if request.from_version == pack.version else pack.all_strings(),
    )


@function(api.langpack.GetStrings, anonymous=True)
def get_strings(ctx: Context, request: api.langpack.GetStrings) -> list[api.TypeLangPackString]:
    """The texts of some keys, in the order asked."""
    if len(request.keys) > limits.LANG_PACK_KEYS:
        raise bad_request("LIMIT_INVALID")
    pack = _pack(ctx, request.lang_pack, request.lang_code)
    return [pack.string(key) for key in request.keys]


@function(api.langpack.GetLanguages, anonymous=True)
def get_languages(ctx: Context, request: api.langpack.GetLanguages) -> list[api.TypeLangPackLanguage]:
    """The languages a pack is available in."""
    langpacks.check_pack(ctx.settings, request.lang_pack)
    return [pack.language() for pack in langpacks.languages(ctx.settings, request.lang_pack)]


@function(api.langpack.GetLanguage, anonymous=True)
def get_language(ctx: Context, request: api.langpack.GetLanguage) -> api.LangPackLanguage:
    """One language of a pack."""
    return _pack(ctx, request.lang_pack, request.lang_code).language()


def _pack(ctx: Context, lang_pack: str, lang_code: str) -> langpacks.LanguagePack:
    # Layers before 82 name no pack: initConnection did.
    lang_pack = lang_pack or ctx.origin.lang_pack
    langpacks.check_pack(ctx.settings, lang_pack)
    return langpacks.language_pack(ctx.settings, lang_pack, lang_code)
