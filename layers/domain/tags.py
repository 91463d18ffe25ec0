"""What a message is found by: media tags for messages.search's filters, and words for its text query.

https://core.telegram.org/api/search
"""

from __future__ import annotations

import enum
import re
import unicodedata
from typing import Any, Final

from tl import api

_TERM_LENGTH: Final = 32
_TERMS_MAX: Final = 128
_WORDS: Final = re.compile(r"[^\W_]+")
_HASHTAGS: Final = re.compile(r"(?<!\w)[#$](?=\w*[^\W\d_])\w+")


class Tag(enum.IntEnum):
    """A property of a message that a filter asks for; stored, so numbers never change."""

    PHOTO = 1
    VIDEO = 2
    DOCUMENT = 3
    URL = 4
    GIF = 5
    VOICE = 6
    MUSIC = 7
    ROUND_VIDEO = 8
    CONTACT = 9
    GEO = 10
    PINNED = 11
    MENTION = 12
    POLL = 13
    PHONE_CALL = 14
    UNREAD_REACTION = 15
    LIVE_LOCATION = 16
    UNREAD_VOTE = 17


OF_BOX: Final = frozenset({Tag.PINNED, Tag.MENTION, Tag.UNREAD_REACTION, Tag.UNREAD_VOTE})
"""Tags that a box gives a message, whatever it holds."""


FILTERS: Final[dict[str, tuple[Tag, ...]]] = {
    "inputMessagesFilterPhotos": (Tag.PHOTO,),
    "inputMessagesFilterVideo": (Tag.VIDEO,),
    "inputMessagesFilterPhotoVideo": (Tag.PHOTO, Tag.VIDEO),
    "inputMessagesFilterDocument": (Tag.DOCUMENT,),
    "inputMessagesFilterUrl": (Tag.URL,),
    "inputMessagesFilterGif": (Tag.GIF,),
    "inputMessagesFilterVoice": (Tag.VOICE,),
    "inputMessagesFilterMusic": (Tag.MUSIC,),
    "inputMessagesFilterRoundVoice": (Tag.ROUND_VIDEO, Tag.VOICE),
    "inputMessagesFilterRoundVideo": (Tag.ROUND_VIDEO,),
    "inputMessagesFilterContacts": (Tag.CONTACT,),
    "inputMessagesFilterGeo": (Tag.GEO,),
    "inputMessagesFilterPinned": (Tag.PINNED,),
    "inputMessagesFilterMyMentions": (Tag.MENTION,),
    "inputMessagesFilterPoll": (Tag.POLL,),
    "inputMessagesFilterPhoneCalls": (Tag.PHONE_CALL,),
    "inputMessagesFilterChatPhotos": (),
}
"""Filter constructor → the tags of which a message must have one. inputMessagesFilterEmpty is not here: everything."""


def tags_of(message: Any) -> list[Tag]:
    """Tags of a stored message (none of `OF_BOX`)."""
    if not isinstance(message, api.Message):
        return [Tag.PHONE_CALL] if isinstance(message.action, api.MessageActionPhoneCall) else []
    tags = []
    if message.media is not None:
        tag = _media_tag(message.media)
        if tag is not None:
            tags.append(tag)
        if isinstance(message.media, api.MessageMediaGeoLive):
            tags.append(Tag.LIVE_LOCATION)
    links = (api.MessageEntityUrl, api.MessageEntityTextUrl, api.MessageEntityEmail)
    if any(isinstance(entity, links) for entity in message.entities or ()):
        tags.append(Tag.URL)
    return tags


def _media_tag(media: Any) -> Tag | None:
    match media:
        case api.MessageMediaPhoto():
            return Tag.PHOTO
        case api.MessageMediaDocument():
            return _document_tag(media.document)
        case api.MessageMediaContact():
            return Tag.CONTACT
        case api.MessageMediaGeo() | api.MessageMediaVenue() | api.MessageMediaGeoLive():
            return Tag.GEO
        case api.MessageMediaPoll():
            return Tag.POLL
        case _:
            return None


def _document_tag(document: Any) -> Tag | None:
    if not isinstance(document, api.Document):
        return None
    attributes: dict[str, Any] = {attribute.TL_NAME: attribute for attribute in document.attributes}
    if "documentAttributeSticker" in attributes or "documentAttributeCustomEmoji" in attributes:
        return None
    if "documentAttributeAnimated" in attributes:
        return Tag.GIF
    video = attributes.get("documentAttributeVideo")
    if video is not None:
        return Tag.ROUND_VIDEO if video.round_message else Tag.VIDEO
    audio = attributes.get("documentAttributeAudio")
    if audio is not None:
        return Tag.VOICE if audio.voice else Tag.MUSIC
    return Tag.DOCUMENT


def terms_of(message: Any) -> list[str]:
    """The words a message is found by: its text, and file names."""
    if not isinstance(message, api.Message):
        return []
    text = message.message
    if isinstance(message.media, api.MessageMediaDocument) and isinstance(message.media.document, api.Document):
        for attribute in message.media.document.attributes:
            if isinstance(attribute, api.DocumentAttributeFilename):
                text = f"{text} {attribute.file_name}"
            elif isinstance(attribute, api.DocumentAttributeAudio):
                text = f"{text} {attribute.title or ''} {attribute.performer or ''}"
    return words(text)[:_TERMS_MAX]


def hashtags(text: str) -> list[str]:
    """Folded hashtags and cashtags with their sign, in order of appearance, each once."""
    return list(dict.fromkeys(tag[: _TERM_LENGTH + 1] for tag in _HASHTAGS.findall(_folded(text))))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> list[str]:
    """Folded words in order of appearance, each once."""
    folded = _folded(text)
    return list(dict.fromkeys(word[:_TERM_LENGTH] for word in _WORDS.findall(folded)))
