"""What official clients call from their start to a first chat, and requests of that kind for a raw client."""

from __future__ import annotations

from typing import Any, Final

import tl
from tl import TLObject, api

WEB_A: Final = """
account.checkUsername account.getAuthorizations account.getCollectibleEmojiStatuses
account.getContactSignUpNotification account.getContentSettings account.getNotifyExceptions account.getNotifySettings
account.getPassword account.getPrivacy account.getRecentEmojiStatuses account.updateStatus account.updateUsername
aicompose.getTones auth.exportLoginToken auth.initPasskeyLogin channels.checkSearchPostsFlood contacts.getContacts
contacts.getSponsoredPeers contacts.getTopPeers contacts.search help.getAppConfig help.getConfig help.getCountriesList
help.getNearestDc help.getPeerColors help.getPeerProfileColors help.getPromoData help.getTimezonesList
langpack.getLangPack langpack.getLanguage langpack.getStrings messages.getAllStickers messages.getAttachMenuBots
messages.getAvailableEffects messages.getAvailableReactions messages.getDefaultTagReactions messages.getDialogFilters
messages.getDialogs messages.getEmojiKeywordsDifference messages.getEmojiStickers messages.getFavedStickers
messages.getFeaturedEmojiStickers messages.getHistory messages.getPaidReactionPrivacy messages.getPeerDialogs
messages.getPinnedDialogs messages.getPinnedSavedDialogs messages.getQuickReplies messages.getRecentReactions
messages.getSavedDialogs messages.getSavedReactionTags messages.getScheduledHistory messages.getStickerSet
messages.getTopReactions messages.readHistory messages.search messages.searchGlobal messages.sendMessage
messages.setTyping payments.getSavedStarGifts payments.getStarGiftActiveAuctions payments.getStarGifts
payments.getStarsStatus payments.getStarsTopupOptions stories.getAllStories stories.getPeerMaxIDs
stories.getPeerStories updates.getDifference updates.getState users.getFullUser users.getUsers
"""
WEB_K: Final = """
account.getContentSettings account.getNotifySettings account.getThemes account.updateStatus auth.exportLoginToken
auth.initPasskeyLogin contacts.getContacts contacts.getTopPeers contacts.resolvePhone help.getAppConfig help.getConfig
help.getNearestDc help.getPeerColors help.getPeerProfileColors help.getPromoData help.getTimezonesList
langpack.getDifference langpack.getStrings messages.getAllDrafts messages.getAttachMenuBots
messages.getAvailableEffects messages.getAvailableReactions messages.getDialogFilters messages.getDialogs
messages.getEmojiKeywordsDifference messages.getEmojiStickers messages.getFavedStickers messages.getHistory
messages.getPeerDialogs messages.getPeerSettings messages.getSavedDialogs messages.getSavedGifs
messages.getSavedHistory messages.getSavedReactionTags messages.getScheduledHistory messages.getSearchCounters
messages.getStickerSet messages.getStickers messages.getTopReactions messages.readHistory messages.search
messages.sendMessage messages.setTyping payments.getStarsStatus photos.getUserPhotos stories.getAllStories
stories.getPinnedStories updates.getDifference updates.getState users.getFullUser
"""
TDLIB: Final = """
help.getConfig help.getAppConfig help.getNearestDc help.getCountriesList help.getTermsOfServiceUpdate
help.getPromoData help.getPeerColors help.getPeerProfileColors help.getTimezonesList updates.getState
updates.getDifference messages.getDialogs messages.getPinnedDialogs messages.getDialogFilters
messages.getAvailableReactions messages.getTopReactions messages.getAvailableEffects messages.getAttachMenuBots
messages.getAllStickers messages.getFeaturedStickers messages.getRecentStickers messages.getFavedStickers
messages.getSavedGifs messages.getPeerSettings account.getNotifySettings account.getNotifyExceptions
account.getContentSettings account.getDefaultEmojiStatuses account.getPassword account.updateStatus
account.getChatThemes contacts.getContacts contacts.getTopPeers users.getUsers users.getFullUser
stories.getAllStories stories.getAllReadPeerStories langpack.getLangPack langpack.getDifference
langpack.getLanguages payments.getStarsStatus
"""
TDESKTOP: Final = """
help.getConfig help.getAppConfig help.getNearestDc help.getCountriesList help.getTermsOfServiceUpdate
help.getPromoData help.getPeerColors help.getPeerProfileColors langpack.getLangPack langpack.getDifference
langpack.getLanguages langpack.getStrings updates.getState updates.getDifference users.getUsers users.getFullUser
messages.getDialogs messages.getPinnedDialogs messages.getDialogFilters messages.getAllDrafts
messages.getSearchCounters messages.getPeerSettings messages.getHistory messages.getAllStickers
messages.getFeaturedStickers messages.getRecentStickers messages.getMaskStickers messages.getFavedStickers
messages.getSavedGifs messages.getAvailableReactions contacts.getContacts contacts.getTopPeers contacts.getBlocked
account.getNotifySettings account.getPassword account.getPrivacy account.getAuthorizations
account.getGlobalPrivacySettings account.getThemes account.getWallPapers account.getConnectedBots
account.updateStatus stories.getAllStories auth.exportLoginToken
"""
ANDROID: Final = """
help.getConfig help.getAppConfig help.getNearestDc help.getCountriesList help.getTermsOfServiceUpdate
langpack.getDifference langpack.getStrings langpack.getLanguages updates.getState updates.getDifference
contacts.getContacts contacts.getStatuses contacts.getBlocked contacts.getTopPeers messages.getDialogs
messages.getPinnedDialogs messages.getDialogFilters messages.getAllStickers messages.getFeaturedStickers
messages.getRecentStickers messages.getAvailableReactions messages.getTopReactions messages.getAttachMenuBots
account.getNotifySettings account.getPassword account.getGlobalPrivacySettings account.getDefaultEmojiStatuses
account.registerDevice account.getPrivacy account.getAutoDownloadSettings account.updateStatus
users.getUsers users.getFullUser stories.getAllStories stories.getAllReadPeerStories
"""

CLIENTS: Final = {
    "Web A": (220, WEB_A.split()),
    "Web K": (223, WEB_K.split()),
    "TDLib": (232, TDLIB.split()),
    "Telegram Desktop": (228, TDESKTOP.split()),
    "Android": (228, ANDROID.split()),
}
"""The layer a client declares, and what it calls. Signing in comes before (`RawClient.sign_up`)."""

ERRORS: Final = {
    "auth.initPasskeyLogin": "METHOD_INVALID",
    "contacts.resolvePhone": "PHONE_NOT_OCCUPIED",
    "messages.getStickerSet": "STICKERSET_INVALID",
}
"""Calls whose answer is an error, as it would be from Telegram: no passkeys, a number of nobody, a set of nobody."""

_VALUES: Final[dict[str, Any]] = {
    "limit": 20,
    "lang_code": "en",
    "lang_pack": "tdesktop",
    "lang_codes": ["en"],
    "keys": ["lng_cancel"],
    "username": "somebody_new",
    "emoticon": "👍",
    "q": "word",
    "phone": "99966299999",
    "api_id": 1,
    "api_hash": "x" * 32,
    "message": "hello",
    "random_id": 77,
    "pts": 1,
    "date": 1_700_000_000,
    "token_type": 2,
    "token": "token",
    "collectible_id": 0,
    "correspondents": True,
}
_OBJECTS: Final[dict[str, Any]] = {
    "InputPeer": api.InputPeerSelf(),
    "InputUser": api.InputUserSelf(),
    "InputNotifyPeer": api.InputNotifyUsers(),
    "InputPrivacyKey": api.InputPrivacyKeyStatusTimestamp(),
    "InputStickerSet": api.InputStickerSetShortName(short_name="nobody"),
    "MessagesFilter": api.InputMessagesFilterPhotos(),
    "SendMessageAction": api.SendMessageTypingAction(),
    "InputDialogPeer": api.InputDialogPeer(peer=api.InputPeerSelf()),
}
_PLAIN: Final[dict[str, Any]] = {"int": 0, "long": 0, "string": "", "bytes": b"", "Bool": False}


def request(name: str) -> TLObject:
    """A call as a client makes it: optional fields left out but those that say what is wanted."""
    namespace, method = name.split(".")
    kind = getattr(getattr(api, namespace), method[0].upper() + method[1:])
    fields = {}
    for param in kind.COMBINATOR.params:
        wanted = param.attribute in _VALUES and not (param.flags and param.attribute != "correspondents")
        if param.is_flags or (param.flags is not None and not wanted):
            continue
        if param.type.item is not None and param.attribute not in _VALUES:
            fields[param.attribute] = [_value(param.attribute, param.type.item.name)]
        else:
            fields[param.attribute] = _value(param.attribute, param.type.name)
    made: TLObject = kind(**fields)
    return made


def _value(attribute: str, type_name: str) -> Any:
    if attribute in _VALUES:
        return _VALUES[attribute]
    return _OBJECTS[type_name] if type_name in _OBJECTS else _PLAIN[type_name]


def encoded(made: TLObject, layer: int) -> bytes:
    """The call in the client's layer; a method that is newer than its layer, as clients do, in its own."""
    try:
        return tl.encode(made, layer)
    except tl.EncodeError:
        return tl.encode(made)
