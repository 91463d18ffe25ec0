"""Message texts and their entities.

https://core.telegram.org/api/entities: offsets and lengths count UTF-16 code units. The server checks the client's
entities and adds those it finds itself: links, mentions, hashtags, cashtags, bot commands, e-mail addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from layers.context import Context
from layers.domain.limits import MESSAGE_LENGTH
from layers.domain.peers import access_user
from layers.errors import bad_request
from tl import api

ENTITIES_MAX: Final = 100

_WORD: Final = r"[^\W_][\w]*"
_AUTOMATIC: Final[tuple[tuple[re.Pattern[str], Callable[..., Any]], ...]] = (
    (re.compile(r"(?<![\w@/.])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"), api.MessageEntityEmail),
    (
        re.compile(
            r"(?<![\w@./])(?:(?:https?|ftp)://[^\s<>\"']+|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
            r"(?:com|org|net|io|me|dev|app|info|biz|co|ru|uk|de|fr|it|es|eu|us|tv|gg|ai|xyz|site|online)(?![\w-])"
            r"(?:[/?#][^\s<>\"']*)?)",
            re.IGNORECASE,
        ),
        api.MessageEntityUrl,
    ),
    (re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII), api.MessageEntityMention),
    (re.compile(rf"(?<![\w#])#(?!\d+(?!\w)){_WORD}"), api.MessageEntityHashtag),
    (re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)"), api.MessageEntityCashtag),
    (
        re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])", re.ASCII),
        api.MessageEntityBotCommand,
    ),
)
_TRIGGERS: Final = re.compile(r"[@#$/.]")
_URL_TAIL: Final = ".,;:!?)]}'\""


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as entities count."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def normalise(
    ctx: Context,
    message: str,
    entities: Sequence[api.TypeMessageEntity] | None,
    *,
    limit: int = MESSAGE_LENGTH,
    may_be_empty: bool = False,
    too_long: str = "MESSAGE_TOO_LONG",
) -> tuple[str, list[api.TypeMessageEntity] | None]:
    """The text as it is stored: trimmed, with checked and automatic entities.

    Raises:
        RpcError: MESSAGE_EMPTY, ``too_long``, ENTITIES_TOO_LONG, ENTITY_BOUNDS_INVALID, ENTITY_MENTION_USER_INVALID.
    """
    message = message.replace("\0", "").replace("\r\n", "\n")
    stripped = message.lstrip("\n ")
    shift = utf16_length(message[: len(message) - len(stripped)])
    message = stripped.rstrip()
    if not message and not may_be_empty:
        raise bad_request("MESSAGE_EMPTY")
    if len(message) > limit:
        raise bad_request(too_long)
    if entities and len(entities) > ENTITIES_MAX:
        raise bad_request("ENTITIES_TOO_LONG")
    length = utf16_length(message)
    checked = [_checked(ctx, entity, shift, length) for entity in entities or ()]
    found = [entity for entity in checked if entity is not None]
    if _TRIGGERS.search(message):
        found.extend(_automatic(message, found))
    found.sort(key=lambda entity: (entity.offset, -entity.length))
    return message, found or None


def check_entities(
    ctx: Context, message: str, entities: Sequence[api.TypeMessageEntity] | None
) -> list[api.TypeMessageEntity]:
    """A client's entities of a text that is kept as it is (a draft); errors as `normalise`."""
    if entities and len(entities) > ENTITIES_MAX:
        raise bad_request("ENTITIES_TOO_LONG")
    length = utf16_length(message)
    checked = [_checked(ctx, entity, 0, length) for entity in entities or ()]
    return [entity for entity in checked if entity is not None]


def _checked(ctx: Context, entity: Any, shift: int, length: int) -> api.TypeMessageEntity | None:
    """The entity moved by the trimmed prefix and cut at the end; None when nothing of it is left."""
    if entity.offset < 0 or entity.length < 0:
        raise bad_request("ENTITY_BOUNDS_INVALID")
    start = max(0, entity.offset - shift)
    end = min(length, entity.offset - shift + entity.length)
    if end <= start:
        return None
    if isinstance(entity, api.InputMessageEntityMentionName):
        user_id = access_user(ctx, entity.user_id, error="ENTITY_MENTION_USER_INVALID")
        return api.MessageEntityMentionName(offset=start, length=end - start, user_id=user_id)
    if isinstance(entity, api.MessageEntityTextUrl) and not entity.url.strip():
        raise bad_request("ENTITY_BOUNDS_INVALID")
    entity.offset = start
    entity.length = end - start
    return entity  # type: ignore[no-any-return]


def _automatic(message: str, taken: Sequence[Any]) -> list[Any]:
    """Entities the text itself shows, where the client's own do not stand already."""
    spans = [(entity.offset, entity.offset + entity.length) for entity in taken if _shadows(entity)]
    found: list[Any] = []
    for pattern, constructor in _AUTOMATIC:
        for match in pattern.finditer(message):
            text = match.group().rstrip(_URL_TAIL) if constructor is api.MessageEntityUrl else match.group()
            offset = utf16_length(message[: match.start()])
            end = offset + utf16_length(text)
            if all(end <= start or offset >= stop for start, stop in spans):
                spans.append((offset, end))
                found.append(constructor(offset=offset, length=end - offset))
            if len(taken) + len(found) >= ENTITIES_MAX:
                return found
    return found


_TRANSPARENT: Final = (
    "messageEntityBold",
    "messageEntityItalic",
    "messageEntityUnderline",
    "messageEntityStrike",
    "messageEntitySpoiler",
    "messageEntityBlockquote",
)


def _shadows(entity: Any) -> bool:
    """True when no automatic entity may stand inside (code, links, mentions)."""
    return entity.TL_NAME not in _TRANSPARENT
