"""langpack.*: checklist 114."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client, Harness
from tl import api

Fails = Callable[..., RpcError]

GERMAN: dict[str, Any] = {
    "name": "German",
    "native_name": "Deutsch",
    "version": 3,
    "plural_code": "de",
    "strings": {"Cancel": "Abbrechen", "Files": {"one": "%1$d Datei", "other": "%1$d Dateien"}},
}


@pytest.fixture
def client(server: Harness) -> Client:
    return server.device(None)


@pytest.fixture
def german(server: Harness) -> Path:
    """The file of the German pack for tdesktop."""
    path = server.services.settings.data / "langpacks" / "tdesktop" / "de.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(GERMAN), encoding="utf-8")
    return path


def test_without_files_there_is_english(client: Client) -> None:
    (english,) = client.call(api.langpack.GetLanguages(lang_pack="android"))
    assert (english.lang_code, english.name, english.strings_count) == ("en", "English", 0)
    assert client.call(api.langpack.GetLanguage(lang_pack="android", lang_code="en")) == english
    pack = client.call(api.langpack.GetLangPack(lang_pack="android", lang_code="en"))
    assert (pack.strings, pack.from_version, pack.lang_code) == ([], 0, "en")
    deleted = client.call(api.langpack.GetStrings(lang_pack="android", lang_code="en", keys=["a"]))
    assert deleted == [api.LangPackStringDeleted(key="a")]


@pytest.mark.usefixtures("german")
def test_files_are_served(client: Client) -> None:
    languages = client.call(api.langpack.GetLanguages(lang_pack="tdesktop"))
    assert [language.lang_code for language in languages] == ["en", "de"]
    assert languages[1].native_name == "Deutsch"
    assert languages[1].strings_count == 2
    pack = client.call(api.langpack.GetLangPack(lang_pack="tdesktop", lang_code="de"))
    assert pack.version == 3
    assert pack.strings == [
        api.LangPackString(key="Cancel", value="Abbrechen"),
        api.LangPackStringPluralized(key="Files", one_value="%1$d Datei", other_value="%1$d Dateien"),
    ]
    some = client.call(api.langpack.GetStrings(lang_pack="tdesktop", lang_code="de", keys=["x", "Cancel"]))
    assert some == [api.LangPackStringDeleted(key="x"), api.LangPackString(key="Cancel", value="Abbrechen")]


@pytest.mark.usefixtures("german")
def test_difference_is_empty_at_the_present_version(client: Client) -> None:
    def difference(version: int) -> Any:
        request = api.langpack.GetDifference(lang_pack="tdesktop", lang_code="de", from_version=version)
        return client.call(request)

    assert (difference(3).strings, difference(3).from_version) == ([], 3)
    assert (len(difference(2).strings), difference(2).version) == (2, 3)


def test_a_changed_file_is_read_again(client: Client, german: Path) -> None:
    request = api.langpack.GetLangPack(lang_pack="tdesktop", lang_code="de")
    assert client.call(request).version == 3
    german.write_text(json.dumps(GERMAN | {"version": 4}), encoding="utf-8")
    os.utime(german, ns=(1, 1))
    assert client.call(request).version == 4


@pytest.mark.parametrize("content", ["", "[]", "{", '{"strings": []}', '{"strings": {"a": 1}}', '{"version": "x"}'])
def test_a_broken_file_counts_as_absent(client: Client, german: Path, fails: Fails, content: str) -> None:
    german.write_text(content, encoding="utf-8")
    fails("LANG_CODE_NOT_SUPPORTED", client, api.langpack.GetLangPack(lang_pack="tdesktop", lang_code="de"))
    assert len(client.call(api.langpack.GetLanguages(lang_pack="tdesktop"))) == 1


def test_refusals(client: Client, fails: Fails) -> None:
    for pack in ("", "nosuchpack", "../tdesktop", "a/b", "x" * 99):
        fails("LANG_PACK_INVALID", client, api.langpack.GetLanguages(lang_pack=pack))
    for code in ("fr", "", "../de", "de/../de", "x" * 99):
        fails("LANG_CODE_NOT_SUPPORTED", client, api.langpack.GetLangPack(lang_pack="tdesktop", lang_code=code))
        fails("LANG_CODE_NOT_SUPPORTED", client, api.langpack.GetLanguage(lang_pack="tdesktop", lang_code=code))
    many = api.langpack.GetStrings(lang_pack="tdesktop", lang_code="en", keys=["a"] * 10_001)
    fails("LIMIT_INVALID", client, many)


def test_an_operators_own_pack(server: Harness, client: Client) -> None:
    folder = server.services.settings.data / "langpacks" / "myclient"
    folder.mkdir(parents=True)
    (folder / "en.json").write_text(json.dumps({"strings": {"a": "b"}}), encoding="utf-8")
    (language,) = client.call(api.langpack.GetLanguages(lang_pack="myclient"))
    assert (language.lang_code, language.strings_count) == ("en", 1)
