"""Emoji keywords and groups that the operator offers: https://core.telegram.org/api/custom-emoji."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness import Client, Harness
from tests.unit.functions.stickers.offering import offer
from tl import api

M = api.messages


def keywords(client: Client, code: str = "en", since: int | None = None) -> Any:
    if since is None:
        return client.call(M.GetEmojiKeywords(lang_code=code))
    return client.call(M.GetEmojiKeywordsDifference(lang_code=code, from_version=since))


def test_keywords_and_what_changes_of_them(server: Harness, alice: Client) -> None:
    assert keywords(alice).version == 1 and keywords(alice).keywords == []
    english = {"lang_code": "en", "keywords": {"Happy  face": ["😀", "😃"], "cat": ["🐱"]}}
    german = {"lang_code": "de", "keywords": {"katze": ["🐱"]}}
    offer(server, "emoji_keywords.json", [english, german])
    first = keywords(alice)
    assert first.version == 2
    assert first.keywords == [
        api.EmojiKeyword(keyword="cat", emoticons=["🐱"]),
        api.EmojiKeyword(keyword="happy face", emoticons=["😀", "😃"]),
    ]
    english["keywords"] = {"happy face": ["😀"], "dog": ["🐶"]}
    offer(server, "emoji_keywords.json", [english, german])
    changed = keywords(alice, since=2)
    assert (changed.from_version, changed.version) == (2, 3)
    assert changed.keywords == [
        api.EmojiKeywordDeleted(keyword="cat", emoticons=["🐱"]),
        api.EmojiKeywordDeleted(keyword="happy face", emoticons=["😃"]),
        api.EmojiKeyword(keyword="dog", emoticons=["🐶"]),
    ]
    assert [item.keyword for item in keywords(alice).keywords] == ["dog", "happy face"]
    # The other language has not changed; nobody is told of what he knows.
    assert keywords(alice, "de").version == 2
    assert keywords(alice, since=3).keywords == []
    english["keywords"] = {"happy face": ["😀"], "dog": ["🐶"], "cat": ["🐱"]}
    offer(server, "emoji_keywords.json", [english])
    assert keywords(alice, since=3).keywords == [api.EmojiKeyword(keyword="cat", emoticons=["🐱"])]
    assert keywords(alice, "de").keywords == []
    assert keywords(alice, "de", since=2).keywords == [api.EmojiKeywordDeleted(keyword="katze", emoticons=["🐱"])]


def test_languages_and_where_to_propose_keywords(server: Harness, alice: Client, fails: Callable[..., Any]) -> None:
    def languages(*codes: str) -> list[str]:
        answer = alice.call(M.GetEmojiKeywordsLanguages(lang_codes=list(codes)))
        return [language.lang_code for language in answer]

    assert languages("pt-br", "en") == ["pt-br", "en"]
    page = "https://example.org/emoji"
    offer(server, "emoji_keywords.json", [{"lang_code": "pt", "keywords": {"gato": ["🐱"]}, "suggest_url": page}])
    assert languages("pt-br", "en") == ["pt"]
    assert alice.call(M.GetEmojiURL(lang_code="pt")) == api.EmojiURL(url=page)
    fails("LANG_CODE_NOT_SUPPORTED", alice, M.GetEmojiURL(lang_code="en"))
    for request in (
        M.GetEmojiURL(lang_code="../x"),
        M.GetEmojiKeywordsDifference(lang_code="", from_version=1),
        M.GetEmojiKeywordsLanguages(lang_codes=["?"]),
    ):
        fails("LANG_CODE_INVALID", alice, request)


def test_groups(server: Harness, alice: Client) -> None:
    love = {"title": "Love", "icon": "icon.webp", "emoticons": ["❤", "😍"], "for": ["emoji", "sticker"]}
    hello = {"title": "Hello", "icon": "icon.webp", "emoticons": ["👋"], "for": ["sticker"], "greeting": True}
    best = {"title": "Best", "icon": "icon.webp", "for": ["sticker"], "premium": True}
    offer(server, "emoji_groups.json", [love, hello, best])
    found = alice.call(M.GetEmojiGroups(hash=0))
    (group,) = found.groups
    assert isinstance(group, api.EmojiGroup) and (group.title, group.emoticons) == ("Love", ["❤", "😍"])
    (icon,) = alice.call(M.GetCustomEmojiDocuments(document_id=[group.icon_emoji_id]))
    assert icon.mime_type == "image/webp" and icon.access_hash
    assert isinstance(alice.call(M.GetEmojiGroups(hash=found.hash)), M.EmojiGroupsNotModified)
    kinds = [type(item) for item in alice.call(M.GetEmojiStickerGroups(hash=0)).groups]
    assert kinds == [api.EmojiGroup, api.EmojiGroupGreeting, api.EmojiGroupPremium]
    for request in (M.GetEmojiStatusGroups(hash=0), M.GetEmojiProfilePhotoGroups(hash=0)):
        assert alice.call(request) == M.EmojiGroups(hash=0, groups=[])


@pytest.mark.parametrize(
    ("file", "entry"),
    [
        ("emoji_keywords.json", {"lang_code": "e", "keywords": {}}),
        ("emoji_keywords.json", {"lang_code": "en", "keywords": {" ": ["😀"]}}),
        ("emoji_keywords.json", {"lang_code": "en", "keywords": {"cat": "🐱"}}),
        ("emoji_keywords.json", {"lang_code": "en", "keywords": {}, "suggest_url": "javascript:1"}),
        ("emoji_groups.json", {"title": "x", "icon": "icon.webp", "emoticons": [], "for": ["emoji"]}),
        ("emoji_groups.json", {"title": "x", "icon": "icon.webp", "emoticons": ["❤"], "for": ["elsewhere"]}),
        ("emoji_groups.json", {"title": "x", "icon": "../icon.webp", "emoticons": ["❤"], "for": ["emoji"]}),
        ("featured_sets.json", {"short_name": ""}),
    ],
)
def test_what_is_wrong_changes_nothing(
    server: Harness, alice: Client, caplog: pytest.LogCaptureFixture, file: str, entry: Any
) -> None:
    offer(server, file, [entry])
    assert "content folder not taken in" in caplog.text
    assert alice.call(M.GetEmojiGroups(hash=0)).groups == []
    assert keywords(alice).keywords == []


def test_a_language_may_be_named_once(server: Harness, alice: Client, caplog: pytest.LogCaptureFixture) -> None:
    offer(server, "emoji_keywords.json", [{"lang_code": "en", "keywords": {"cat": ["🐱"]}}] * 2)
    assert "content folder not taken in" in caplog.text
    assert keywords(alice).keywords == []
