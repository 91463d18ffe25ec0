"""Language packs: texts of clients' interfaces, one JSON file for each pack and language.

https://core.telegram.org/api/translations. Files lie at ``langpacks/<pack>/<lang_code>.json`` in the data directory:

    {"name": "German", "native_name": "Deutsch", "version": 3, "plural_code": "de", "base_lang_code": null,
     "rtl": false, "strings": {"Cancel": "Abbrechen", "Files": {"one": "%1$d Datei", "other": "%1$d Dateien"}}}

A server without files lists English, which every client carries itself. An operator raises ``version`` with each
change.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from layers.config import Settings
from layers.errors import bad_request
from layers.telemetry import get_logger
from tl import api

KNOWN_PACKS: Final = frozenset(
    {"android", "android_x", "ios", "macos", "tdesktop", "unigram", "weba", "web", "webk", "webogram"}
)
"""Packs that clients ask for; others are known when the operator has a folder for them."""

_DEFAULT_VERSION: Final = 1
_PLURALS: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,64}")
_LANG_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")

logger = get_logger("langpacks")


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """The texts of one client family in one language; ``strings``: key → text or its plural forms."""

    lang_code: str
    name: str
    native_name: str
    version: int
    plural_code: str
    base_lang_code: str | None
    rtl: bool
    strings: dict[str, str | dict[str, str]]

    def language(self) -> api.LangPackLanguage:
        """The pack's entry in a list of languages."""
        return api.LangPackLanguage(
            official=True,
            rtl=self.rtl,
            name=self.name,
            native_name=self.native_name,
            lang_code=self.lang_code,
            base_lang_code=self.base_lang_code,
            plural_code=self.plural_code,
            strings_count=len(self.strings),
            translated_count=len(self.strings),
            translations_url="",
        )

    def string(self, key: str) -> api.TypeLangPackString:
        """One text; ``langPackStringDeleted`` when the pack has none for the key."""
        value = self.strings.get(key)
        if value is None:
            return api.LangPackStringDeleted(key=key)
        if isinstance(value, str):
            return api.LangPackString(key=key, value=value)
        return api.LangPackStringPluralized(
            key=key,
            zero_value=value.get("zero"),
            one_value=value.get("one"),
            two_value=value.get("two"),
            few_value=value.get("few"),
            many_value=value.get("many"),
            other_value=value.get("other", ""),
        )

    def all_strings(self) -> list[api.TypeLangPackString]:
        """Every text."""
        return [self.string(key) for key in self.strings]


_ENGLISH: Final = LanguagePack("en", "English", "English", _DEFAULT_VERSION, "en", None, False, {})


def check_pack(settings: Settings, lang_pack: str) -> None:
    """400 LANG_PACK_INVALID for a pack that neither clients use nor the operator has."""
    if lang_pack in KNOWN_PACKS:
        return
    if not _NAME.fullmatch(lang_pack) or not (_folder(settings) / lang_pack).is_dir():
        raise bad_request("LANG_PACK_INVALID")


def languages(settings: Settings, lang_pack: str) -> list[LanguagePack]:
    """The languages of a pack, English first."""
    folder = _folder(settings) / lang_pack
    packs = {path.stem: _load_file(path) for path in sorted(folder.glob("*.json")) if _LANG_CODE.fullmatch(path.stem)}
    found = {code: pack for code, pack in packs.items() if pack is not None}
    return [found.pop("en", _ENGLISH), *found.values()]


def language_pack(settings: Settings, lang_pack: str, lang_code: str) -> LanguagePack:
    """One language of a pack; 400 LANG_CODE_NOT_SUPPORTED when there is none."""
    pack = find(settings, lang_pack, lang_code)
    if pack is None:
        raise bad_request("LANG_CODE_NOT_SUPPORTED")
    return pack


def find(settings: Settings, lang_pack: str, lang_code: str) -> LanguagePack | None:
    """One language of a pack, or None; never reads outside the folder of packs."""
    if not _NAME.fullmatch(lang_pack) or not _LANG_CODE.fullmatch(lang_code):
        return None
    found = _load_file(_folder(settings) / lang_pack / f"{lang_code}.json")
    return _ENGLISH if found is None and lang_code == "en" else found


def _folder(settings: Settings) -> Path:
    return settings.data / "langpacks"


def _load_file(path: Path) -> LanguagePack | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _parse_file(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _parse_file(path: Path, modified_ns: int, size: int) -> LanguagePack | None:
    """The file's content; a broken one counts as absent and is logged. The time and size make a changed file new."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _parse(path.stem, content)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        logger.warning("language pack cannot be read", file=path.name, reason=str(error))
        return None


def _parse(lang_code: str, content: dict[str, Any]) -> LanguagePack:
    strings: dict[str, str | dict[str, str]] = {}
    for key, value in content.get("strings", {}).items():
        if not isinstance(value, str) and not (isinstance(value, dict) and value.keys() <= _PLURALS):
            raise ValueError(f"{key!r} is neither a text nor a set of plural forms")
        strings[key] = value
    name = str(content.get("name", lang_code))
    return LanguagePack(
        lang_code=lang_code,
        name=name,
        native_name=str(content.get("native_name", name)),
        version=int(content.get("version", _DEFAULT_VERSION)),
        plural_code=str(content.get("plural_code", lang_code.partition("-")[0])),
        base_lang_code=content.get("base_lang_code"),
        rtl=bool(content.get("rtl", False)),
        strings=strings,
    )
