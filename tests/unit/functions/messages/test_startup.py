"""What clients ask for before they show the first chat: the right type, empty, and never an error."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.unit.functions.messages.conftest import World
from tl import api

PEER = api.InputPeerSelf()
M = api.messages

EMPTY: list[tuple[Any, Any]] = [
    (M.GetAllStickers(hash=0), M.AllStickers(hash=0, sets=[])),
    (M.GetAllStickers(hash=5), M.AllStickers(hash=0, sets=[])),
    (M.GetMaskStickers(hash=0), M.AllStickers(hash=0, sets=[])),
    (M.GetEmojiStickers(hash=0), M.AllStickers(hash=0, sets=[])),
    (M.GetFeaturedStickers(hash=0), M.FeaturedStickers(hash=0, count=0, sets=[], unread=[])),
    (M.GetFeaturedEmojiStickers(hash=0), M.FeaturedStickers(hash=0, count=0, sets=[], unread=[])),
    (M.GetFavedStickers(hash=0), M.FavedStickers(hash=0, packs=[], stickers=[])),
    (M.GetRecentStickers(hash=0), M.RecentStickers(hash=0, packs=[], stickers=[], dates=[])),
    (M.GetStickers(emoticon="👍", hash=0), M.Stickers(hash=0, stickers=[])),
    (M.SearchStickerSets(q="cat", hash=0), M.FoundStickerSets(hash=0, sets=[])),
    (M.GetArchivedStickers(offset_id=0, limit=10), M.ArchivedStickers(count=0, sets=[])),
    (M.GetMyStickers(offset_id=0, limit=10), M.MyStickers(count=0, sets=[])),
    (M.GetSavedGifs(hash=0), M.SavedGifs(hash=0, gifs=[])),
    (
        M.GetEmojiKeywords(lang_code="en"),
        api.EmojiKeywordsDifference(lang_code="en", from_version=0, version=1, keywords=[]),
    ),
    (
        M.GetEmojiKeywordsDifference(lang_code="pt-br", from_version=1),
        api.EmojiKeywordsDifference(lang_code="pt-br", from_version=1, version=1, keywords=[]),
    ),
    (M.GetEmojiKeywordsLanguages(lang_codes=["en", "en"]), [api.EmojiLanguage(lang_code="en")]),
    (M.GetEmojiGroups(hash=0), M.EmojiGroups(hash=0, groups=[])),
    (M.GetEmojiStatusGroups(hash=0), M.EmojiGroups(hash=0, groups=[])),
    (M.GetEmojiProfilePhotoGroups(hash=0), M.EmojiGroups(hash=0, groups=[])),
    (M.GetEmojiStickerGroups(hash=0), M.EmojiGroups(hash=0, groups=[])),
    (M.GetCustomEmojiDocuments(document_id=[1]), []),
    (M.GetAvailableReactions(hash=0), M.AvailableReactions(hash=0, reactions=[])),
    (M.GetRecentReactions(limit=10, hash=0), M.Reactions(hash=0, reactions=[])),
    (M.GetSavedReactionTags(hash=0), M.SavedReactionTags(tags=[], hash=0)),
    (M.GetAvailableEffects(hash=0), M.AvailableEffects(hash=0, effects=[], documents=[])),
    (M.GetEmojiGameInfo(), M.EmojiGameUnavailable()),
    (M.GetScheduledHistory(peer=PEER, hash=0), M.Messages(messages=[], topics=[], chats=[], users=[])),
    (M.GetUnreadReactions(peer=PEER, offset_id=0, add_offset=0, limit=1, max_id=0, min_id=0),
     M.Messages(messages=[], topics=[], chats=[], users=[])),
    (M.GetUnreadMentions(peer=PEER, offset_id=0, add_offset=0, limit=1, max_id=0, min_id=0),
     M.Messages(messages=[], topics=[], chats=[], users=[])),
    (M.GetRecentLocations(peer=PEER, limit=1, hash=0), M.Messages(messages=[], topics=[], chats=[], users=[])),
    (M.ReadReactions(peer=PEER), M.AffectedHistory(pts=1, pts_count=0, offset=0)),
    (M.GetQuickReplies(hash=0), M.QuickReplies(quick_replies=[], messages=[], chats=[], users=[])),
    (M.GetAttachMenuBots(hash=0), api.AttachMenuBots(hash=0, bots=[], users=[])),
    (M.GetSponsoredMessages(peer=PEER), M.SponsoredMessagesEmpty()),
    (M.GetChats(id=[]), M.Chats(chats=[])),
    (M.GetWebPage(url="https://example.org", hash=0),
     M.WebPage(webpage=api.WebPageEmpty(id=0, url="https://example.org"), chats=[], users=[])),
    (M.GetDefaultHistoryTTL(), api.DefaultHistoryTTL(period=0)),
    (M.SetDefaultHistoryTTL(period=0), True),
    (M.ReceivedMessages(max_id=7), []),
    (M.GetDialogUnreadMarks(), []),
    (M.GetSuggestedDialogFilters(), []),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "expected"), EMPTY, ids=[request.TL_NAME for request, _ in EMPTY])
def test_empty_answers(world: World, request_: Any, expected: Any) -> None:
    assert world.alice.call(request_) == expected


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (M.GetStickerSet(stickerset=api.InputStickerSetAnimatedEmoji(), hash=0), "STICKERSET_INVALID"),
        (M.GetStickers(emoticon="", hash=0), "EMOTICON_EMPTY"),
        (M.TranslateText(text=[api.TextWithEntities(text="x", entities=[])], to_lang="de"), "TRANSLATIONS_DISABLED"),
        (M.GetEmojiKeywords(lang_code="../etc"), "LANG_CODE_INVALID"),
        (M.GetChats(id=[5]), "CHAT_ID_INVALID"),
        (M.GetOnlines(peer=PEER), "PEER_ID_INVALID"),
        (M.GetWebPagePreview(message="  "), "MESSAGE_EMPTY"),
        (M.GetWebPage(url="", hash=0), "WC_CONVERT_URL_INVALID"),
        (M.SetDefaultHistoryTTL(period=-1), "TTL_PERIOD_INVALID"),
        (M.GetAttachMenuBot(bot=api.InputUserSelf()), "BOT_INVALID"),
        (M.GetDhConfig(version=0, random_length=5000), "RANDOM_LENGTH_INVALID"),
    ],
)
def test_errors(world: World, request_: Any, error: str) -> None:
    with pytest.raises(RpcError, match=error):
        world.alice.call(request_)


def test_updates_for_start_up(world: World) -> None:
    (update,) = world.alice.call(M.GetPaidReactionPrivacy()).updates
    assert update.private == api.PaidReactionPrivacyDefault()
    assert world.alice.call(M.GetMessagesReactions(peer=PEER, id=[1])).updates == []
    assert world.alice.call(M.GetExtendedMedia(peer=PEER, id=[1])).updates == []


def test_diffie_hellman_group(world: World) -> None:
    answer = world.alice.call(M.GetDhConfig(version=0, random_length=256))
    assert (answer.g, len(answer.p), len(answer.random)) == (3, 256, 256)
    again = world.alice.call(M.GetDhConfig(version=answer.version, random_length=16))
    assert isinstance(again, M.DhConfigNotModified)
    assert len(again.random) == 16
