"""What clients list at their start and this server has none of yet.

The hash of an empty list is 0, which is also what a client sends that holds nothing: the answer is the empty list,
never "not modified".
"""

from __future__ import annotations

from layers.context import Context
from layers.registry import function
from tl import api


@function(api.account.GetThemes)
def get_themes(ctx: Context, request: api.account.GetThemes) -> api.account.TypeThemes:
    """No themes of whole clients."""
    return api.account.Themes(hash=0, themes=[])


@function(api.account.GetUniqueGiftChatThemes)
def get_unique_gift_chat_themes(
    ctx: Context, request: api.account.GetUniqueGiftChatThemes
) -> api.account.TypeChatThemes:
    """No gifts, so no themes of them."""
    return api.account.ChatThemes(hash=0, themes=[], chats=[], users=[])


@function(api.account.GetSavedRingtones)
def get_saved_ringtones(ctx: Context, request: api.account.GetSavedRingtones) -> api.account.TypeSavedRingtones:
    """No ringtones."""
    return api.account.SavedRingtones(hash=0, ringtones=[])


@function(
    api.account.GetDefaultEmojiStatuses,
    api.account.GetRecentEmojiStatuses,
    api.account.GetCollectibleEmojiStatuses,
    api.account.GetChannelDefaultEmojiStatuses,
)
def get_emoji_statuses(
    ctx: Context,
    request: api.account.GetDefaultEmojiStatuses
    | api.account.GetRecentEmojiStatuses
    | api.account.GetCollectibleEmojiStatuses
    | api.account.GetChannelDefaultEmojiStatuses,
) -> api.account.TypeEmojiStatuses:
    """No emoji statuses: no custom emoji are installed."""
    return api.account.EmojiStatuses(hash=0, statuses=[])


@function(
    api.account.GetDefaultProfilePhotoEmojis,
    api.account.GetDefaultGroupPhotoEmojis,
    api.account.GetDefaultBackgroundEmojis,
    api.account.GetChannelRestrictedStatusEmojis,
)
def get_emoji_list(
    ctx: Context,
    request: api.account.GetDefaultProfilePhotoEmojis
    | api.account.GetDefaultGroupPhotoEmojis
    | api.account.GetDefaultBackgroundEmojis
    | api.account.GetChannelRestrictedStatusEmojis,
) -> api.TypeEmojiList:
    """No custom emoji are installed."""
    return api.EmojiList(hash=0, document_id=[])


@function(api.account.GetConnectedBots)
def get_connected_bots(ctx: Context, request: api.account.GetConnectedBots) -> api.account.ConnectedBots:
    """No business bots."""
    return api.account.ConnectedBots(connected_bots=[], users=[])


@function(api.account.GetBusinessChatLinks)
def get_business_chat_links(ctx: Context, request: api.account.GetBusinessChatLinks) -> api.account.BusinessChatLinks:
    """No business links."""
    return api.account.BusinessChatLinks(links=[], chats=[], users=[])


@function(api.account.GetSavedMusicIds)
def get_saved_music_ids(ctx: Context, request: api.account.GetSavedMusicIds) -> api.account.TypeSavedMusicIds:
    """No music on profiles."""
    return api.account.SavedMusicIds(ids=[])


@function(api.account.GetWebBrowserSettings)
def get_web_browser_settings(
    ctx: Context, request: api.account.GetWebBrowserSettings
) -> api.account.TypeWebBrowserSettings:
    """Links open in the client, without exceptions."""
    return api.account.WebBrowserSettings(external_exceptions=[], inapp_exceptions=[], hash=0)
